using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records;

/// <summary>Random places of a hidden gap: the same for the same lead, gap and number, whatever else is recovered.</summary>
/// <param name="sampleCount">Samples of the lead.</param>
/// <param name="model">The real gap.</param>
/// <param name="number">Number of the hidden gap.</param>
internal sealed class SeededPlaces(long sampleCount, SampleSpan model, int number)
{
    private readonly SeededRandom _random = new SeededRandom((ulong)sampleCount)
        .Fork((ulong)model.Start).Fork((ulong)model.End).Fork((ulong)number);

    /// <summary>Returns a place.</summary>
    /// <param name="places">The first samples to choose from, at least one.</param>
    public long Next(SampleSpan places) => places.Start + (long)(_random.NextDouble() * places.Length);
}
