using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Recognizes the files of a WFDB record: headers by their lines, the others by the header beside them.</summary>
internal static partial class WfdbSniffer
{
    /// <summary>Extension of a header.</summary>
    public const string HeaderExtension = ".hea";

    private const int MaximumHeaderBytes = 4 << 20;

    private static readonly char[] s_blanks = [' ', '\t', '\r'];

    /// <summary>Returns whether text is a header: a record line, then lines of signals or segments.</summary>
    /// <param name="text">The beginning of a file.</param>
    public static bool IsHeader(string text)
    {
        // The last line may be cut off.
        var lines = text.Split('\n').SkipLast(text.EndsWith('\n') ? 0 : 1)
            .Select(line => line.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 0 && fields[0][0] != '#')
            .ToArray();
        if (lines is not [[var name, var signals, ..] record, [_, _, ..], ..] || !IsNumber(signals)
            || (record.Length > 2 && !char.IsAsciiDigit(record[2][0])))
        {
            return false;
        }

        // Rows of a table are numbers, whose first two would be such a line too.
        return Segments().IsMatch(name)
            ? lines.Skip(1).All(line => line is [_, var frames, ..] && IsNumber(frames))
            : lines.Skip(1).Take(int.Parse(signals, CultureInfo.InvariantCulture)).All(IsSignal) && signals != "0";
    }

    /// <summary>Returns the header beside a file that names it as a signal file; null if there is none.</summary>
    public static string? HeaderOfSignals(string path) =>
        HeaderBeside(path) is { } header && Names(header, Path.GetFileName(path)) ? header : null;

    /// <summary>Returns the header of the same name beside a file of another extension; null if there is none.</summary>
    public static string? HeaderBeside(string path)
    {
        var header = Path.ChangeExtension(path, HeaderExtension);
        return header != path && Path.HasExtension(path) && File.Exists(header) && File.Exists(path) ? header : null;
    }

    // A line that begins with the file's name, which may have blanks, and goes on.
    private static bool Names(string header, string file)
    {
        using var stream = InputFile.OpenRead(header);
        return stream.Length <= MaximumHeaderBytes
            && FileText.Decode(InputFile.ReadAllBytes(header, MaximumHeaderBytes)).Split('\n')
                .Any(line => line.StartsWith(file, StringComparison.Ordinal) && line.AsSpan(file.Length).IndexOfAny(s_blanks) == 0);
    }

    private static bool IsSignal(string[] fields) =>
        fields is [var file, var format, ..] && !double.TryParse(file, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && SignalFormat().IsMatch(format);

    private static bool IsNumber(string text) => text.Length is > 0 and <= 9 && text.All(char.IsAsciiDigit);

    [GeneratedRegex("^[^/]+/[0-9]{1,9}$")]
    private static partial Regex Segments();

    [GeneratedRegex(@"^(0|8|16|24|32|61|80|160|212|310|311|508|516|524)([x:+][0-9]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex SignalFormat();
}
