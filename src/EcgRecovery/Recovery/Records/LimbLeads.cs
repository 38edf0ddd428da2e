using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>The identities of the limb leads: any two of the six give the other four exactly.</summary>
/// <remarks>
/// <code>III = II − I,  aVR = −(I + II)/2,  aVL = I − II/2,  aVF = II − I/2</code>
/// The six are sums of multiples of the potentials of three electrodes, less a common one, so two of them determine all. Files may scale
/// each lead by a factor of its own; then the factors are fitted to the samples of the recording where all three leads are observed.
/// Sources: Einthoven, Fahr and de Waart 1913, doi:10.1007/BF01680996; Goldberger 1942, doi:10.1016/S0002-8703(42)90293-X.
/// </remarks>
internal static class LimbLeads
{
    // Some recorders filter each lead by itself: an identity that fails by more than this share of the lead's own standard deviation is
    // not used. Three rounded leads differ by about one step of the converter.
    private const double MaximumError = 0.01;
    private const double MaximumSteps = 2;

    // An identity is checked on so many stretches of so many samples.
    private const int Stretches = 20;
    private const int StretchLength = 2048;

    private static readonly Dictionary<string, (double I, double II)> s_leads = new(StringComparer.OrdinalIgnoreCase)
    {
        ["I"] = (1, 0),
        ["II"] = (0, 1),
        ["III"] = (-1, 1),
        ["aVR"] = (-0.5, -0.5),
        ["aVL"] = (1, -0.5),
        ["aVF"] = (-0.5, 1),
    };

    /// <summary>Finds what can be derived of the missing samples of a lead.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="leads">The leads of the recording.</param>
    /// <returns>The derived samples, in order; none where the lead is no limb lead or an identity does not hold in the recording.</returns>
    public static IReadOnlyList<DerivedSpan> Derive(SeenLead lead, IReadOnlyList<SeenLead> leads)
    {
        if (lead.Missing.Count == 0 || !lead.Lead.IsVoltage || Find(lead) is not { } wanted)
            return [];
        var derived = new List<DerivedSpan>();
        var missing = lead.Missing;
        SeenLead[] limbs = [.. leads.Where(other => other.IsBeside(lead) && Find(other) is not null)];
        // The most exact one first.
        var sums = Sums(wanted, limbs).Select(sum => Confirm(lead, sum, limbs)).OfType<(LeadSum Sum, double Error)>();
        foreach (var (sum, _) in sums.OrderBy(sum => sum.Error))
        {
            var here = SampleSpan.Subtract(SampleSpan.Subtract(missing, sum.First.Missing), sum.Second.Missing);
            derived.AddRange(here.Select(span => new DerivedSpan(span, sum)));
            missing = SampleSpan.Subtract(missing, here);
        }

        return [.. derived.OrderBy(span => span.Span.Start)];
    }

    /// <summary>Returns all ways to compute a lead from two others.</summary>
    private static List<LeadSum> Sums((double I, double II) wanted, SeenLead[] leads)
    {
        var sums = new List<LeadSum>();
        for (var i = 0; i < leads.Length; i++)
        {
            for (var j = i + 1; j < leads.Length; j++)
            {
                var (a, b) = (Find(leads[i])!.Value, Find(leads[j])!.Value);
                var determinant = (a.I * b.II) - (a.II * b.I);
                // The same lead twice.
                if (determinant == 0)
                    continue;
                sums.Add(new LeadSum(
                    leads[i],
                    ((wanted.I * b.II) - (wanted.II * b.I)) / determinant,
                    leads[j],
                    ((wanted.II * a.I) - (wanted.I * a.II)) / determinant));
            }
        }

        return sums;
    }

    /// <summary>
    /// Returns the sum, with other factors where the leads are scaled, and its mean square error; null where none holds.
    /// </summary>
    private static (LeadSum Sum, double Error)? Confirm(SeenLead lead, LeadSum sum, SeenLead[] limbs)
    {
        var moments = Moments(lead, sum);
        // A lead that was never observed cannot contradict its name, but the others can.
        if (moments[0, 0] == 0)
            return Array.TrueForAll(limbs, other => IsNominal(other, sum)) ? (sum, 0) : null;
        if (Holds(lead, moments, sum.Coefficients(lead.Lead)) is { } error)
            return (sum, error);
        return Fit(moments) is { } fitted && Holds(lead, moments, fitted) is { } rest ? (sum.With(fitted, lead.Lead), rest) : null;
    }

    private static bool IsNominal(SeenLead lead, LeadSum sum)
    {
        if (lead == sum.First || lead == sum.Second)
            return true;
        var own = Sums(Find(lead)!.Value, [sum.First, sum.Second]).Single();
        var moments = Moments(lead, own);
        return moments[0, 0] == 0 || Holds(lead, moments, own.Coefficients(lead.Lead)) is not null;
    }

