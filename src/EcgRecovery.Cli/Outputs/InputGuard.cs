using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Outputs;

/// <summary>Protects input files from being overwritten, even with <c>--overwrite</c>.</summary>
internal static class InputGuard
{
    /// <summary>Throws where an output is one of the inputs.</summary>
    /// <param name="output">The file to write.</param>
    /// <param name="inputs">The input files; null for one that was not given.</param>
    /// <exception cref="UsageException">The output is an input.</exception>
    public static void Refuse(string output, params ReadOnlySpan<string?> inputs)
    {
        foreach (var input in inputs)
        {
            if (input is not null && OutputFile.AreSame(input, output))
                throw new UsageException($"output {output} is the input, which is never overwritten");
        }
    }
}
