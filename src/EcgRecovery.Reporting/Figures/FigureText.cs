using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Texts that figures share.</summary>
internal static class FigureText
{
    /// <summary>The warning on every drawing of an ECG and on every page.</summary>
    public const string NotForDiagnosis = "Not for diagnosis";

    /// <summary>Returns the approximate width of a text in pixels; fonts differ.</summary>
    public static double Width(string text, double size) => 0.56 * size * text.Length;

    /// <summary>Returns the width of a bold text in the widest of the usual fonts.</summary>
    public static double BoldWidth(string text, double size) => 0.64 * size * text.Length;

    /// <summary>Shortens a name for a title; keeps the end, the more specific part of a path.</summary>
    public static string Shorten(string text, int maximum) => text.Length <= maximum ? text : "…" + text[^(maximum - 1)..];

    /// <summary>Shortens a name for a label; keeps both ends, since names of one recording often begin alike and end in a number.</summary>
    public static string WithoutMiddle(string text, int maximum) =>
        text.Length <= maximum ? text : maximum < 6 ? text[..(maximum - 1)] + "…" : text[..(maximum - 4)] + "…" + text[^3..];

    /// <summary>Returns a portable file name: letters, digits and hyphens.</summary>
    public static string Slug(string text)
    {
        var parts = new string([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? "unnamed" : Shorten(string.Join('-', parts), 60).TrimStart('…', '-');
    }

    /// <summary>Returns the origin of a beat: <c>row 13359 · class V · record 208 at sample 4,228 (V)</c>.</summary>
    public static string Origin(BeatTrace beat)
    {
        var source = Source(beat);
        return $"row {beat.Row} · class {beat.Class}{(source.Length > 0 ? " · " : "")}{source}";
    }

    /// <summary>Returns the record that a beat was cut from: <c>record 208 at sample 4,228 (V)</c>; empty where it is not known.</summary>
    public static string Source(BeatTrace beat) =>
        beat.Source is not { } source ? ""
        : source.IsExact ? $"record {source.Record} at sample {NumberText.Count(source.Sample)} ({source.Symbol})"
        : $"record {source.Record}";

    /// <summary>Returns a note where the gap lies in the padding, wholly or in part; otherwise an empty text.</summary>
    public static string PaddingNote(BeatTrace beat)
    {
        var gap = beat.Gap;
        var real = RealSamples.Of(gap, beat.RealLength).Length;
        if (real == gap.Length)
            return "";
        return real == 0 ? "the gap lies in the padding: no signal was lost" : $"{real} of the gap's {gap.Length} samples are signal";
    }

    /// <summary>Returns a description of the traces of a beat for readers who cannot see them.</summary>
    public static string Description(BeatTrace beat, IReadOnlyList<MethodTrace> methods)
    {
        var note = PaddingNote(beat);
        var interval = methods.Any(method => method.Lower is not null) ? " on its 95 % interval in light blue" : "";
        return $"A heartbeat, {Origin(beat)}: original in solid green, masked input in dashed red with the gap {beat.Gap} at zero, "
            + $"recovered signal in blue{interval}, the gap shaded. {string.Join(' ', methods.Select(Errors))}"
            + (note.Length > 0 ? $" Note: {note}." : "");

        static string Errors(MethodTrace method) => $"{method.Name}: RMSE {NumberText.Error(method.WholeBeatRmse)} over the whole beat, "
            + $"{NumberText.Error(method.GapRmse)} in the gap.";
    }
}
