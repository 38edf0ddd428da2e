using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Outputs;

/// <summary>Keeps a command from writing over what it reads, which <c>--overwrite</c> would otherwise allow.</summary>
internal static class InputGuard
{
    /// <summary>Refuses an output that is one of the inputs.</summary>
    /// <param name="output">A file to be written.</param>
    /// <param name="inputs">The files that the command reads; null where one was not given.</param>
    /// <exception cref="UsageException">The output is an input.</exception>
    public static void Refuse(string output, params ReadOnlySpan<string?> inputs)
    {
        foreach (var input in inputs)
        {
            if (input is not null && OutputFile.AreSame(input, output))
                throw new UsageException($"output {output} is the input; what was recorded must not be lost");
        }
    }
}
