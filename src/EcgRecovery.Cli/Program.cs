using EcgRecovery.Cli.Commands;
using EcgRecovery.Cli.Hosting;

return CommandHost.Run(VerbList.Create(), args);
