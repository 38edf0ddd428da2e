using EcgRecovery.Records;

namespace EcgRecovery.Formats;

/// <summary>The physical values of a lead as whole numbers, for formats that hold nothing else: round(value · gain + baseline).</summary>
/// <param name="lead">The lead.</param>
/// <param name="gain">Whole numbers per unit, such that all of them fit 32 bits.</param>
/// <param name="baseline">The whole number of a physical 0.</param>
internal sealed class DigitisedSamples(EcgLead lead, double gain, double baseline) : ISamples<int>
{
    private const int StackSamples = 1024;

    /// <inheritdoc/>
    public long Count => lead.SampleCount;

    /// <summary>Returns the whole number of a value.</summary>
    public int Digital(double value) => (int)Math.Clamp(Math.Round((value * gain) + baseline), -int.MaxValue, int.MaxValue);

    /// <inheritdoc/>
    public void Read(long start, Span<int> destination)
    {
        Span<double> physical = stackalloc double[Math.Min(destination.Length, StackSamples)];
        for (var from = 0; from < destination.Length; from += physical.Length)
        {
            var values = physical[..Math.Min(physical.Length, destination.Length - from)];
            lead.ReadPhysicalValues(start + from, values);
            for (var t = 0; t < values.Length; t++)
                destination[from + t] = double.IsNaN(values[t]) ? EcgLead.MissingAdcUnits : Digital(values[t]);
        }
    }
}
