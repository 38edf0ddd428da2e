using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Noise;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;

namespace EcgRecovery.Evaluation.Records;

/// <summary>The records of a benchmark, opened by name. Safe for concurrent calls.</summary>
/// <param name="names">Their names, at least one.</param>
/// <param name="open">Opens a record.</param>
/// <param name="noise">Opens the noise of a kind; null where there is none.</param>
internal sealed class RecordSource(IReadOnlyList<string> names, Func<string, TestedRecord> open, Func<NoiseKind, NoiseSource>? noise = null)
{
    private readonly Dictionary<NoiseKind, NoiseSource> _noise =
        noise is null ? [] : Enum.GetValues<NoiseKind>().ToDictionary(kind => kind, noise);

    /// <summary>The records' names.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Which files they are, as text: of two sources with the same one, records and noise are the same.</summary>
    public string Identity { get; private init; } = "";

    /// <summary>Opens WFDB records.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="names">Their names.</param>
    /// <param name="frequencyHz">Frequency to which they are resampled; null for their own.</param>
    /// <param name="noiseFolder">Folder of the MIT-BIH Noise Stress Test Database; null for no noise.</param>
    public static RecordSource Of(string folder, IReadOnlyList<string> names, double? frequencyHz, string? noiseFolder = null) => new(
        names,
        name => TestedRecord.Open(folder, name, frequencyHz),
        noiseFolder is null ? null : kind => NoiseSource.Open(noiseFolder, kind))
    {
        Identity = FileIdentity.Of(
            names.SelectMany(name => FileIdentity.Named(folder, name))
                .Concat(noiseFolder is null
                    ? []
                    : Enum.GetValues<NoiseKind>().SelectMany(kind => FileIdentity.Named(noiseFolder, NoiseKinds.NameOf(kind))))),
    };

    /// <summary>Opens a record.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or no lead is a voltage.</exception>
    public TestedRecord Open(string name) => open(name);

    /// <summary>Throws, before long work begins, if there is no noise for a cell that has some.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public void RefuseWithoutNoise(IEnumerable<CellKind> cells)
    {
        if (_noise.Count == 0 && cells.FirstOrDefault(cell => cell.Noise is not null) is { } noisy)
            throw new InvalidDataException($"The plan has cells with {noisy.Noise!.Text}; expected a folder of recordings of noise.");
    }

    /// <summary>Opens the record of which gaps were planned.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or the record is not that of the plan.</exception>
    public TestedRecord Open(RecordPlan planned)
    {
        var record = open(planned.Record);
        if (record.SampleCount != planned.SampleCount || record.SamplingFrequencyHz != planned.SamplingFrequencyHz)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"Record {record.Name} has {record.SampleCount} samples at {record.SamplingFrequencyHz} Hz; ")
                + FormattableString.Invariant($"expected {planned.SampleCount} at {planned.SamplingFrequencyHz} Hz, as in the plan."));
        }

        var leads = planned.Cells.SelectMany(cell => cell.Cuts).SelectMany(cut => cut.Lost).Select(lost => lost.Lead + 1).Append(0).Max();
        return leads <= record.Leads.Count
            ? record
            : throw new InvalidDataException(
                $"Record {record.Name} has {record.Leads.Count} leads; expected at least {leads}, as in the plan.");
    }

    /// <summary>
    /// Returns a record with noise: what a recorder would have recorded is the truth that is lost. Its beats are those without noise.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="noise">The noise; null for none.</param>
    /// <param name="seed">Seed of the time at which the noise begins.</param>
    /// <exception cref="InvalidDataException">
    /// There is no such noise, or a lead's beats, which its level is measured by, are not known.
    /// </exception>
    public TestedRecord WithNoise(TestedRecord record, CellNoise? noise, int seed)
    {
        if (noise is null)
            return record;
        RefuseWithoutNoise([new CellKind(1) { Noise = noise }]);
        var source = _noise[noise.Kind];
        return record.With(lead => source.AddTo(
            lead.MilliVolts,
            lead.SamplingFrequencyHz,
            lead.RPeaks
                ?? throw new InvalidDataException($"Record {record.Name} has no annotated beats; expected some to measure noise by."),
            noise.SnrDb,
            lead.Number,
            source.StartOf(seed, record.Name)));
    }
}
