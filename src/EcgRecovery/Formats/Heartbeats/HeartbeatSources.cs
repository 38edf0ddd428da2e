using System.Globalization;
using System.Text;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>
/// The companion of a heartbeat file: <c>X.rows.csv</c> beside <c>X.csv</c>, one line per row with record, sample and symbol.
/// </summary>
internal static class HeartbeatSources
{
    /// <summary>The companion's first line.</summary>
    public const string HeaderLine = "record,sample,symbol";

    /// <summary>Returns the companion's path: <c>ds2.csv</c> and <c>ds2.csv.gz</c> both have <c>ds2.rows.csv</c>.</summary>
    public static string PathFor(string csvPath)
    {
        var plain = csvPath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? csvPath[..^3] : csvPath;
        return Path.ChangeExtension(plain, ".rows.csv");
    }

    /// <summary>Reads a companion file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is not RECORD,SAMPLE,SYMBOL.</exception>
    public static IReadOnlyList<HeartbeatSource> Read(string path)
    {
        using var reader = new StreamReader(InputFile.OpenRead(path));
        var sources = new List<HeartbeatSource>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.ReadLine() is not { } header || header != HeaderLine)
            throw new InvalidDataException($"{path}, line 1: expected {HeaderLine}.");
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length != 3
                || !int.TryParse(cells[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sample) || sample < -1)
            {
                throw new InvalidDataException($"{path}, line {sources.Count + 2}: '{InputFile.Shorten(line)}' is not {HeaderLine}.");
            }

            sources.Add(new HeartbeatSource(Shared(cells[0]), sample, Shared(cells[2])));
        }

        return sources;

        // A hundred thousand rows have some fifty different names.
        string Shared(string text)
        {
            if (!texts.TryGetValue(text, out var shared))
                texts[text] = shared = text;
            return shared;
        }
    }

    /// <summary>Writes a companion file.</summary>
    /// <param name="stream">Receives the text.</param>
    /// <param name="sources">One entry per row, in its order.</param>
    public static void Write(Stream stream, IReadOnlyList<HeartbeatSource> sources)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var writer = new StreamWriter(stream, utf8, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(HeaderLine);
        foreach (var source in sources)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Record},{source.Sample},{source.Symbol}"));
    }
}
