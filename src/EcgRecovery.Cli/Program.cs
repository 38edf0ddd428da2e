using EcgRecovery.Cli.Hosting;

return CommandHost.Run(args);
