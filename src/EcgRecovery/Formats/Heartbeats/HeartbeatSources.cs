using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Heartbeats;

/// <summary>The companion of a heartbeat file: <c>X.rows.csv</c> beside <c>X.csv</c>, one line per row with record, sample and symbol.</summary>
public static class HeartbeatSources
{
    /// <summary>The companion's first line.</summary>
    public const string HeaderLine = "record,sample,symbol";

    /// <summary>The companion's path: <c>ds2.csv</c> and <c>ds2.csv.gz</c> both have <c>ds2.rows.csv</c>.</summary>
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
        var records = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.ReadLine() is not { } header || header != HeaderLine)
            throw new InvalidDataException($"{path}, line 1: expected {HeaderLine}.");
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length != 3 || !int.TryParse(cells[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sample) || sample < -1)
                throw new InvalidDataException($"{path}, line {sources.Count + 2}: '{InputFile.Shorten(line)}' is not {HeaderLine}.");
            sources.Add(new HeartbeatSource(Shared(cells[0]), sample, Shared(cells[2])));
        }

        return sources;

        // A hundred thousand rows have some fifty different names.
        string Shared(string text)
        {
            if (!records.TryGetValue(text, out var shared))
                records[text] = shared = text;
            return shared;
        }
    }
}
