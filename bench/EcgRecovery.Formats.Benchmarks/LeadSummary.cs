using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Benchmarks;

/// <summary>Figures of a lead's samples, the same as in ../rivals/biosig.c.</summary>
/// <param name="name">The lead's name.</param>
/// <param name="frequencyHz">The sampling frequency.</param>
/// <param name="missingAs">The value of a missing sample in the figures.</param>
internal sealed class LeadSummary(string name, double frequencyHz, int missingAs)
{
    // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/.
    private ulong _hash = 14695981039346656037;

    public string Label { get; } = name;

    public double FrequencyHz { get; } = frequencyHz;

    public long Samples { get; private set; }

    public long Missing { get; private set; }

    public long Sum { get; private set; }

    public int? Smallest { get; private set; }

    public int? Largest { get; private set; }

    /// <summary>Gets the hash of the values, each as four bytes, low byte first.</summary>
    public string Hash => _hash.ToString("x16", CultureInfo.InvariantCulture);

    public void Add(ReadOnlySpan<int> samples)
    {
        foreach (var sample in samples)
        {
            Missing += sample == EcgLead.MissingAdcUnits ? 1 : 0;
            var value = sample == EcgLead.MissingAdcUnits ? missingAs : sample;
            Sum += value;
            Smallest = Math.Min(Smallest ?? value, value);
            Largest = Math.Max(Largest ?? value, value);
            for (var shift = 0; shift < 32; shift += 8)
                _hash = (_hash ^ (byte)(value >> shift)) * 1099511628211;
        }

        Samples += samples.Length;
    }
}
