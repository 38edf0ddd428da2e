using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The options that choose causes of missing samples: these alone, or all but these.</summary>
internal sealed class CauseOptions
{
    private readonly Option<string[]> _only;
    private readonly Option<string[]> _without;

    /// <param name="only">The help text of <c>--only</c>.</param>
    /// <param name="without">The help text of <c>--without</c>.</param>
    public CauseOptions(string only, string without) => (_only, _without) = (Create("--only", only), Create("--without", without));

    /// <summary>Both options.</summary>
    public IReadOnlyList<Option> All => [_only, _without];

    /// <summary>Returns the chosen causes; null where neither option is given.</summary>
    /// <exception cref="UsageException">Both options are given.</exception>
    public IReadOnlyCollection<MissingCause>? Read(ParseResult parse)
    {
        var (only, without) = (parse.GetValue(_only) ?? [], parse.GetValue(_without) ?? []);
        if (only.Length > 0 && without.Length > 0)
            throw new UsageException("--only and --without are both given; expected one of them");
        if (only.Length + without.Length == 0)
            return null;
        var causes = (only.Length > 0 ? only : CauseName.All).Select(CauseName.Parse).ToHashSet();
        causes.ExceptWith(without.Select(CauseName.Parse));
        return causes;
    }

    private static Option<string[]> Create(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "CAUSE" };
        option.AcceptOnlyFromAmong([.. CauseName.All]);
        return option;
    }
}
