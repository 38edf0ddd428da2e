using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Formats;

/// <summary>
/// The text of a provenance span in every format, as in <c>recovered method=locally-linear version=0.1.0 interval=0.95</c>.
/// </summary>
/// <remarks>
/// The origin, then <c>key=value</c>, separated by single blanks. In values, blanks, <c>%</c>, <c>@</c>, <c>=</c> and everything that is
/// not printable ASCII is percent-encoded (RFC 3986), so that the text is one line of ASCII. Each format has its own place for lead and
/// samples. Unknown keys are ignored: later versions may add some. See docs/provenance.md.
/// </remarks>
internal static class ProvenanceText
{
    private static readonly Dictionary<string, SampleOrigin> s_origins =
        Enum.GetValues<SampleOrigin>().ToDictionary(origin => Word(origin), StringComparer.Ordinal);

    /// <summary>Returns the word for an origin, as in <c>recovered</c>.</summary>
    public static string Word(SampleOrigin origin) => origin.ToString().ToLowerInvariant();

    /// <summary>Returns the origin that a word stands for, or null.</summary>
    public static SampleOrigin? FromWord(string word) => s_origins.TryGetValue(word, out var origin) ? origin : null;

    /// <summary>Writes the text of a span.</summary>
    /// <param name="span">The span; its lead and its samples are not written.</param>
    /// <param name="more">Further keys, such as WFDB's <c>start</c> and <c>end</c>.</param>
    public static string Write(ProvenanceSpan span, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var text = Word(span.Origin);
        if (span.Method.Length > 0)
            text += $" method={Encode(span.Method)}";
        if (span.Version.Length > 0)
            text += $" version={Encode(span.Version)}";
        if (span.IntervalLevel is { } level)
            text += string.Create(CultureInfo.InvariantCulture, $" interval={level}");
        foreach (var (key, value) in more)
            text += $" {key}={Encode(value)}";
        return text;
    }

    /// <summary>Reads a text that <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The span, without lead and samples.</param>
    /// <param name="more">The keys that are not part of the span.</param>
    /// <returns>Whether the text is provenance; false for any other note.</returns>
    public static bool TryRead(string text, out ProvenanceSpan span, out IReadOnlyDictionary<string, string> more)
    {
        var others = new Dictionary<string, string>(StringComparer.Ordinal);
        more = others;
        span = new ProvenanceSpan(0, new SampleSpan(0, 0), SampleOrigin.Measured);
        var words = text.Split(' ');
        if (FromWord(words[0]) is not { } origin)
            return false;
        span = span with { Origin = origin };
        foreach (var word in words.AsSpan(1))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                return false;
            var value = Uri.UnescapeDataString(word[(equals + 1)..]);
            switch (word[..equals])
            {
                case "method":
                    span = span with { Method = value };
                    break;
                case "version":
                    span = span with { Version = value };
                    break;
                case "interval"
                    when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var level) && level is > 0 and < 1:
                    span = span with { IntervalLevel = level };
                    break;
                case "interval":
                    return false;
                case var key:
                    others[key] = value;
                    break;
            }
        }

        return true;
    }

    private static string Encode(string value) => Uri.EscapeDataString(value);
}
