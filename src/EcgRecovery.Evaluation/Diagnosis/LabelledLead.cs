using EcgRecovery.Beats;
using EcgRecovery.Evaluation.RPeaks;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>A lead, the R peaks that the detector finds in it, and the classes of the annotated beats beside them.</summary>
/// <param name="Record">Name of the record.</param>
/// <param name="MilliVolts">[N]; NaN = missing.</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
/// <param name="RPeaks">Samples of the R peaks found, ascending; those without a beat too, because they make intervals.</param>
/// <param name="Classes">One per R peak; null where no beat is annotated within 150 ms.</param>
internal sealed record LabelledLead(
    string Record, float[] MilliVolts, double SamplingFrequencyHz, int[] RPeaks, AamiClass?[] Classes)
{
    /// <summary>Opens a lead of a WFDB record with annotator <c>atr</c>.</summary>
    /// <param name="folder">Folder of the record.</param>
    /// <param name="record">Its name.</param>
    /// <param name="lead">The lead, counted from 0.</param>
    /// <exception cref="FileNotFoundException">The record does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public static LabelledLead Open(string folder, string record, int lead)
    {
        using var file = RecordFormats.Open(Path.Combine(folder, record), new WfdbReadOptions { Annotator = "atr" });
        var (milliVolts, frequency) = (file.Leads[lead].ToMilliVolts(), file.Leads[lead].SamplingFrequencyHz);
        var beats = file.Annotations.Where(annotation => annotation.IsBeat).ToList();
        int[] samples = [.. beats.Select(beat => checked((int)beat.Sample))];
        var rPeaks = RPeakDetector.Detect(milliVolts, frequency);
        var tolerance = RPeakMatching.ToleranceSamples(RPeakEvaluation.WideToleranceSeconds, frequency);
        var classes = new AamiClass?[rPeaks.Length];
        foreach (var (beat, peak) in RPeakMatching.Pairs(samples, rPeaks, tolerance))
            classes[peak] = BeatCode.ClassOf(beats[beat].Code);
        return new LabelledLead(record, milliVolts, frequency, rPeaks, classes);
    }

    /// <summary>Opens leads of several records, record by record.</summary>
    /// <inheritdoc cref="Open"/>
    /// <param name="folder">Folder of the records.</param>
    /// <param name="records">Their names.</param>
    /// <param name="leads">The leads of each, counted from 0.</param>
    public static IReadOnlyList<LabelledLead> OpenAll(string folder, IReadOnlyList<string> records, IReadOnlyList<int> leads) =>
        [.. records.SelectMany(record => leads.Select(lead => Open(folder, record, lead)))];
}
