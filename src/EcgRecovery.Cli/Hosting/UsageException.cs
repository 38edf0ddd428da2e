namespace EcgRecovery.Cli.Hosting;

/// <summary>An error of the command line; ends with <see cref="ExitCode.Usage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Makes the error of an argument that the library refuses, without the parameter's name in the code.</summary>
    public static UsageException Of(ArgumentException exception, string option = "")
    {
        var text = exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);
        return new UsageException(option.Length == 0 ? text : $"{option}: {text}");
    }
}
