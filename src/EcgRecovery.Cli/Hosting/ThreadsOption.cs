using System.CommandLine;

namespace EcgRecovery.Cli.Hosting;

/// <summary>The option <c>--threads N</c>. Its default depends on the machine, so help and man page state the rule, not a number.</summary>
internal sealed class ThreadsOption : Option<int>
{
    /// <summary>The largest value.</summary>
    public const int Maximum = 64;

    public ThreadsOption()
        : base("--threads")
    {
        Description = $"Worker threads; the result does not depend on them. By default as many as the processor runs, at most {Maximum}.";
        HelpName = "N";
        DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, Maximum);
    }
}
