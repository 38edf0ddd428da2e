using EcgRecovery.Records;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The causes of missing samples in the words of the command line and of files.</summary>
internal static class CauseName
{
    /// <summary>All of them, in the order of <see cref="MissingCause"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<MissingCause>().Select(Of)];

    /// <summary>As in <c>flat-line</c>.</summary>
    public static string Of(MissingCause cause) => cause switch
    {
        MissingCause.Sentinel => "sentinel",
        MissingCause.NotANumber => "nan",
        MissingCause.NullSegment => "null-segment",
        MissingCause.TimeGap => "time-gap",
        MissingCause.FlatLine => "flat-line",
        MissingCause.Saturation => "saturation",
        MissingCause.PacketLoss => "packet-loss",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "expected a cause"),
    };

    /// <summary>The cause that a word names.</summary>
    public static MissingCause Parse(string word) => Enum.GetValues<MissingCause>().First(cause => Of(cause) == word);
}
