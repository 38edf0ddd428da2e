using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>
/// Factors that scale a record model's intervals so that they hold their share of the samples of patients that it was not trained on.
/// </summary>
/// <remarks>
/// <code>
/// lower = x̂ − f·max(x̂ − l, ε)      upper = x̂ + f·max(u − x̂, ε)      x̂, l, u: the network's; ε = 0.005 of the channels' unit
/// </code>
/// The factors depend on the length of the gap and on whether a lead survives in it. Each is the quantile, at the interval's share, of the
/// factors needed for gaps of patients that the predicting member was not trained on: all samples of a gap weigh as much as one gap, all
/// gaps of a patient as much as one patient. That is cross-conformal prediction (Vovk 2015, doi:10.1007/s10472-013-9368-4) with scaled
/// scores (Romano et al. 2019, arXiv:1905.03222). The factors are learned from
/// single members, but the recovery is the members' mean, whose error is smaller; other patients and devices have larger ones.
/// </remarks>
/// <param name="Bins">Without a surviving lead by ascending length, then with one; the last of each has no limit.</param>
internal sealed record RecordCalibration(IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>ε: scaling cannot move a bound that equals the estimate.</summary>
    private const float MinimumHalfWidth = 0.005f;

    private const string Name = "calibration";

    /// <summary>Returns the bin of a gap.</summary>
    /// <param name="gapCells">Cells of the gap (<see cref="CellGrid.GapCells"/>).</param>
    /// <param name="isSurviving">Whether a lead survives in it.</param>
    public CalibrationBin BinOf(int gapCells, bool isSurviving) => Bins[Find(Bins, gapCells, isSurviving)];

    /// <summary>Returns the bounds of one cell.</summary>
    /// <param name="bin">The bin of the gap.</param>
    /// <param name="outputs">[1 + K]: the outputs of the cell, the estimate and its quantiles.</param>
    /// <param name="interval">The interval, counted from the narrowest; there are K/2.</param>
    public static (float Lower, float Upper) Bounds(CalibrationBin bin, ReadOnlySpan<float> outputs, int interval)
    {
        var (below, above) = HalfWidths(outputs, interval);
        return (outputs[0] - (bin.Factors[interval] * below), outputs[0] + (bin.Factors[interval] * above));
    }

    /// <summary>Returns the factor that an interval needs to hold a cell's true value.</summary>
    /// <param name="truth">In the unit of the outputs.</param>
    /// <param name="outputs">[1 + K]: the outputs of the cell, the estimate and its quantiles.</param>
    /// <param name="interval">The interval, counted from the narrowest.</param>
    public static float Needed(float truth, ReadOnlySpan<float> outputs, int interval)
    {
        var (below, above) = HalfWidths(outputs, interval);
        return truth < outputs[0] ? (outputs[0] - truth) / below : (truth - outputs[0]) / above;
    }

    /// <summary>Returns the number of a gap's bin; the first whose limit it does not exceed.</summary>
    internal static int Find(IReadOnlyList<CalibrationBin> bins, int gapCells, bool isSurviving)
    {
        var seconds = (gapCells / (double)CellGrid.CellsPerSecond) - 1e-9;
        var at = 0;
        while (at < bins.Count - 1 && (bins[at].IsSurviving != isSurviving || seconds > bins[at].LongestSeconds))
            at++;
        return at;
    }

    /// <summary>Writes the bins as in a model file: <c>[[0.1,0,1.1,1.2,1.3],…,[null,1,1,1,1]]</c>, null for no limit.</summary>
    public string ToJson() => JsonRows.Write(Bins.Select(bin => (double[])
    [
        double.IsInfinity(bin.LongestSeconds) ? double.NaN : bin.LongestSeconds, bin.IsSurviving ? 1 : 0, .. bin.Factors,
    ]));

    /// <summary>Reads the bins from the text that <see cref="ToJson"/> writes.</summary>
    /// <param name="json">The text.</param>
    /// <param name="intervals">Factors of a bin.</param>
    /// <exception cref="FormatException">The text is no such JSON, a factor is not above 0, or the bins are not in order.</exception>
    public static RecordCalibration FromJson(string json, int intervals)
    {
        var rows = JsonRows.Read<double>(Name, json, 2 + intervals);
        if (rows.Any(row => row[1] is not (0 or 1) || row[2..].Any(factor => !((float)factor > 0) || !float.IsFinite((float)factor))))
            throw Unreadable(json);
        CalibrationBin[] bins = [.. rows.Select(row => new CalibrationBin(
            double.IsNaN(row[0]) ? double.PositiveInfinity : row[0], row[1] == 1, [.. row[2..].Select(factor => (float)factor)]))];
        var alone = bins.TakeWhile(bin => !bin.IsSurviving).ToArray();
        return AreInOrder(alone, isSurviving: false) && AreInOrder(bins[alone.Length..], isSurviving: true)
            ? new RecordCalibration(bins)
            : throw Unreadable(json);
    }

    private static bool AreInOrder(CalibrationBin[] bins, bool isSurviving) =>
        bins is [.., { LongestSeconds: double.PositiveInfinity }]
        && bins[0].LongestSeconds > 0
        && bins.All(bin => bin.IsSurviving == isSurviving)
        && bins.Zip(bins[1..]).All(pair => pair.First.LongestSeconds < pair.Second.LongestSeconds);

    private static FormatException Unreadable(string json) => new(
        $"{Name} is {json}; expected rows of longest gap in seconds, 0 or 1 for a surviving lead, and factors above 0, in order.");

    // The quantiles are separate outputs and may cross; in order they are quantiles of the same levels.
    private static (float Below, float Above) HalfWidths(ReadOnlySpan<float> outputs, int interval)
    {
        Span<float> quantiles = stackalloc float[outputs.Length - 1];
        outputs[1..].CopyTo(quantiles);
        quantiles.Sort();
        var upper = (quantiles.Length / 2) + interval;
        return (
            Math.Max(outputs[0] - quantiles[^(upper + 1)], MinimumHalfWidth),
            Math.Max(quantiles[upper] - outputs[0], MinimumHalfWidth));
    }
}

/// <summary>The factors for gaps up to a length.</summary>
/// <param name="LongestSeconds">Infinite for no limit.</param>
/// <param name="IsSurviving">Whether it is for gaps in which a lead survives.</param>
/// <param name="Factors">By interval, from the narrowest.</param>
internal sealed record CalibrationBin(double LongestSeconds, bool IsSurviving, IReadOnlyList<float> Factors);
