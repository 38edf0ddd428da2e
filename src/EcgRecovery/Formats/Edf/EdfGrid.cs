using System.Globalization;

namespace EcgRecovery.Formats.Edf;

/// <summary>How long a data record lasts, and how many samples of each lead it holds: whole numbers that say the leads' frequencies.</summary>
/// <param name="RecordSeconds">Seconds a data record, in at most 8 characters; 0 where there is no lead.</param>
/// <param name="SamplesPerRecord">By lead.</param>
internal sealed record EdfGrid(decimal RecordSeconds, int[] SamplesPerRecord)
{
    // Kemp et al. 1992: a data record should not take more bytes.
    private const int MaximumBytes = 61440;

    // EDFlib refuses data records of more than 10 MiB (EDF) or 15 MiB (BDF).
    private const int MaximumSamples = 5_000_000;

    // Whole seconds are preferred (EDF), the shortest first; a frequency of three decimals needs at most 1000.
    private const int LongestSeconds = 1000;

    // A frequency that no record can say is written where it is off by less: 0.09 s a day.
    private const double LargestError = 1e-6;

    /// <summary>How many equal steps make a data record so that every lead has a whole number of samples in each.</summary>
    public int Steps => SamplesPerRecord.Length == 0 ? 1 : SamplesPerRecord.Aggregate(0, GreatestCommonDivisor);

    /// <summary>Samples of a lead in each step.</summary>
    public int SamplesPerStep(int lead) => SamplesPerRecord[lead] / Steps;

    /// <summary>Seconds from the recording's start to a sample of a lead.</summary>
    public decimal Seconds(int lead, long sample) => sample * RecordSeconds / SamplesPerRecord[lead];

    /// <summary>The duration as the header says it.</summary>
    public string DurationText => Text(RecordSeconds);

    /// <summary>Chooses a grid.</summary>
    /// <param name="frequencies">The leads' frequencies in Hz.</param>
    /// <param name="bytesPerSample">2 or 3.</param>
    /// <param name="lost">Receives the error of frequencies that no grid can say.</param>
    /// <exception cref="InvalidDataException">The frequencies have no data record in common.</exception>
    public static EdfGrid Choose(IReadOnlyList<double> frequencies, int bytesPerSample, List<string> lost)
    {
        if (frequencies.Count == 0)
            return new EdfGrid(0, []);
        if (frequencies.Max() is var fastest && fastest > (double)EdfTimeline.FastestHz)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"EDF cannot hold a lead of {fastest} Hz; expected at most {EdfTimeline.FastestHz}. Resample it."));
        for (var seconds = 1; seconds <= LongestSeconds; seconds++)
        {
            if (At(seconds, frequencies, 0) is { } whole)
                return Shorten(whole, frequencies, bytesPerSample);
        }

        var nearest = Nearest(frequencies) ?? throw new InvalidDataException(
            $"EDF cannot hold leads of {string.Join(" and ", frequencies.Distinct().Select(f => f.ToString(CultureInfo.InvariantCulture)))} Hz in one file: "
            + "no data record of up to 1000 s has a whole number of samples of each. Resample them.");
        for (var i = 0; i < frequencies.Count; i++)
        {
            lost.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The exact frequency of lead {i}, {frequencies[i]} Hz: EDF says {nearest.SamplesPerRecord[i]} samples in {nearest.DurationText} s, {EdfScale.ToDouble(nearest.SamplesPerRecord[i] / nearest.RecordSeconds)} Hz."));
        }

        return nearest;
    }

    // A shorter record where a whole one takes too many bytes: half, a third, … of it, as far as 8 characters say them.
    private static EdfGrid Shorten(EdfGrid whole, IReadOnlyList<double> frequencies, int bytesPerSample)
    {
        // Half of the bytes are left to annotations.
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
        for (var samples = Math.Max(1, Math.Ceiling(fastest)); samples < fastest * 100 && samples < Math.Ceiling(fastest) + 10_000; samples++)
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

    // The grid of a duration where every frequency is off by no more than allowed (0: by nothing), or null.
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
