using EcgRecovery.Records;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The names of the causes of missing samples on the command line and in files.</summary>
internal static class CauseName
{
    /// <summary>All names, in the order of <see cref="MissingCause"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<MissingCause>().Select(Of)];

    /// <summary>Returns a cause's name, as <c>flat-line</c>.</summary>
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

    /// <summary>Returns the cause with a name.</summary>
    public static MissingCause Parse(string name) => Enum.GetValues<MissingCause>().First(cause => Of(cause) == name);
}
