using System.Globalization;
using System.Text;

namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>What became of the mutants.</summary>
internal sealed class FuzzReport
{
    private readonly SortedDictionary<string, (long Mutants, long Opened, long Rewritten)> _kinds = new(StringComparer.Ordinal);

    /// <summary>What must not happen, one entry each, with the mutant's number.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>All mutants.</summary>
    public long Mutants => _kinds.Values.Sum(kind => kind.Mutants);

    /// <summary>Those whose headers were accepted: the recording opened.</summary>
    public long Opened => _kinds.Values.Sum(kind => kind.Opened);

    /// <summary>The most that one mutant allocated.</summary>
    public long MaximumBytes { get; private set; }

    /// <summary>Adds one mutant.</summary>
    public void Add(string kind, bool opened, bool rewritten, long bytes)
    {
        var (mutants, wereOpened, wereRewritten) = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (mutants + 1, wereOpened + (opened ? 1 : 0), wereRewritten + (rewritten ? 1 : 0));
        MaximumBytes = Math.Max(MaximumBytes, bytes);
    }

    /// <summary>Adds what another worker found.</summary>
    public void Add(FuzzReport other)
    {
        foreach (var (kind, (mutants, opened, rewritten)) in other._kinds)
        {
            var sum = _kinds.GetValueOrDefault(kind);
            _kinds[kind] = (sum.Mutants + mutants, sum.Opened + opened, sum.Rewritten + rewritten);
        }

        MaximumBytes = Math.Max(MaximumBytes, other.MaximumBytes);
        Findings.AddRange(other.Findings);
    }

    /// <summary>The table of a document.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder(
            "| file that was broken | mutants | opened | refused | opened, then written anew and read back |\n|---|---:|---:|---:|---:|\n");
        foreach (var (kind, (mutants, opened, rewritten)) in _kinds)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {kind} | {mutants:N0} | {(double)opened / mutants:P0} | {mutants - opened:N0} | {rewritten:N0} |\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"| all | {Mutants:N0} | {(double)Opened / Math.Max(1, Mutants):P0} | {Mutants - Opened:N0} | |\n");
        return text.ToString();
    }
}
