using EcgRecovery.Records;

namespace EcgRecovery.Cli.Demo;

/// <summary>The gaps that the demo's test beats lose, one at a time.</summary>
internal static class DemoGaps
{
    /// <summary>The original's. The demo's heart is fast: most of its beats end before sample 100 and have only padding to lose there.</summary>
    public static readonly SampleSpan Original = new(100, 137);

    /// <summary>As long, but from 0.17 s after the R peak on, where every beat has signal: the end of the ST segment, the T wave and beyond.</summary>
    public static readonly SampleSpan InsideTheBeat = new(20, 57);

    /// <summary>In the order of the tables: the telling one first.</summary>
    public static IReadOnlyList<SampleSpan> All { get; } = [InsideTheBeat, Original];

    /// <summary>The folder of a gap's report.</summary>
    public static string FolderOf(SampleSpan gap) => $"gap-{gap.Start}-{gap.End}";
}
