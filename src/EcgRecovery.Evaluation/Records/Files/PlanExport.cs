using System.Globalization;
using System.Text;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Files;

/// <summary>Writes a plan as gapped recordings, for programs that are not the product.</summary>
/// <remarks>
/// <code>
/// plan.json                        the plan
/// gaps.csv                         each gap that is scored: cell, file, record, lead, lead's name, start, end
/// gapped/CELL/FILE.hea, .dat       WFDB, format 16, all leads; samples in gaps are missing
/// truth/SIGNAL/RECORD.hea, .dat    the same without gaps; SIGNAL is clean, or the name of noise
/// </code>
/// Neither has annotations: they would show where beats are.
/// </remarks>
/// <param name="folder">The folder.</param>
/// <param name="overwrite">Whether existing files may be replaced.</param>
/// <param name="cancellationToken">Cancels between files.</param>
internal sealed class PlanExport(string folder, bool overwrite, CancellationToken cancellationToken)
{
    /// <summary>The plan's file.</summary>
    public const string PlanName = "plan.json";

    /// <summary>The list of gaps.</summary>
    public const string GapsName = "gaps.csv";

    /// <summary>The folder of the gapped recordings.</summary>
    public const string GappedName = "gapped";

    /// <summary>The folder of the recordings without gaps.</summary>
    public const string TruthName = "truth";

    private const string Clean = "clean";
    private const int SignalFormat = 16;

    /// <summary>Writes all files; the plan last.</summary>
    /// <param name="source">The records.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Receives the share that is done; null = nobody listens.</param>
    /// <exception cref="OutputExistsException">A file exists and may not be replaced.</exception>
    /// <exception cref="InvalidDataException">A record is malformed or not that of the plan.</exception>
    public void Write(RecordSource source, BenchmarkPlan plan, IProgress<double>? progress)
    {
        OutputFile.RefuseExisting(Path.Combine(folder, PlanName), overwrite);
        source.RefuseWithoutNoise(plan.Cells);
        var gaps = new StringBuilder("cell,file,record,lead,leadName,start,end\n");
        for (var i = 0; i < plan.Records.Count; i++)
        {
            var planned = plan.Records[i];
            var record = source.Open(planned);
            foreach (var group in plan.Cells.Index().GroupBy(cell => cell.Item.Noise))
            {
                var disturbed = source.WithNoise(record, group.Key, plan.Seed);
                Write(disturbed, [], Path.Combine(TruthName, group.Key?.Name ?? Clean, record.Name));
                foreach (var (cell, kind) in group)
                    Write(disturbed, kind, planned.Cells[cell], gaps);
            }

            progress?.Report((i + 1.0) / plan.Records.Count);
        }

        OutputFile.WriteText(Path.Combine(folder, GapsName), overwrite, gaps.ToString());
        OutputFile.WriteText(Path.Combine(folder, PlanName), overwrite, PlanFile.Write(plan));
    }

    private void Write(TestedRecord record, CellKind kind, CellPlan cell, StringBuilder gaps)
    {
        for (var i = 0; i < cell.Cuts.Count; i++)
        {
            var cut = cell.Cuts[i];
            var file = new CutPlace(kind, i, cell.Cuts.Count).FileOf(record.Name);
            Write(record, cut.ByLead(record.Leads.Count), Path.Combine(GappedName, file));
            foreach (var lost in cut.Lost)
            {
                foreach (var gap in lost.Scored)
                {
                    gaps.Append(CultureInfo.InvariantCulture, $"{kind.Name},{Path.GetFileName(file)},{record.Name},{lost.Lead},");
                    gaps.Append(CultureInfo.InvariantCulture, $"{record.Leads[lost.Lead].Name},{gap.Start},{gap.End}\n");
                }
            }
        }
    }

    private void Write(TestedRecord record, IReadOnlyList<IReadOnlyList<SampleSpan>> gaps, string path)
    {
        var gapped = record.ToRecord(gaps);
        RecordFormats.Write(
            gapped, Path.Combine(folder, path), overwrite, cancellationToken, new WfdbWriteOptions { SignalFormat = SignalFormat });
    }
}
