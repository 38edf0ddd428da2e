using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Records.Truth;

/// <summary>A recording whose samples are known.</summary>
/// <remarks>All leads are voltages of the same length and frequency; others of the file are left out.</remarks>
internal sealed class TestedRecord
{
    private readonly IReadOnlyList<EcgLead> _leads;
    private readonly IReadOnlyList<MissingSpan>[] _missing;

    /// <param name="leads">The leads, at least one.</param>
    public TestedRecord(IReadOnlyList<TestedLead> leads)
    {
        Leads = leads;
        _leads = [.. leads.Select(ToLead)];
        _missing =
        [
            .. leads.Select(lead => MissingRuns.Of<float>(lead.MilliVolts)
                .ConvertAll(run => new MissingSpan(run, MissingCause.NotANumber))),
        ];
    }

    /// <summary>Name of the record.</summary>
    public string Name => Leads[0].Record;

    /// <summary>The leads.</summary>
    public IReadOnlyList<TestedLead> Leads { get; }

    /// <summary>Samples per second.</summary>
    public double SamplingFrequencyHz => Leads[0].SamplingFrequencyHz;

    /// <summary>Number of samples of each lead.</summary>
    public int SampleCount => Leads[0].MilliVolts.Length;

    /// <summary>Length of the recording, in seconds.</summary>
    public double DurationSeconds => SampleCount / SamplingFrequencyHz;

    /// <summary>Opens a WFDB record and finds the R peaks of its leads.</summary>
    /// <param name="folder">Folder of the record.</param>
    /// <param name="name">
    /// Name of the record; beats are read from its annotator <c>atr</c>, or else for each lead from that with the lead's name, as in LUDB.
    /// </param>
    /// <param name="frequencyHz">Frequency to which the record is resampled; null for its own.</param>
    /// <exception cref="FileNotFoundException">The record does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or no lead is a voltage.</exception>
    public static TestedRecord Open(string folder, string name, double? frequencyHz)
    {
        var path = Path.Combine(folder, name);
        using var file = RecordFormats.Open(path, new WfdbReadOptions());
        var leads = new List<TestedLead>();
        for (var number = 0; number < file.Leads.Count; number++)
        {
            if (Open(file, name, path, number, frequencyHz) is { } lead && (leads.Count == 0 || IsBeside(lead, leads[0])))
                leads.Add(lead);
        }

        return leads.Count > 0
            ? new TestedRecord(leads)
            : throw new InvalidDataException($"Record {path} has no lead with samples in a voltage; expected one.");
    }

    /// <summary>Finds a lead by its name, upper and lower case alike, or by its number from 0; null where there is none.</summary>
    public TestedLead? Find(string nameOrNumber) =>
        Leads.FirstOrDefault(lead => lead.Name.Equals(nameOrNumber, StringComparison.OrdinalIgnoreCase))
        ?? Leads.FirstOrDefault(lead => FormattableString.Invariant($"{lead.Number}") == nameOrNumber);

    /// <summary>Returns a lead as a lead of a recording, in mV; missing samples are NaN.</summary>
    public EcgLead LeadOf(TestedLead lead) => _leads[IndexOf(lead)];

    /// <summary>Returns the number of a lead in the order of <see cref="Leads"/>.</summary>
    public int IndexOf(TestedLead lead) => Leads.Index().First(other => other.Item == lead).Index;

    /// <summary>Returns the record with other samples and the same beats.</summary>
    /// <param name="change">Returns the samples of a lead, [N].</param>
    public TestedRecord With(Func<TestedLead, float[]> change) => new([.. Leads.Select(lead => lead.With(change(lead)))]);

    /// <summary>Returns the recording with gaps, without beats: in steps of the converter where there is one, in mV otherwise.</summary>
    /// <param name="gaps">For each lead the samples that are missing, in order; empty for none at all.</param>
    public EcgRecord ToRecord(IReadOnlyList<IReadOnlyList<SampleSpan>> gaps) => new()
    {
        Name = Name,
        SamplingFrequencyHz = SamplingFrequencyHz,
        Leads =
        [
            .. Leads.Select((lead, i) => RecordViews.WithMissing(
                lead.StepsPerMilliVolt is { } steps ? ToSteps(lead, steps) : _leads[i], gaps.Count == 0 ? [] : gaps[i])),
        ],
    };

