using System.Globalization;

namespace EcgRecovery.Formats.Edf;

/// <summary>The duration of a data record and the samples of each lead in it; together they give the leads' frequencies.</summary>
/// <param name="RecordSeconds">Duration in seconds, of at most 8 characters; 0 if there is no lead.</param>
/// <param name="SamplesPerRecord">Samples of each lead.</param>
internal sealed record EdfGrid(decimal RecordSeconds, int[] SamplesPerRecord)
{
    // The largest data record that Kemp et al. 1992 recommend.
    private const int MaximumBytes = 61440;

    // EDFlib refuses data records of more than 10 MiB (EDF) or 15 MiB (BDF).
    private const int MaximumSamples = 5_000_000;

    // Whole seconds are preferred (EDF), the shortest first; a frequency of three decimals needs at most 1000.
    private const int LongestSeconds = 1000;

    // The largest relative error of a frequency that no record has exactly: 0.09 s per day.
    private const double LargestError = 1e-6;

    /// <summary>The number of equal steps of a data record, in each of which every lead has a whole number of samples.</summary>
    public int Steps => SamplesPerRecord.Length == 0 ? 1 : SamplesPerRecord.Aggregate(0, GreatestCommonDivisor);

    /// <summary>Returns the samples of a lead in each step.</summary>
    public int SamplesPerStep(int lead) => SamplesPerRecord[lead] / Steps;

    /// <summary>Returns the seconds from the recording's start to a sample of a lead.</summary>
    public decimal Seconds(int lead, long sample) => sample * RecordSeconds / SamplesPerRecord[lead];

    /// <summary>The duration as text for the header.</summary>
    public string DurationText => Text(RecordSeconds);

    /// <summary>Chooses a grid.</summary>
    /// <param name="frequencies">The leads' frequencies in Hz.</param>
    /// <param name="bytesPerSample">2 or 3.</param>
    /// <param name="lost">Receives a sentence for each frequency that no grid has exactly.</param>
    /// <exception cref="InvalidDataException">The frequencies have no data record in common.</exception>
    public static EdfGrid Choose(IReadOnlyList<double> frequencies, int bytesPerSample, List<string> lost)
    {
        if (frequencies.Count == 0)
            return new EdfGrid(0, []);
        if (frequencies.Max() is var fastest && fastest > (double)EdfTimeline.FastestHz)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"EDF cannot hold a lead of {fastest} Hz; expected at most {EdfTimeline.FastestHz}. Resample it."));
        }

        for (var seconds = 1; seconds <= LongestSeconds; seconds++)
        {
            if (At(seconds, frequencies, 0) is { } whole)
                return Shorten(whole, frequencies, bytesPerSample);
        }

        var texts = frequencies.Distinct().Select(frequency => frequency.ToString(CultureInfo.InvariantCulture));
        var nearest = Nearest(frequencies) ?? throw new InvalidDataException(
            $"EDF cannot hold leads of {string.Join(" and ", texts)} Hz in one file: "
            + "no data record of up to 1000 s has a whole number of samples of each. Resample them.");
        for (var i = 0; i < frequencies.Count; i++)
        {
            var samples = nearest.SamplesPerRecord[i];
            lost.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The exact frequency of lead {i}, {frequencies[i]} Hz: EDF says {samples} samples in {nearest.DurationText} s, ")
                + string.Create(CultureInfo.InvariantCulture, $"{EdfScale.ToDouble(samples / nearest.RecordSeconds)} Hz."));
        }

        return nearest;
    }

    // A record that takes too many bytes is divided by 2, 3, …, if 8 characters hold its duration.
    private static EdfGrid Shorten(EdfGrid whole, IReadOnlyList<double> frequencies, int bytesPerSample)
    {
        // Half of the bytes are for annotations.
        bool IsShort(EdfGrid grid) => grid.SamplesPerRecord.Sum(count => (long)count) * bytesPerSample <= MaximumBytes / 2;
        for (var parts = 1; parts <= 10_000; parts++)
        {
            var seconds = Math.Round(whole.RecordSeconds / parts, 6);
            if (seconds * parts == whole.RecordSeconds && seconds > 0 && At(seconds, frequencies, 0) is { } grid && IsShort(grid))
                return grid;
        }

        return whole;
    }

    private static EdfGrid? Nearest(IReadOnlyList<double> frequencies)
    {
        EdfGrid? best = null;
        var minimum = LargestError;
        var fastest = frequencies.Max();
        var first = Math.Max(1, Math.Ceiling(fastest));
        for (var samples = first; samples < fastest * 100 && samples < Math.Ceiling(fastest) + 10_000; samples++)
        {
            if (EdfScale.Format(samples / fastest) is not { } text)
                break;
            var seconds = decimal.Parse(text, CultureInfo.InvariantCulture);
            if (seconds > 0 && At(seconds, frequencies, minimum) is { } grid)
            {
                best = grid;
                minimum = Enumerable.Range(0, frequencies.Count).Max(i => Error(grid, i, frequencies[i]));
            }
        }

        return best;
    }

    // The grid of a duration, or null if a frequency's relative error is larger than allowed.
    private static EdfGrid? At(decimal seconds, IReadOnlyList<double> frequencies, double allowed)
    {
        if (Text(seconds).Length > EdfScale.FieldLength)
            return null;
        var grid = new EdfGrid(seconds, new int[frequencies.Count]);
        var total = 0.0;
        for (var i = 0; i < frequencies.Count; i++)
        {
            var samples = Math.Round((double)seconds * frequencies[i]);
            if (samples is not (>= 1 and <= MaximumSamples))
                return null;
            grid.SamplesPerRecord[i] = (int)samples;
            total += samples;
            if (total > MaximumSamples)
                return null;
            if (Error(grid, i, frequencies[i]) > allowed)
                return null;
        }

        return grid;
    }

    private static double Error(EdfGrid grid, int lead, double frequency) =>
        double.Abs((EdfScale.ToDouble(grid.SamplesPerRecord[lead] / grid.RecordSeconds) / frequency) - 1);

    private static string Text(decimal seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
