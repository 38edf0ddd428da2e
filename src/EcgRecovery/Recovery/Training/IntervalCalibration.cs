using System.Text.Json;
using EcgRecovery.Beats;

namespace EcgRecovery.Recovery.Training;

/// <summary>How far a network's bounds must be drawn out, or in, to hold 95 % of the samples of patients it has not seen.</summary>
/// <remarks>
/// <code>
/// lower = x̂ − f₋·max(x̂ − l, ε)      upper = x̂ + f₊·max(u − x̂, ε)      x̂, l, u: the network's; ε = 0.005 of the beat's height
/// </code>
/// The factors depend on the length of the run of missing samples. Each is a quantile (97.5 %) of what would have been needed for beats of
/// patients that the predicting member was not trained on, every patient weighing the same: cross-conformal prediction (Vovk 2015,
/// doi:10.1007/s10472-013-9368-4) with normalised scores (Romano et al. 2019, arXiv:1905.03222, scaled). Each member is judged by itself; what
/// is delivered is the members' mean, which errs less: the bounds err on the wide side. Where a row has no record, a row is its own patient.
/// </remarks>
/// <param name="Factors">By length of the run, ascending; the last serves all longer ones too.</param>
internal sealed record IntervalCalibration(IReadOnlyList<IntervalFactor> Factors)
{
    /// <summary>ε: a bound that the network puts on its own estimate would stay there whatever the factor.</summary>
    private const float MinimumHalfWidth = 0.005f;

    private const double Share = 0.975;

    /// <summary>The longest run of every bin: 0.13, 0.23 and 0.4 s at 120 Hz, and all longer ones.</summary>
    private static readonly int[] s_bins = [15, 28, 48, HeartbeatSet.BeatLength];

    /// <summary>The calibrated bounds of one sample.</summary>
    /// <param name="estimate">x̂.</param>
    /// <param name="lower">l.</param>
    /// <param name="upper">u.</param>
    /// <param name="run">Length of the run of missing samples that it lies in.</param>
    public (float Lower, float Upper) Apply(float estimate, float lower, float upper, int run)
    {
        var factor = Factors.FirstOrDefault(f => run <= f.LongestRun) ?? Factors[^1];
        return (estimate - (factor.Lower * Math.Max(estimate - lower, MinimumHalfWidth)), estimate + (factor.Upper * Math.Max(upper - estimate, MinimumHalfWidth)));
    }

    /// <summary>Learns the factors.</summary>
    /// <param name="samples">Real samples of gaps, predicted by a member that has not seen the patient.</param>
    public static IntervalCalibration Learn(IReadOnlyList<CalibrationSample> samples)
    {
        var factors = new List<IntervalFactor>();
        var minimum = 0;
        foreach (var bin in s_bins)
        {
            var inside = samples.Where(s => s.Run > minimum && s.Run <= bin).ToList();
            if (inside.Count > 0)
                factors.Add(new IntervalFactor(bin, Factor(inside, s => Needed(s.Estimate - s.Truth, s.Estimate - s.Lower)), Factor(inside, s => Needed(s.Truth - s.Estimate, s.Upper - s.Estimate))));
            minimum = bin;
        }

        return new IntervalCalibration(factors);
    }

    /// <summary>As a model file holds it: <c>[[15,1.1,1.2],…]</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(Factors.Select(f => (float[])[f.LongestRun, f.Lower, f.Upper]));

    /// <summary>Reads it back.</summary>
    /// <exception cref="FormatException">It holds no factor, or one that is not above 0.</exception>
    public static IntervalCalibration FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        var factors = document.RootElement.EnumerateArray().Select(f => new IntervalFactor(f[0].GetInt32(), f[1].GetSingle(), f[2].GetSingle())).ToList();
        var isOrdered = factors.Zip(factors.Skip(1)).All(pair => pair.First.LongestRun < pair.Second.LongestRun);
        if (factors.Count == 0 || factors[0].LongestRun < 1 || !isOrdered || factors.Exists(f => !IsFactor(f.Lower) || !IsFactor(f.Upper)))
            throw new FormatException($"interval is {json}; expected [longest run, factor below, factor above], … with longer and longer runs.");
        return new IntervalCalibration(factors);
    }

    private static bool IsFactor(float value) => value > 0 && float.IsFinite(value);

    private static float Needed(float error, float halfWidth) => error / Math.Max(halfWidth, MinimumHalfWidth);

    /// <summary>The weighted quantile of the factors needed: every patient's samples together weigh 1.</summary>
    private static float Factor(List<CalibrationSample> samples, Func<CalibrationSample, float> needed)
    {
        var counts = samples.CountBy(s => s.Patient).ToDictionary();
        var sorted = samples.Select(s => (Needed: needed(s), Weight: 1.0 / counts[s.Patient])).OrderBy(s => s.Needed);
        var sum = 0.0;
        foreach (var (value, weight) in sorted)
        {
            sum += weight;
            if (sum >= Share * counts.Count)
                return Math.Max(value, float.Epsilon);
        }

        return Math.Max(samples.Max(needed), float.Epsilon);
    }
}

/// <summary>The factors for runs of missing samples up to a length.</summary>
/// <param name="LongestRun">In samples.</param>
/// <param name="Lower">f₋.</param>
/// <param name="Upper">f₊.</param>
internal sealed record IntervalFactor(int LongestRun, float Lower, float Upper);

/// <summary>One sample of the kind that intervals are calibrated on.</summary>
/// <param name="Patient">Whose it is.</param>
/// <param name="Run">Length of the run of missing samples that it lies in.</param>
/// <param name="Truth">What it is.</param>
/// <param name="Estimate">x̂.</param>
/// <param name="Lower">l.</param>
/// <param name="Upper">u.</param>
internal readonly record struct CalibrationSample(int Patient, int Run, float Truth, float Estimate, float Lower, float Upper);
