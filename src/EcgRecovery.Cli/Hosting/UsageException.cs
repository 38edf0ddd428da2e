namespace EcgRecovery.Cli.Hosting;

/// <summary>An error of the command line; ends with <see cref="ExitCode.Usage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
