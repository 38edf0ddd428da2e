using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>Texts as EDF holds them: header fields in printable ASCII, labels of leads, annotations' words.</summary>
internal static class EdfText
{
    /// <summary>Characters of a label.</summary>
    public const int LabelLength = 16;

    /// <summary>Before a comment of the record, which stands as an annotation at its start.</summary>
    public const string CommentPrefix = "comment: ";

    /// <summary>Between an annotation's words and the label of the lead that it is about (EDF+ standard texts).</summary>
    public const string LeadMark = "@@";

    private const int Note = 22;

    /// <summary>A header field: printable ASCII, of bounded length; says what that cost.</summary>
    public static string Fit(string text, int length, string what, List<string> lost)
    {
        var ascii = Ascii(text);
        if (ascii != text.Trim())
            lost.Add($"The {what} \"{InputFile.Shorten(text)}\": its letters outside ASCII.");
        if (ascii.Length <= length)
            return ascii;
        lost.Add($"The end of the {what} \"{InputFile.Shorten(text)}\": EDF holds {length} characters.");
        return ascii[..length].TrimEnd();
    }

    /// <summary>A unit in ASCII: µ is u, ° is deg, as EDF+ writes them.</summary>
    public static string Unit(string unit, List<string> lost) =>
        Fit(unit.Replace('µ', 'u').Replace('μ', 'u').Replace("°", "deg", StringComparison.Ordinal), EdfScale.FieldLength, "unit", lost);

    /// <summary>The labels of leads: at most 16 characters, each its own; the bounds of a lead's recovery keep the lead's name.</summary>
    public static string[] Labels(EcgRecord record, List<string> lost)
    {
        var names = record.Leads.Select(lead => lead.Name).ToArray();
        var labels = new string[names.Length];
        var taken = new HashSet<string>(StringComparer.Ordinal) { EdfKind.Edf.AnnotationLabel, EdfKind.Bdf.AnnotationLabel };
        for (var i = 0; i < names.Length; i++)
        {
            if (BoundsOf(names, i) is null)
            {
                // Room for the words behind the name of the leads that hold its bounds.
                var length = names.Contains(names[i] + EcgRecord.LowerBoundSuffix) ? LabelLength - EcgRecord.LowerBoundSuffix.Length : LabelLength;
                labels[i] = Label(names[i], length, taken);
            }
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (BoundsOf(names, i) is { } bounds)
                labels[i] = Label((labels[bounds.Lead] ?? names[bounds.Lead]) + bounds.Suffix, LabelLength, taken);
            if (labels[i] != names[i])
                lost.Add($"The name of lead \"{InputFile.Shorten(names[i])}\": EDF holds {LabelLength} characters of ASCII, each label once"
                    + $"; it is \"{labels[i]}\".");
        }

        return labels;
    }

    /// <summary>An annotation's words: a code's symbol, a note's text, or <c>[symbol] text</c> for another code that has a text.</summary>
    public static string Words(Annotation annotation)
    {
        if (annotation.Aux.Length == 0)
            return annotation.Symbol;
        if (annotation.Code == Note && Parse(annotation.Aux) == (Note, annotation.Aux))
            return annotation.Aux;
        return annotation.Symbol.Length == 1 ? $"[{annotation.Symbol}] {annotation.Aux}" : $"{annotation.Symbol} {annotation.Aux}";
    }

    /// <summary>The code and the text of an annotation's words; whatever is not ours is a note.</summary>
    public static (int Code, string Aux) Parse(string words)
    {
        if (CodeOf(words) is { } alone)
            return (alone, "");
        var end = words.IndexOf("] ", StringComparison.Ordinal);
        if (words.StartsWith('[') && end > 1 && end + 2 < words.Length
            && (CodeOf(words[1..end]) ?? CodeOf(words[..(end + 1)])) is { } code)
        {
            return (code, words[(end + 2)..]);
        }

        return (Note, words);
    }

    /// <summary>Words without the characters that end a text in EDF+, or that other readers refuse.</summary>
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
        return word is ['[', _, ']'] or ['[', _, _, ']'] && int.TryParse(word.AsSpan(1, word.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
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
            if (names[lead].EndsWith(suffix, StringComparison.Ordinal) && Array.IndexOf(names, names[lead][..^suffix.Length]) is >= 0 and var found && found != lead)
                return (found, suffix);
        }

        return null;
    }

    private static string Label(string name, int length, HashSet<string> taken)
    {
        var ascii = Ascii(name).Replace(LeadMark, "__", StringComparison.Ordinal);
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
