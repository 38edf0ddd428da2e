using System.Globalization;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Reporting.Records;

namespace EcgRecovery.Cli.Demo;

/// <summary>The demo's first part: cuts gaps into the recording, recovers them, and compares with the truth.</summary>
internal sealed class DemoRecovery
{
    /// <summary>The folder; see <see cref="DemoRecoveryFiles"/>.</summary>
    public required string Folder { get; init; }

    /// <summary>The options of the recovery.</summary>
    public RecordRecoveryOptions Options { get; init; } = new();

    /// <summary>Receives the table.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Receives the progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Runs all steps.</summary>
    /// <param name="recording">The recording, whole.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run(DemoRecording recording, CancellationToken cancellationToken)
    {
        Output.WriteLine(
            $"{DemoRecording.Name}: five minutes of record 208, MIT-BIH Arrhythmia Database (lead MLII, ODC-By 1.0; PhysioNet).");
        Output.WriteLine("Many of its beats are ventricular, so it is a hard one. Each gap lies around a QRS complex.");
        Output.WriteLine();
        recording.Broken().Write(PathOf(DemoRecoveryFiles.Broken), overwrite: true, cancellationToken);

        // From the file, as `recover` does.
        using var broken = RecordFormats.Open(PathOf(DemoRecoveryFiles.Broken));
        RecoveredRecord recovered;
        using (var progress = new RecoveryProgressView(Options.Method, Error))
            recovered = broken.Recover(Options, progress, cancellationToken);
        recovered.Record.Write(PathOf(DemoRecoveryFiles.Recovered), overwrite: true, cancellationToken);
        RecoveryReportFolder.Write(Folder, recovered, Options.Method, overwrite: true, cancellationToken);

        var scores = Score(recording, recovered);
        var table = DemoRecordingTable.Of(scores, recording.Lead.SamplingFrequencyHz, Options.Method);
        OutputFile.WriteText(PathOf(DemoRecoveryFiles.Table), overwrite: true, ResultTable.Markdown([table], []));
        OutputFile.WriteText(PathOf(DemoRecoveryFiles.Picture), overwrite: true, Draw(recording, recovered, scores, cancellationToken));
        Output.Write(ResultTable.Text([table], [], Terminal.TableColumns));
        Output.WriteLine($"Report: {Path.GetFullPath(PathOf(RecoveryReport.PageName))}");
        Output.WriteLine($"Try another method: ecg-recovery recover {PathOf(DemoRecoveryFiles.Broken)} --method cubic --output mine");
        Output.WriteLine();
    }

    private static List<(DemoLoss Loss, KnownGapScore Score)> Score(DemoRecording recording, RecoveredRecord recovered)
    {
        TestedBeat[] beats = [.. recording.RPeaks.Select(peak => new TestedBeat(peak))];
        var truth = new TestedLead(DemoRecording.Name, recording.MilliVolts, recording.Lead.SamplingFrequencyHz, beats);
        var lead = recovered.Record.Leads[0];
        var bounds = recovered.Record.FindBounds(lead);
        return [.. recording.Losses.Zip(recovered.Gaps[0], (loss, gap) => (loss, OfGap(gap)))];

        KnownGapScore OfGap(RecoveredGap gap) => KnownGapScore.Of(
            truth, gap, Read(lead, gap.Span), Read(bounds?.Lower, gap.Span), Read(bounds?.Upper, gap.Span));

        static float[] Read(EcgLead? lead, SampleSpan span)
        {
            var samples = new float[span.Length];
            if (lead is null)
                samples.AsSpan().Fill(float.NaN);
            else
                lead.ReadMilliVolts(span.Start, samples);
            return samples;
        }
    }

    private static string Draw(
        DemoRecording recording,
        RecoveredRecord recovered,
        List<(DemoLoss Loss, KnownGapScore Score)> scores,
        CancellationToken cancellationToken)
    {
        return RecoveryPicture.Draw(
            recovered,
            recording.Whole,
            [.. scores.Select(gap => new PicturedGap(new LeadSpan(0, gap.Loss.Span), Heading(gap.Loss, gap.Score)))],
            "Four pieces of an ECG, lost and recovered",
            cancellationToken);

        static string Heading(DemoLoss loss, KnownGapScore score)
        {
            if (double.IsNaN(score.Rmse))
                return $"{loss.What} · left missing";
            var (error, line) = (score.Rmse, score.LineRmse);
            return string.Create(CultureInfo.InvariantCulture, $"{loss.What} · error {error:0.00} mV, a straight line’s {line:0.00}");
        }
    }

    private string PathOf(string name) => Path.Combine(Folder, name);
}

/// <summary>The names of the files of <see cref="DemoRecovery"/>.</summary>
internal static class DemoRecoveryFiles
{
    /// <summary>The folder within the demo's folder.</summary>
    public const string Folder = "recording";

    /// <summary>The recording with gaps, as WFDB: nothing of the original is lost.</summary>
    public const string Broken = $"{DemoRecording.Name}-broken";

    /// <summary>The recovered recording.</summary>
    public const string Recovered = $"{DemoRecording.Name}-recovered";

    public const string Table = "table.md";
    public const string Picture = "recovery.svg";

    /// <summary>All files.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. DemoRecording.Files, $"{Broken}.hea", $"{Broken}.dat", $"{Recovered}.hea", $"{Recovered}.dat", $"{Recovered}.provenance",
        RecoveryReport.PageName, Table, Picture,
    ];
}
