using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Estimated values as samples of a lead: whole steps of the converter within its range, or decimals.</summary>
/// <param name="lead">The lead.</param>
/// <param name="round">Rounds to a whole step: to the nearest, down for lower bounds, up for upper bounds.</param>
internal sealed class SampleSteps(EcgLead lead, Func<double, double> round)
{
    // Steps of 1 nV, or of a millionth of a unit that is no voltage. A decimal more could cost formats of whole numbers the exact values of
    // observed samples.
    private const int DecimalsOfMicroVolts = 3;
    private const int OtherDecimals = 6;

    /// <summary>Returns the lead with new samples, in either of its forms.</summary>
    /// <param name="patches">The samples, in the lead's unit; in order and without overlap. Null = missing.</param>
    public EcgLead Patch(IReadOnlyList<(SampleSpan Span, float[]? Values)> patches) => lead with
    {
        AdcUnits = lead.AdcUnits is null ? null : Patched(lead.AdcUnits, patches, ToAdcUnits, EcgLead.MissingAdcUnits),
        // A lead with both has its physical values computed from the ADC units.
        PhysicalValues = lead.AdcUnits is not null || lead.PhysicalValues is null
            ? null
            : Patched(lead.PhysicalValues, patches, ToPhysicalValues, double.NaN),
    };

    private static PatchedSamples<T> Patched<T>(
        ISamples<T> samples, IReadOnlyList<(SampleSpan Span, float[]? Values)> patches, Func<float[], T[]> convert, T missing)
        where T : struct =>
        new(
            samples,
            [.. patches.Select(patch => new SamplePatch<T>(patch.Span, patch.Values is { } values ? convert(values) : null, missing))]);

    private int[] ToAdcUnits(float[] values)
    {
        // The smallest int is the mark of a missing sample.
        var minimum = Math.Max(lead.AdcMinimum ?? int.MinValue, EcgLead.MissingAdcUnits + 1);
        var maximum = lead.AdcMaximum ?? int.MaxValue;
        return Array.ConvertAll(values, value => (int)Math.Clamp(round((value * lead.Gain) + lead.AdcBaseline), minimum, maximum));
    }

    private double[] ToPhysicalValues(float[] values)
    {
        var decimals = lead.MicroVoltsPerUnit is { } microVolts
            ? DecimalsOfMicroVolts + (int)Math.Round(Math.Log10(microVolts))
            : OtherDecimals;
        var scale = Math.Pow(10, decimals);
        return Array.ConvertAll(values, value => Math.Round(round(value * scale) / scale, decimals));
    }
}
