using EcgRecovery.Recovery.Beats;

namespace EcgRecovery.Evaluation.Tests.Beats;

/// <summary>A method that recovers every sample as one value, and records its input.</summary>
internal sealed class ConstantMethod(string name, float value, bool raw = false, string[]? learnedFrom = null) : BeatRecoveryMethod
{
    public override string Name => name;

    public override bool ReplacesWholeBeat => raw;

    public override IReadOnlyCollection<string>? LearnedFromRecords => learnedFrom;

    public List<float[]> Shown { get; } = [];

    public override void Estimate(ReadOnlySpan<float> beats, Span<float> destination, CancellationToken cancellationToken = default)
    {
        Shown.Add(beats.ToArray());
        destination.Fill(value);
    }
}
