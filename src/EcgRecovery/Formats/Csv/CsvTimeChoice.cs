using System.Globalization;
using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv;

/// <summary>The column from which the rows' times are taken.</summary>
/// <param name="Column">The column; null where the rows follow one another at a known frequency.</param>
/// <param name="Times">Its first times; null where there is no column.</param>
/// <param name="Remarks">Why it is this column, one sentence each; empty where there was no choice.</param>
internal sealed record CsvTimeChoice(CsvTimeCandidate? Column, CsvFirstTimes? Times, IReadOnlyList<string> Remarks)
{
    // A frequency of the options or of the head may differ by this share from that of the times: a converter's clock is inexact, and a
    // few rounded times are.
    private const double Tolerance = 0.2;

    /// <summary>Chooses among the columns that may hold times: one that steps evenly, or else a counter.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="layout">The layout, with its candidates.</param>
    /// <param name="given">The frequency of the options; null if there is none.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="InvalidDataException">The given frequency contradicts the only times.</exception>
    public static CsvTimeChoice Choose(CsvLines lines, CsvLayout layout, double? given, string path)
    {
        var known = given ?? layout.StatedFrequencyHz;
        var all = layout.TimeCandidates.Select(column => new Candidate(column, CsvFirstTimes.Read(lines, layout, column))).ToArray();
        if (all.Length == 0)
            return new CsvTimeChoice(null, null, []);
        foreach (var candidate in all)
            candidate.Rank = RankOf(candidate, known);
        var best = all.MinBy(candidate => candidate.Rank)!;
        if (best.Rank == Rank.Contradicting && given is not null)
            throw new InvalidDataException($"{path}: its times have {best.Times.FrequencyHz} Hz; {given} Hz is given.");
        if (best.Rank >= Rank.Contradicting && known is not null && !layout.IsTimeChosen)
            return new CsvTimeChoice(null, null, [InOrder(best, known.Value)]);
        string?[] remarks = [best.Column.Guess, Others(all.Where(other => other != best), best)];
        return new CsvTimeChoice(best.Column, best.Times, [.. remarks.OfType<string>()]);
    }

    private static Rank RankOf(Candidate candidate, double? known)
    {
        if (candidate.Column.Time.Kind == CsvTimeKind.SampleIndex)
            return known is null ? Rank.CounterWithoutFrequency : Rank.Counter;
        if (candidate.Times.FrequencyHz is not { } frequency || !(frequency is > 0 and <= CsvRecordReader.HighestFrequencyHz))
            return Rank.Uneven;
        if (known is { } expected && Math.Abs((frequency / expected) - 1) > Tolerance)
            return Rank.Contradicting;
        return candidate.Times.IsLoose ? Rank.Loose : frequency < CsvFrequency.SlowestHz ? Rank.Slow : Rank.Even;
    }

    /// <summary>Names the columns with other times; numbers of rows are of no interest beside times.</summary>
    private static string? Others(IEnumerable<Candidate> others, Candidate best)
    {
        var timed = others.Where(other => other.Column.Time.Kind != CsvTimeKind.SampleIndex);
        var names = string.Join(", ", timed.Select(other => $"'{other.Column.Name}'"));
        return names.Length == 0
            ? null
            : $"Other times were left out: column {names}; column '{best.Column.Name}' was used ('time-column' overrules).";
    }

    private static string InOrder(Candidate best, double known)
    {
        var why = best.Rank == Rank.Contradicting
            ? string.Create(CultureInfo.InvariantCulture, $"have {best.Times.FrequencyHz} Hz, not the {known} Hz that its head states")
            : "do not step evenly";
        return string.Create(CultureInfo.InvariantCulture, $"The times of column '{best.Column.Name}' {why}: ")
            + string.Create(CultureInfo.InvariantCulture, $"the rows were taken one after the other at {known} Hz, so that lost rows ")
            + "cannot be seen ('time-column' overrules).";
    }

    /// <summary>How well a column serves as time, the best first.</summary>
    private enum Rank
    {
        Even,
        Slow,
        Counter,
        Loose,
        CounterWithoutFrequency,
        Contradicting,
        Uneven,
    }

    private sealed class Candidate(CsvTimeCandidate column, CsvFirstTimes times)
    {
        public CsvTimeCandidate Column => column;

        public CsvFirstTimes Times => times;

        public Rank Rank { get; set; }
    }
}