    /// <summary>Returns the sums of products of 1, the two leads and the lead, over samples where all three are observed.</summary>
    private static double[,] Moments(SeenLead lead, LeadSum sum)
    {
        var moments = new double[4, 4];
        var length = (int)Math.Min(StretchLength, lead.Lead.SampleCount);
        var (truth, first, second) = (new float[length], new float[length], new float[length]);
        for (var i = 0; i < Stretches; i++)
        {
            var start = (lead.Lead.SampleCount - length) * i / (Stretches - 1);
            lead.Samples.Read(start, truth);
            sum.First.Samples.Read(start, first);
            sum.Second.Samples.Read(start, second);
            for (var t = 0; t < length; t++)
            {
                // NaN where one of the three is missing.
                if (float.IsFinite(truth[t] + first[t] + second[t]))
                    Add(moments, [1, first[t], second[t], truth[t]]);
            }
        }

        return moments;
    }

    private static void Add(double[,] moments, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values.Length; j++)
                moments[i, j] += values[i] * values[j];
        }
    }

    /// <summary>Returns the mean square error of truth = c₀ + c₁·first + c₂·second; null where it is not small.</summary>
    private static double? Holds(SeenLead lead, double[,] moments, double[] coefficients)
    {
        double[] weights = [.. coefficients.Select(coefficient => -coefficient), 1];
        var error = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            for (var j = 0; j < weights.Length; j++)
                error += weights[i] * weights[j] * moments[i, j] / moments[0, 0];
        }

        var mean = moments[0, 3] / moments[0, 0];
        var variance = (moments[3, 3] / moments[0, 0]) - (mean * mean);
        var step = lead.Lead.AdcUnits is null ? 0 : MaximumSteps / Math.Abs(lead.Lead.Gain);
        return error <= Math.Max(MaximumError * MaximumError * variance, step * step) ? error : null;
    }

    /// <summary>Returns the least-squares coefficients; null where the two leads are the same up to a factor.</summary>
    private static double[]? Fit(double[,] moments)
    {
        var n = moments[0, 0];
        var (a, b, c) = (Central(1, 1), Central(1, 2), Central(2, 2));
        var determinant = (a * c) - (b * b);
        if (!(determinant > 1e-9 * a * c))
            return null;
        var first = ((Central(1, 3) * c) - (Central(2, 3) * b)) / determinant;
        var second = ((Central(2, 3) * a) - (Central(1, 3) * b)) / determinant;
        return [(moments[0, 3] - (first * moments[0, 1]) - (second * moments[0, 2])) / n, first, second];

        double Central(int i, int j) => moments[i, j] - (moments[0, i] * moments[0, j] / n);
    }

    private static (double I, double II)? Find(SeenLead lead) =>
        LeadNames.LimbLead(lead.Lead.Name) is { } limb ? s_leads[limb] : null;
}

/// <summary>A lead as a sum of multiples of two others.</summary>
/// <param name="First">A lead.</param>
/// <param name="FirstFactor">Its factor, of values in millivolts.</param>
/// <param name="Second">Another lead.</param>
/// <param name="SecondFactor">Its factor.</param>
/// <param name="Constant">In millivolts.</param>
internal sealed record LeadSum(SeenLead First, double FirstFactor, SeenLead Second, double SecondFactor, double Constant = 0)
{
    /// <summary>Computes a window of samples; NaN where one of the two leads has none.</summary>
    /// <param name="start">First sample.</param>
    /// <param name="destination">Receives the samples, in the unit of <paramref name="lead"/>.</param>
    /// <param name="lead">The lead that is computed.</param>
    public void Read(long start, Span<float> destination, EcgLead lead)
    {
        var other = new float[destination.Length];
        First.Samples.Read(start, destination);
        Second.Samples.Read(start, other);
        var coefficients = Coefficients(lead);
        for (var t = 0; t < destination.Length; t++)
            destination[t] = (float)(coefficients[0] + (coefficients[1] * destination[t]) + (coefficients[2] * other[t]));
    }

    /// <summary>Returns the constant and the factors, of values in the leads' own units.</summary>
    /// <param name="lead">The lead that is computed.</param>
    public double[] Coefficients(EcgLead lead) =>
        [Constant * lead.UnitsPerMilliVolt!.Value, FirstFactor * Ratio(lead, First.Lead), SecondFactor * Ratio(lead, Second.Lead)];

    /// <summary>Returns the sum with other coefficients.</summary>
    /// <param name="coefficients">As <see cref="Coefficients"/> returns them.</param>
    /// <param name="lead">The lead that is computed.</param>
    public LeadSum With(double[] coefficients, EcgLead lead) => this with
    {
        Constant = coefficients[0] / lead.UnitsPerMilliVolt!.Value,
        FirstFactor = coefficients[1] / Ratio(lead, First.Lead),
        SecondFactor = coefficients[2] / Ratio(lead, Second.Lead),
    };

    private static double Ratio(EcgLead lead, EcgLead source) => lead.UnitsPerMilliVolt!.Value / source.UnitsPerMilliVolt!.Value;
}

/// <summary>Missing samples of a lead that are computed from two others.</summary>
/// <param name="Span">The samples.</param>
/// <param name="Sum">How.</param>
internal sealed record DerivedSpan(SampleSpan Span, LeadSum Sum)
{
    /// <summary>Returns the samples, in the unit of <paramref name="lead"/>.</summary>
    public float[] Read(EcgLead lead)
    {
        var values = new float[checked((int)Span.Length)];
        Sum.Read(Span.Start, values, lead);
        return values;
    }
}
