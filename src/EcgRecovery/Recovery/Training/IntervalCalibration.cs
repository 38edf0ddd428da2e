namespace EcgRecovery.Recovery.Training;

/// <summary>Factors that scale a network's bounds so that they hold 95 % of the samples of patients it was not trained on.</summary>
/// <remarks>
/// <code>
/// lower = x̂ − f₋·max(x̂ − l, ε)      upper = x̂ + f₊·max(u − x̂, ε)      x̂, l, u: the network's; ε = 0.005 of the beat's height
/// </code>
/// The factors depend on the length of the run of missing samples. Each is a quantile (97.5 %) of the factors needed for beats of patients
/// that the predicting member was not trained on, every patient weighted equally: cross-conformal prediction (Vovk 2015,
/// doi:10.1007/s10472-013-9368-4) with normalised scores (Romano et al. 2019, arXiv:1905.03222, scaled). The factors are learned from
/// single members, but the recovery is the members' mean, whose error is smaller: the bounds tend to be too wide. Without known records,
/// every row counts as a patient.
/// </remarks>
/// <param name="Factors">By length of the run, ascending; the last one also applies to all longer runs.</param>
internal sealed record IntervalCalibration(IReadOnlyList<IntervalFactor> Factors)
{
    /// <summary>ε: scaling cannot move a bound that equals the estimate.</summary>
    public const float MinimumHalfWidth = 0.005f;

    private const double Share = 0.975;

    /// <summary>Returns the calibrated bounds of one sample.</summary>
    /// <param name="estimate">x̂.</param>
    /// <param name="lower">l.</param>
    /// <param name="upper">u.</param>
    /// <param name="run">Length of the sample's run of missing samples.</param>
    public (float Lower, float Upper) Apply(float estimate, float lower, float upper, int run)
    {
        var factor = Factors.FirstOrDefault(f => run <= f.LongestRun) ?? Factors[^1];
        return (
            estimate - (factor.Lower * Math.Max(estimate - lower, MinimumHalfWidth)),
            estimate + (factor.Upper * Math.Max(upper - estimate, MinimumHalfWidth)));
    }

    /// <summary>Learns the factors.</summary>
    /// <param name="samples">Real samples of gaps, predicted by a member that was not trained on the patient.</param>
    /// <param name="longestRuns">The longest run of every bin, in samples, ascending; a bin without samples gets no factor.</param>
    public static IntervalCalibration Learn(IReadOnlyList<CalibrationSample> samples, ReadOnlySpan<int> longestRuns)
    {
        var factors = new List<IntervalFactor>();
        var previous = 0;
        foreach (var longest in longestRuns)
        {
            var shorter = previous;
            var inside = samples.Where(s => s.Run > shorter && s.Run <= longest).ToList();
            if (inside.Count > 0)
            {
                factors.Add(new IntervalFactor(
                    longest,
                    Factor(inside, s => Needed(s.Estimate - s.Truth, s.Estimate - s.Lower)),
                    Factor(inside, s => Needed(s.Truth - s.Estimate, s.Upper - s.Estimate))));
            }

            previous = longest;
        }

        return new IntervalCalibration(factors);
    }

    /// <summary>Writes the factors as in a model file: <c>[[15,1.1,1.2],…]</c>.</summary>
    public string ToJson() => JsonRows.Write(Factors.Select(f => (float[])[f.LongestRun, f.Lower, f.Upper]));

    /// <summary>Reads the factors from the text that <see cref="ToJson"/> writes.</summary>
    /// <exception cref="FormatException">There is no factor, or one that is not above 0, or the runs do not ascend.</exception>
    public static IntervalCalibration FromJson(string json)
    {
        var factors = new List<IntervalFactor>();
        foreach (var row in JsonRows.Read<float>("interval", json, width: 3))
        {
            var shortest = factors is [.., var last] ? last.LongestRun + 1 : 1;
            if (!IsLength(row[0], shortest) || !IsFactor(row[1]) || !IsFactor(row[2]))
                throw Unreadable(json);
            factors.Add(new IntervalFactor((int)row[0], row[1], row[2]));
        }

        return factors.Count > 0 ? new IntervalCalibration(factors) : throw Unreadable(json);
    }

    private static FormatException Unreadable(string json) =>
        new($"interval is {json}; expected [longest run, factor below, factor above], … with longer and longer runs.");

    // Above 2²⁴ not every whole number is a float.
    private static bool IsLength(float value, int minimum) => value >= minimum && value <= 1 << 24 && float.IsInteger(value);

    private static bool IsFactor(float value) => value > 0 && float.IsFinite(value);

    private static float Needed(float error, float halfWidth) => error / Math.Max(halfWidth, MinimumHalfWidth);

    /// <summary>Returns the weighted quantile of the needed factors; every patient's samples together weigh 1.</summary>
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

/// <summary>One sample for the calibration of intervals.</summary>
/// <param name="Patient">The patient's number.</param>
/// <param name="Run">Length of the sample's run of missing samples.</param>
/// <param name="Truth">The true value.</param>
/// <param name="Estimate">x̂.</param>
/// <param name="Lower">l.</param>
/// <param name="Upper">u.</param>
internal readonly record struct CalibrationSample(int Patient, int Run, float Truth, float Estimate, float Lower, float Upper);
