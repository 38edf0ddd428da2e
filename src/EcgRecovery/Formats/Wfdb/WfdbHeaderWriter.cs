using System.Globalization;
using System.Text;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Writes WFDB headers of one segment.</summary>
/// <remarks>Source: WFDB, header(5); fields and their order as its library writes them.</remarks>
internal static class WfdbHeaderWriter
{
    /// <summary>Returns the text of a header.</summary>
    public static string Write(WfdbHeader header)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{header.Name} {header.SignalCount} {header.FrameFrequencyHz} {header.FrameCount ?? 0}");
        var start = WfdbStart.Format(header.Start.Time, header.Start.Date);
        text.Append(start.Length > 0 ? $" {start}\n" : "\n");
        foreach (var signal in header.Signals)
            Append(text, signal);
        foreach (var comment in header.Comments)
            text.Append(comment.Length > 0 ? $"# {comment}\n" : "#\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, WfdbSignalLine signal)
    {
        text.Append(CultureInfo.InvariantCulture, $"{signal.FileName} {signal.Format}");
        if (signal.SamplesPerFrame > 1)
            text.Append(CultureInfo.InvariantCulture, $"x{signal.SamplesPerFrame}");
        // A gain of 0 stands for the format's default.
        text.Append(CultureInfo.InvariantCulture, $" {(signal.IsCalibrated ? signal.Gain : 0)}");
        if (signal.AdcBaseline != signal.AdcZero)
            text.Append(CultureInfo.InvariantCulture, $"({signal.AdcBaseline})");
        text.Append(CultureInfo.InvariantCulture, $"/{signal.Unit} {signal.AdcResolution} {signal.AdcZero} {signal.InitialValue}");
        text.Append(CultureInfo.InvariantCulture, $" {signal.Checksum} {signal.BlockSize} {signal.Description}\n");
    }
}
