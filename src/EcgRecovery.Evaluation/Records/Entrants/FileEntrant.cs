using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Entrants;

/// <summary>Predictions in files: recordings with filled gaps, made by a program that is not the product.</summary>
/// <remarks>
/// A folder for each cell, in it a file for each gapped recording, with the same name: see <see cref="CutPlace.FileOf"/>. Any format that
/// is read; numbers without a unit are in mV. A file that is not there, or a missing sample in a gap, is a gap without an estimate.
/// </remarks>
/// <param name="name">Name of the entrant.</param>
/// <param name="folder">The folder.</param>
internal sealed class FileEntrant(string name, string folder) : Entrant
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>The name, the folder, and how large and how old each of its files is.</summary>
    public override string Identity =>
        $"{Name}\n{FileIdentity.Of(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))}";

    /// <summary>Throws, before long work begins, if the folder has no folder for any cell.</summary>
    /// <param name="cells">The cells.</param>
    /// <exception cref="DirectoryNotFoundException">It has none, or does not exist.</exception>
    public void RefuseEmpty(IReadOnlyList<CellKind> cells)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"Folder {folder} of the predictions of {name} does not exist.");
        if (!cells.Any(cell => Directory.Exists(Path.Combine(folder, cell.Name))))
        {
            throw new DirectoryNotFoundException(
                $"Folder {folder} of the predictions of {name} has none for a cell of the plan; expected a folder as {cells[0].Name}.");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Estimate> Fill(
        TestedRecord record, GapCut cut, CutPlace place, int threads, CancellationToken cancellationToken)
    {
        var scored = cut.Lost.SelectMany(lost => lost.Scored.Select(gap => (lost.Lead, Gap: gap))).ToList();
        if (Find(Path.Combine(folder, place.FileOf(record.Name))) is not { } path)
            return [.. scored.Select(gap => new Estimate(gap.Lead, gap.Gap, []))];
        var isOnly = scored.DistinctBy(gap => gap.Lead).Count() == 1;
        using var file = RecordFormats.Open(
            path,
            new WfdbReadOptions(),
            new CsvReadOptions { SamplingFrequencyHz = record.SamplingFrequencyHz },
            new ArrayReadOptions { SamplingFrequencyHz = record.SamplingFrequencyHz, Unit = "mV" });
        return [.. scored.Select(gap => new Estimate(gap.Lead, gap.Gap, Read(LeadIn(file, path, record, gap.Lead, isOnly), gap.Gap)))];
    }

    private static string? Find(string path)
    {
        if (File.Exists($"{path}.hea"))
            return path;
        var name = Path.GetFileName(path);
        return Directory.Exists(Path.GetDirectoryName(path))
            ? Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{name}.*")
                .Order(StringComparer.Ordinal)
                .FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name)
            : null;
    }

    /// <summary>
    /// Finds a lead by its name, or else by its place among as many leads as the recording has, or as the only one where one is tested.
    /// </summary>
    private static EcgLead LeadIn(EcgRecord file, string path, TestedRecord record, int number, bool isOnly)
    {
        var wanted = record.Leads[number];
        var named = file.Leads.Where(lead => lead.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        var atPlace = file.Leads.Count == record.Leads.Count ? file.Leads[number] : null;
        // Of two leads of one name the one at its place.
        var lead = (atPlace is not null && (named.Count == 0 || named.Contains(atPlace)) ? atPlace : named.FirstOrDefault())
            ?? (isOnly && file.Leads.Count == 1 ? file.Leads[0] : null)
            ?? throw new InvalidDataException(
                $"{path} has leads {string.Join(", ", file.Leads.Select(lead => lead.Name))}; expected one named {wanted.Name}, or "
                    + $"all {record.Leads.Count} leads of record {record.Name}.");
        if (!lead.IsVoltage)
            throw new InvalidDataException($"Lead {lead.Name} of {path} is in {lead.Unit}; expected a voltage.");
        return lead.SampleCount == record.SampleCount
            ? lead
            : throw new InvalidDataException(
                $"Lead {lead.Name} of {path} has {lead.SampleCount} samples; expected {record.SampleCount}, as record {record.Name}.");
    }

    private static float[] Read(EcgLead lead, SampleSpan gap)
    {
        var samples = new float[gap.Length];
        lead.ReadMilliVolts(gap.Start, samples);
        return samples.Contains(float.NaN) ? [] : samples;
    }
}
