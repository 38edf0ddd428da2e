using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>A method that the caller brings.</summary>
internal sealed class OwnMethod : GapByGapMethod
{
    private readonly GapMethod _method;

    /// <exception cref="ArgumentException">Its name is empty or has other characters than results and files can hold.</exception>
    public OwnMethod(GapMethod method)
    {
        (_method, Name) = (method, method.Name);
        if (Name is null or "" || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new ArgumentException($"The method's name is '{Name}'; expected letters, digits and . _ -");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool MustBeatLine => _method.MustBeatLine;

    // Nobody knows.
    /// <inheritdoc/>
    public override IReadOnlyCollection<string>? LearnedFromRecords => null;

    /// <inheritdoc/>
    protected override GapOutcome FillGap(LeadSignal lead, SampleSpan gap, Span<float> destination)
    {
        var toFill = new GapToFill(lead.Memory)
        {
            Span = gap,
            SamplingFrequencyHz = lead.SamplingFrequencyHz,
            Window = lead.Around(gap),
            RPeaks = lead.RPeaks,
            OtherLeads = [.. lead.Others.Select(other => other.Memory)],
        };
        // A method that gives up may have written before.
        var filled = new float[destination.Length];
        if (!_method.Fill(toFill, filled))
            return GapOutcome.Left($"{Name} has no estimate");
        var odd = Array.FindIndex(filled, value => !float.IsFinite(value));
        if (odd >= 0)
        {
            throw new InvalidOperationException(
                $"Method {Name} gave {filled[odd]} for sample {gap.Start + odd} of the gap {gap}; expected finite numbers.");
        }

        filled.CopyTo(destination);
        return new GapOutcome(Name);
    }
}
