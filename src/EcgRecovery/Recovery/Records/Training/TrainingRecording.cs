using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>A recording to learn from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Patient">The name of its patient: recordings of one patient are held out together.</param>
/// <param name="Open">Opens it; the caller disposes the record.</param>
internal sealed record TrainingRecording(string Name, string Patient, Func<EcgRecord> Open)
{
    /// <summary>The shortest recording that is learned from: gaps are three seconds apart, and a tenth of it is lost at most.</summary>
    private const double ShortestSeconds = 10;

    /// <summary>Reads the leads that gaps are cut from: in mV, all of one sampling frequency, that of the first.</summary>
    /// <exception cref="InvalidDataException">There is no such lead, or the recording is too short.</exception>
    public TrainingLeads Read()
    {
        using var record = Open();
        var bounds = record.Leads.Select(record.FindBounds).OfType<(EcgLead Lower, EcgLead Upper)>()
            .SelectMany(pair => new[] { pair.Lower, pair.Upper }).ToHashSet(ReferenceEqualityComparer.Instance);
        var voltages = record.Leads.Where(lead => lead.IsVoltage && !bounds.Contains(lead)).ToList();
        if (voltages.Count == 0)
            throw new InvalidDataException($"Recording {Name} has no lead in volts; expected at least one to cut gaps from.");
        var first = voltages[0];
        var seconds = first.SampleCount / first.SamplingFrequencyHz;
        if (seconds < ShortestSeconds)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"Recording {Name} is {seconds:0.###} s long; expected at least {ShortestSeconds} s to cut gaps from."));
        }

        var alike = voltages.Where(lead =>
            lead.SamplingFrequencyHz == first.SamplingFrequencyHz && lead.SampleCount == first.SampleCount);
        return new TrainingLeads([.. alike.Select(lead => lead.ToMilliVolts())], first.SamplingFrequencyHz);
    }
}

/// <summary>The samples of a recording to learn from.</summary>
/// <param name="MilliVolts">By lead, [N] each; NaN = missing.</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
internal sealed record TrainingLeads(IReadOnlyList<float[]> MilliVolts, double SamplingFrequencyHz);
