using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>The identities of the limb leads: any two of the six give the other four exactly.</summary>
/// <remarks>
/// <code>III = II − I,  aVR = −(I + II)/2,  aVL = I − II/2,  aVF = II − I/2</code>
/// The six are differences of the potentials of three electrodes, so they are multiples of I and II. Source: Einthoven, Fahr and de Waart
/// 1913, doi:10.1007/BF01680996; Goldberger 1942, doi:10.1016/S0002-8703(42)90293-X.
/// </remarks>
internal static class LimbLeads
{
    // Some recorders filter or round each lead by itself: an identity that fails by more than this share of the lead's own amplitude is not
    // used.
    private const double MaximumError = 0.02;

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
        foreach (var sum in Sums(wanted, [.. leads.Where(other => other.IsBeside(lead) && Find(other) is not null)]))
        {
            var here = SampleSpan.Subtract(SampleSpan.Subtract(missing, sum.First.Missing), sum.Second.Missing);
            if (here.Count == 0 || !Holds(lead, sum))
                continue;
            derived.AddRange(here.Select(span => new DerivedSpan(span, sum)));
            missing = SampleSpan.Subtract(missing, here);
        }

        return [.. derived.OrderBy(span => span.Span.Start)];
    }

    /// <summary>Returns all ways to compute a lead from two others, the one with the least error of rounding first.</summary>
    private static IEnumerable<LeadSum> Sums((double I, double II) wanted, IReadOnlyList<SeenLead> leads)
    {
        var sums = new List<LeadSum>();
        for (var i = 0; i < leads.Count; i++)
        {
            for (var j = i + 1; j < leads.Count; j++)
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

        return sums.OrderBy(sum => Math.Abs(sum.FirstFactor) + Math.Abs(sum.SecondFactor));
    }

    private static bool Holds(SeenLead lead, LeadSum sum)
    {
        var (errors, squares, mean, count) = (0.0, 0.0, 0.0, 0);
        var length = (int)Math.Min(StretchLength, lead.Lead.SampleCount);
        var (truth, computed) = (new float[length], new float[length]);
        for (var i = 0; i < Stretches; i++)
        {
            var start = (lead.Lead.SampleCount - length) * i / (Stretches - 1);
            lead.Samples.Read(start, truth);
            sum.Read(start, computed, lead.Lead);
            for (var t = 0; t < length; t++)
            {
                if (float.IsNaN(truth[t]) || float.IsNaN(computed[t]))
                    continue;
                errors += ((double)truth[t] - computed[t]) * ((double)truth[t] - computed[t]);
                squares += (double)truth[t] * truth[t];
                mean += truth[t];
                count++;
            }
        }

        // A lead that was never observed cannot contradict its name.
        return count == 0 || errors <= MaximumError * MaximumError * (squares - (mean * mean / count));
    }

    private static (double I, double II)? Find(SeenLead lead)
    {
        // As in "ECG II" (EDF) and "Lead II".
        var name = lead.Lead.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        return s_leads.TryGetValue(name, out var factors) ? factors : null;
    }
}

/// <summary>A lead as a sum of multiples of two others.</summary>
/// <param name="First">A lead.</param>
/// <param name="FirstFactor">Its factor, of values in millivolts.</param>
/// <param name="Second">Another lead.</param>
/// <param name="SecondFactor">Its factor.</param>
internal sealed record LeadSum(SeenLead First, double FirstFactor, SeenLead Second, double SecondFactor)
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
        var (first, second) = (FirstFactor * Ratio(First.Lead), SecondFactor * Ratio(Second.Lead));
        for (var t = 0; t < destination.Length; t++)
            destination[t] = (float)((first * destination[t]) + (second * other[t]));

        double Ratio(EcgLead source) => lead.UnitsPerMilliVolt!.Value / source.UnitsPerMilliVolt!.Value;
    }
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
