using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Outputs;

/// <summary>What the hidden gaps of a recording told, as a table and as JSON.</summary>
/// <param name="Record">The recording.</param>
/// <param name="Method">The method that was asked for.</param>
/// <param name="Cells">The figures.</param>
internal sealed record SelfTestListing(EcgRecord Record, string Method, IReadOnlyList<SelfTestCell> Cells)
{
    /// <summary>The headings of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        ["lead", "gap s", "method", "gaps", "error", "line", "50 %", "80 %", "95 %", "width", "R 20 ms", "R 95 %"];

    /// <summary>What the columns mean.</summary>
    public static IReadOnlyList<string> Explanation { get; } =
    [
        "error, line: mean RMSE of the method and of a straight line, in the lead's unit",
        "50, 80, 95 %: share of the hidden samples within these intervals; width: of the last",
        "R 20 ms: recovered R peaks that lie so near to a true one; R 95 %: how near 95 % lie",
    ];

    /// <summary>The same as a paragraph, for a page.</summary>
    public static string About =>
        "Stretches of the observed signal were hidden and recovered like the gaps, and compared with the truth. "
        + $"{string.Join("; ", Explanation)}.";

    /// <summary>Returns the table, a row per lead, length and method.</summary>
    public IEnumerable<string[]> Rows() => Cells.Select(cell => new[]
    {
        Record.Leads[cell.Lead].Name,
        Length(cell),
        cell.Method,
        Number(cell.Gaps, "0"),
        Number(cell.Rmse, "0.000"),
        Number(cell.LineRmse, "0.000"),
        Coverage(cell, 0.5),
        Coverage(cell, 0.8),
        Coverage(cell, 0.95),
        cell.Intervals.FirstOrDefault(interval => interval.Level == 0.95) is { } widest ? Number(widest.Width, "0.000") : "-",
        cell.RecoveredRPeaks == 0 ? "-" : Number(100.0 * cell.RPeaksWithin20Ms / cell.RecoveredRPeaks, "0") + " %",
        cell.RPeaksWithinSeconds is { } seconds ? "± " + Number(1000 * seconds, "0") + " ms" : "-",
    });

    /// <summary>Writes the table.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="columns">The width of a table.</param>
    public void WriteText(TextWriter output, int columns)
    {
        var hidden = Cells.Sum(cell => cell.Gaps);
        output.WriteLine($"{Record.Name}: {hidden} observed stretches hidden and recovered by {Method}; nothing is written");
        if (hidden == 0)
            return;
        foreach (var line in TextTable.Lines([[.. Headings], .. Rows()], columns, names: 3, column => column > 2))
            output.WriteLine(line);
        foreach (var line in Explanation.SelectMany(sentence => TextTable.Wrap(sentence, columns)))
            output.WriteLine(line);
    }

    /// <summary>Writes one JSON document, in one line.</summary>
    public void WriteJson(TextWriter output) => output.WriteLine(JsonSerializer.Serialize(
        new SelfTestDocument(Record.Name, Method, Documents()), SelfTestJson.Readable.SelfTestDocument));

    /// <summary>Returns the figures as JSON objects.</summary>
    public IEnumerable<SelfTestCellDocument> Documents() => Cells.Select(cell => new SelfTestCellDocument(
        Record.Leads[cell.Lead].Name,
        cell.Lead,
        cell.Method,
        cell.MinimumSeconds,
        cell.MaximumSeconds,
        cell.Gaps,
        cell.Rmse,
        cell.LineRmse,
        cell.Intervals,
        cell.TrueRPeaks,
        cell.RecoveredRPeaks,
        cell.RPeaksWithin20Ms,
        cell.RPeaksWithinSeconds));

    private static string Length(SelfTestCell cell)
    {
        var (shortest, longest) = (Number(cell.MinimumSeconds, "0.00"), Number(cell.MaximumSeconds, "0.00"));
        return shortest == longest ? shortest : $"{shortest}-{longest}";
    }

    private static string Coverage(SelfTestCell cell, double level) =>
        cell.Intervals.FirstOrDefault(interval => interval.Level == level) is { } interval
            ? Number(100 * interval.Coverage, "0.0")
            : "-";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>The JSON document of <c>recover --self-test</c>; its keys are the names below in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SelfTestDocument))]
internal sealed partial class SelfTestJson : JsonSerializerContext
{
    /// <summary>The context that escapes nothing in the names of leads.</summary>
    public static SelfTestJson Readable => field ??= new(JsonText.Readable(Default));
}

internal sealed record SelfTestDocument(string Record, string Method, IEnumerable<SelfTestCellDocument> SelfTest);

internal sealed record SelfTestCellDocument(
    string Lead,
    int Number,
    string Method,
    double MinimumSeconds,
    double MaximumSeconds,
    int Gaps,
    double Rmse,
    double LineRmse,
    IReadOnlyList<SelfTestInterval> Intervals,
    int TrueRPeaks,
    int RecoveredRPeaks,
    int RPeaksWithin20Ms,
    double? RPeaksWithinSeconds);
