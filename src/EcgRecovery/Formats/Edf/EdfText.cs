using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>Converts texts to EDF and back: header fields in printable ASCII, labels of leads, annotations.</summary>
internal static class EdfText
{
    /// <summary>Characters of a label.</summary>
    public const int LabelLength = 16;

    /// <summary>The prefix of a comment of the record, which is written as an annotation at its start.</summary>
    public const string CommentPrefix = "comment: ";

    /// <summary>The separator of an annotation's text and the label of its lead (EDF+ standard texts).</summary>
    public const string LeadSeparator = "@@";

    private const int Note = 22;

    /// <summary>Returns a header field: printable ASCII of bounded length; reports what is lost.</summary>
    public static string Fit(string text, int length, string field, List<string> lost)
    {
        var ascii = Ascii(text);
        if (ascii != text.Trim())
            lost.Add($"The {field} \"{InputFile.Shorten(text)}\": its letters outside ASCII.");
        if (ascii.Length <= length)
            return ascii;
        lost.Add($"The end of the {field} \"{InputFile.Shorten(text)}\": EDF holds {length} characters.");
        return ascii[..length].TrimEnd();
    }

    /// <summary>Returns a unit in ASCII: u for µ and deg for °, as EDF+ writes them.</summary>
    public static string Unit(string unit, List<string> lost) =>
        Fit(unit.Replace('µ', 'u').Replace('μ', 'u').Replace("°", "deg", StringComparison.Ordinal), EdfScale.FieldLength, "unit", lost);

    /// <summary>
    /// Returns the labels of leads: at most 16 characters, all different; the labels of a lead's bounds begin with the lead's label.
    /// </summary>
    public static string[] Labels(EcgRecord record, List<string> lost)
    {
        var names = record.Leads.Select(lead => lead.Name).ToArray();
        var labels = new string[names.Length];
        var taken = new HashSet<string>(StringComparer.Ordinal) { EdfKind.Edf.AnnotationLabel, EdfKind.Bdf.AnnotationLabel };
        for (var i = 0; i < names.Length; i++)
        {
            if (BoundsOf(names, i) is null)
            {
                // Leaves room for the suffixes of the leads with its bounds.
                var hasBounds = names.Contains(names[i] + EcgRecord.LowerBoundSuffix);
                var length = hasBounds ? LabelLength - EcgRecord.LowerBoundSuffix.Length : LabelLength;
                labels[i] = Label(names[i], length, taken);
            }
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (BoundsOf(names, i) is { } bounds)
                labels[i] = Label((labels[bounds.Lead] ?? names[bounds.Lead]) + bounds.Suffix, LabelLength, taken);
            if (labels[i] != names[i])
            {
                lost.Add(
                    $"The name of lead \"{InputFile.Shorten(names[i])}\": EDF holds {LabelLength} characters of ASCII, each label once; "
                    + $"it is \"{labels[i]}\".");
            }
        }

        return labels;
    }

    /// <summary>
    /// Returns the text of an annotation: a code's symbol, a note's text, or <c>[symbol] text</c> for other codes with a text.
    /// </summary>
    public static string Write(Annotation annotation)
    {
        if (annotation.Aux.Length == 0)
            return annotation.Symbol;
        if (annotation.Code == Note && Parse(annotation.Aux) == (Note, annotation.Aux))
            return annotation.Aux;
        return annotation.Symbol.Length == 1 ? $"[{annotation.Symbol}] {annotation.Aux}" : $"{annotation.Symbol} {annotation.Aux}";
    }

    /// <summary>Splits an annotation's text into code and text; other programs' texts are notes.</summary>
    public static (int Code, string Aux) Parse(string text)
    {
        if (CodeOf(text) is { } symbol)
            return (symbol, "");
        var end = text.IndexOf("] ", StringComparison.Ordinal);
        if (text.StartsWith('[') && end > 1 && end + 2 < text.Length
            && (CodeOf(text[1..end]) ?? CodeOf(text[..(end + 1)])) is { } code)
        {
            return (code, text[(end + 2)..]);
        }

        return (Note, text);
    }

    /// <summary>Replaces the characters that end a text in EDF+ or that other readers refuse by blanks.</summary>
    public static string Printable(string text)
    {
        if (!text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')))
            return text;
        return string.Concat(text.Select(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r') ? ' ' : c));
    }

    // A symbol, or [42] for a code without one.
    private static int? CodeOf(string word)
    {
        if (BeatCode.FromSymbol(word) is { } code)
            return code;
        return word is ['[', _, ']'] or ['[', _, _, ']']
            && int.TryParse(word.AsSpan(1, word.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < BeatCode.Count && BeatCode.Symbol(number) == word
                ? number
                : null;
    }

    private static string Ascii(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
            ascii.Append(c is >= ' ' and <= '~' ? c : '_');
        return ascii.ToString();
    }

    private static (int Lead, string Suffix)? BoundsOf(string[] names, int lead)
    {
        foreach (var suffix in new[] { EcgRecord.LowerBoundSuffix, EcgRecord.UpperBoundSuffix })
        {
            if (names[lead].EndsWith(suffix, StringComparison.Ordinal)
                && Array.IndexOf(names, names[lead][..^suffix.Length]) is >= 0 and var found && found != lead)
            {
                return (found, suffix);
            }
        }

        return null;
    }

    private static string Label(string name, int length, HashSet<string> taken)
    {
        var ascii = Ascii(name).Replace(LeadSeparator, "__", StringComparison.Ordinal);
        ascii = ascii.Length == 0 ? "lead" : ascii;
        var label = ascii.Length <= length ? ascii : ascii[..length].TrimEnd();
        for (var number = 2; !taken.Add(label); number++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            label = ascii[..Math.Min(ascii.Length, length - ending.Length)].TrimEnd() + ending;
        }

        return label;
    }
}