    /// <summary>Returns how the product recovers a lead that has gaps: what it derives, and what methods see.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="gaps">For each lead, in the order of <see cref="Leads"/>, the samples that are missing, in order.</param>
    public LeadPlan Plan(TestedLead lead, IReadOnlyList<IReadOnlyList<SampleSpan>> gaps)
    {
        SeenLead[] seen = [.. _leads.Select((one, i) => new SeenLead(i, one, [], _missing[i], gaps[i]))];
        var at = IndexOf(lead);
        // Only what is cut is recovered, however long.
        var options = new RecordRecoveryOptions { Causes = [], MaximumGapSeconds = null, MaximumGapFromLeadsSeconds = null };
        using var record = new EcgRecord { Name = Name, SamplingFrequencyHz = SamplingFrequencyHz, Leads = _leads };
        return LeadPlan.Make(record, seen[at], [.. seen.Where(other => other.Number != at)], options);
    }

    private static TestedLead? Open(EcgRecord file, string name, string path, int number, double? frequencyHz)
    {
        var annotated = WithBeats(file, path, number);
        var record = frequencyHz is { } frequency ? RecordResampling.Resample(annotated, frequency) : annotated;
        var lead = record.Leads[number];
        if (!lead.IsVoltage || lead.SampleCount == 0)
            return null;
        var milliVolts = lead.ToMilliVolts();
        TestedBeat[] beats =
        [
            .. record.Annotations.Where(annotation => annotation.IsBeat)
                .Select(annotation => new TestedBeat(
                    checked((int)record.FirstSampleOf(lead, annotation.Sample)),
                    // The marks of one lead's QRS complexes say nothing about classes.
                    file.Annotations.Count > 0 ? BeatCode.ClassOf(annotation.Code) : null))
                .OrderBy(beat => beat.RPeak),
        ];
        return new TestedLead(name, milliVolts, lead.SamplingFrequencyHz, TestedLead.Place(milliVolts, lead.SamplingFrequencyHz, beats))
        {
            Number = number,
            Name = lead.Name,
            StepsPerMilliVolt = frequencyHz is null && lead.AdcUnits is not null ? Math.Abs(lead.Gain) * lead.UnitsPerMilliVolt : null,
        };
    }

    private static bool IsBeside(TestedLead lead, TestedLead first) =>
        lead.MilliVolts.Length == first.MilliVolts.Length && lead.SamplingFrequencyHz == first.SamplingFrequencyHz;

    private static EcgRecord WithBeats(EcgRecord file, string path, int lead)
    {
        var annotator = file.Leads[lead].Name;
        return file.Annotations.Count > 0 || !File.Exists($"{path}.{annotator}")
            ? file
            : new EcgRecord(file) { Annotations = WfdbRecordAnnotations.Read(path, annotator)!.InSamples(file.SamplingFrequencyHz) };
    }

    private static EcgLead ToLead(TestedLead lead) => new()
    {
        Name = lead.Name,
        SamplingFrequencyHz = lead.SamplingFrequencyHz,
        PhysicalValues = new FloatsAsDoubles(lead.MilliVolts),
    };

    private static EcgLead ToSteps(TestedLead lead, double steps) => new()
    {
        Name = lead.Name,
        SamplingFrequencyHz = lead.SamplingFrequencyHz,
        Gain = steps,
        AdcUnits = new MemorySamples<int>(
            Array.ConvertAll(lead.MilliVolts, value => float.IsNaN(value) ? EcgLead.MissingAdcUnits : (int)Math.Round(value * steps))),
    };

    private sealed class FloatsAsDoubles(float[] samples) : ISamples<double>
    {
        public long Count => samples.Length;

        public void Read(long start, Span<double> destination)
        {
            var part = samples.AsSpan(checked((int)start), destination.Length);
            for (var t = 0; t < part.Length; t++)
                destination[t] = part[t];
        }
    }
}
