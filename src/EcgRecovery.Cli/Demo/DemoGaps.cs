using EcgRecovery.Records;

namespace EcgRecovery.Cli.Demo;

/// <summary>The gaps in the demo's test beats.</summary>
internal static class DemoGaps
{
    /// <summary>The original's gap. Most of the demo's fast beats end before sample 100, so that it is in their padding.</summary>
    public static readonly SampleSpan Original = new(100, 137);

    /// <summary>A gap of the same length from 0.17 s after the R peak, where every beat has signal: ST segment and T wave.</summary>
    public static readonly SampleSpan InsideTheBeat = new(20, 57);

    /// <summary>Both gaps in the order of the tables.</summary>
    public static IReadOnlyList<SampleSpan> All { get; } = [InsideTheBeat, Original];

    /// <summary>Returns the folder of a gap's report.</summary>
    public static string FolderOf(SampleSpan gap) => $"gap-{gap.Start}-{gap.End}";
}
