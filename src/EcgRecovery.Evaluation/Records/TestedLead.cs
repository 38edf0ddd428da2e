using EcgRecovery.Beats;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Records;

/// <summary>A lead whose samples are known: gaps are cut from it, and what is recovered is compared with it.</summary>
/// <param name="record">Name of the record.</param>
/// <param name="milliVolts">[N]; NaN = missing.</param>
/// <param name="samplingFrequencyHz">Samples per second.</param>
/// <param name="rPeaks">Samples of the true R peaks, ascending; null where they are not known.</param>
internal sealed class TestedLead(string record, float[] milliVolts, double samplingFrequencyHz, int[]? rPeaks = null)
{
    /// <summary>Name of the record.</summary>
    public string Record => record;

    /// <summary>Name of the patient.</summary>
    public string Patient => InterPatientSplit.Patient(record);

    /// <summary>The true samples, [N]; NaN = missing.</summary>
    public float[] MilliVolts => milliVolts;

    /// <summary>The leads that are not lost with this one, [N] each, in mV; NaN = missing. Methods may look at them.</summary>
    public IReadOnlyList<float[]> Others { get; init; } = [];

    /// <summary>Samples per second.</summary>
    public double SamplingFrequencyHz => samplingFrequencyHz;

    /// <summary>Standard deviation of the observed samples, in mV.</summary>
    public double Deviation => _deviation.Value;

    private readonly Lazy<double> _deviation = new(() => Statistics.Deviation(milliVolts));

    /// <summary>Samples of the true R peaks, ascending; null where they are not known.</summary>
    public int[]? RPeaks => rPeaks;

    /// <summary>Opens a lead of a WFDB record and finds its R peaks.</summary>
    /// <param name="folder">Folder of the record.</param>
    /// <param name="name">
    /// Name of the record; beats are read from its annotator <c>atr</c>, or else from that with the name of the lead, as in LUDB.
    /// </param>
    /// <param name="options">The lead, the frequency, and whether the other leads are lost too.</param>
    /// <exception cref="FileNotFoundException">The record does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or there is no such lead, or it is no voltage.</exception>
    public static TestedLead Open(string folder, string name, RecordBenchmarkOptions options)
    {
        var path = Path.Combine(folder, name);
        using var file = RecordFormats.Open(path, new WfdbReadOptions());
        var number = Find(file, path, options);
        var annotated = WithBeats(file, path, number);
        var record = options.FrequencyHz is { } frequency ? RecordResampling.Resample(annotated, frequency) : annotated;
        var lead = record.Leads[number];
        if (!lead.IsVoltage)
            throw new InvalidDataException($"Lead {lead.Name} of record {path} is in {lead.Unit}; expected a voltage.");
        var milliVolts = lead.ToMilliVolts();
        int[] beats =
        [
            .. record.Annotations.Where(annotation => annotation.IsBeat)
                .Select(annotation => checked((int)record.FirstSampleOf(lead, annotation.Sample)))
                .Order(),
        ];
        return new TestedLead(name, milliVolts, lead.SamplingFrequencyHz, FindRPeaks(milliVolts, lead.SamplingFrequencyHz, beats))
        {
            Others = options.Loss == LeadLoss.All
                ? []
                : [.. record.Leads.Where(other => IsBeside(other, lead)).Select(other => other.ToMilliVolts())],
        };
    }

    /// <summary>Whether all samples of a span within the lead are observed.</summary>
    public bool IsObserved(SampleSpan span) => MissingRuns.Next<float>(milliVolts.AsSpan(span.ToRange()), 0).IsEmpty;

    /// <summary>Returns the lead as methods get it: NaN in place of the samples of gaps, and the other leads whole.</summary>
    /// <param name="gaps">The gaps, in order and without overlap.</param>
    public LeadSource Cut(IReadOnlyList<SampleSpan> gaps) => new(
        new PatchedSamples<float>(
            new MemorySamples<float>(milliVolts), [.. gaps.Select(gap => new SamplePatch<float>(gap, null, float.NaN))]),
        samplingFrequencyHz)
    {
        Others = [.. Others.Select(other => new MemorySamples<float>(other))],
    };

    /// <summary>Moves annotated beats to the R peaks that the detector finds in the whole lead.</summary>
    /// <remarks>
    /// Annotations lie some tens of milliseconds beside the peak: a window of 20 ms would measure the annotator. A beat moves to the
    /// nearest detected peak within 150 ms; without one it stays.
    /// </remarks>
    /// <param name="milliVolts">[N]; NaN = missing.</param>
    /// <param name="samplingFrequencyHz">Samples per second.</param>
    /// <param name="beats">Samples of annotated beats, ascending.</param>
    /// <returns>Ascending; null where no beat is annotated or the detector does not work at the frequency.</returns>
    public static int[]? FindRPeaks(float[] milliVolts, double samplingFrequencyHz, int[] beats)
    {
        // Records of other frequencies than the detector takes have errors and amplitudes all the same.
        var isDetectable =
            samplingFrequencyHz is >= RPeakDetector.MinimumSamplingFrequencyHz and <= RPeakDetector.MaximumSamplingFrequencyHz;
        if (beats.Length == 0 || !isDetectable)
            return null;
        var detected = RPeakDetector.Detect(milliVolts, samplingFrequencyHz);
        var tolerance = RPeakMatching.ToleranceSamples(RPeakEvaluation.WideToleranceSeconds, samplingFrequencyHz);
        return [.. beats.Select(Move).Distinct().Order()];

        int Move(int beat)
        {
            var at = Array.BinarySearch(detected, beat);
            var after = at < 0 ? ~at : at;
            var beside = detected[Math.Max(0, after - 1)..Math.Min(detected.Length, after + 1)];
            var near = beside.Where(peak => Math.Abs(peak - beat) <= tolerance);
            return near.DefaultIfEmpty(beat).MinBy(peak => Math.Abs(peak - beat));
        }
    }

    private static bool IsBeside(EcgLead other, EcgLead lead) =>
        other != lead
        && other.IsVoltage
        && other.SampleCount == lead.SampleCount
        && other.SamplingFrequencyHz == lead.SamplingFrequencyHz;

    private static EcgRecord WithBeats(EcgRecord file, string path, int lead)
    {
        var annotator = file.Leads[lead].Name;
        return file.Annotations.Count > 0 || !File.Exists($"{path}.{annotator}")
            ? file
            : new EcgRecord(file) { Annotations = WfdbRecordAnnotations.Read(path, annotator)!.InSamples(file.SamplingFrequencyHz) };
    }

    private static int Find(EcgRecord record, string path, RecordBenchmarkOptions options)
    {
        if (options.LeadName is { } name)
        {
            var at = record.Leads.ToList().FindIndex(lead => lead.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var names = string.Join(", ", record.Leads.Select(lead => lead.Name));
            return at >= 0 ? at : throw new InvalidDataException($"Record {path} has no lead {name}; expected one of {names}.");
        }

        var leads = record.Leads.Count == 1 ? "1 lead" : $"{record.Leads.Count} leads";
        return options.Lead < record.Leads.Count
            ? options.Lead
            : throw new InvalidDataException($"Record {path} has {leads}; expected a lead {options.Lead}, counted from 0.");
    }
}
