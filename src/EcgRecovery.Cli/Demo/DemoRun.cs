using System.Security.Cryptography;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Neighbours;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Reporting.Beats;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Cli.Demo;

/// <summary>
/// One run of the demo: recovers a recording with gaps, then finds its beats, trains two models, and writes a table and a report for each
/// gap in beats.
/// </summary>
internal sealed class DemoRun
{
    /// <summary>The demo's folder, prepared by <see cref="DemoFolder.Prepare"/>.</summary>
    public required string Folder { get; init; }

    /// <summary>The seed of training and bootstrap.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The number of threads; no result depends on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The number of stretches that the recording's recovery hides to test itself.</summary>
    public int SelfTestGaps { get; init; } = RecoveryOptions.DefaultSelfTestGaps;

    /// <summary>Returns the training options of a model by its name; seed and threads are added.</summary>
    public Func<string, BeatTrainingOptions> Training { get; init; } = DemoModels.OptionsOf;

    /// <summary>Receives the tables.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Receives the progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Runs all steps.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void All(CancellationToken cancellationToken)
    {
        using var recording = DemoRecording.Open(PathOf(DemoRecoveryFiles.Folder));
        // First, because it takes seconds.
        new DemoRecovery
        {
            Folder = PathOf(DemoRecoveryFiles.Folder),
            Options = new RecordRecoveryOptions { SelfTestGaps = SelfTestGaps, Threads = Threads },
            Output = Output,
            Error = Error,
        }.Run(recording, cancellationToken);

        var beats = DemoBeats.Of(recording);
        Output.WriteLine(
            $"Single heartbeats of the same recording: {beats.BeatsFound} beats found, not classified (class Q): "
            + $"the first {beats.Train.Count} train, the last {beats.Test.Count} test; "
            + "one between them, which both would share, is left out.");
        Output.WriteLine();

        var trainingData = new BeatTrainingData(beats.Train, WriteBeats(DemoFiles.Train, beats.Train, cancellationToken));
        var testHash = WriteBeats(DemoFiles.Test, beats.Test, cancellationToken);
        var methods = new List<BeatRecoveryMethod>();
        try
        {
            var references = new ReferenceBeats(beats.Train, samePatients: true);
            methods.AddRange(RecoveryMethods.ForBeats
                .Where(method => !method.IsModel)
                .Select(method => method.CreateForBeats(references, Threads)));
            foreach (var name in DemoModels.Names)
                methods.Add(new BeatModel(name, Train(name, trainingData, cancellationToken), Threads));
            methods.Add(RecoveryMethods.Find(DemoModels.Shipped)!.CreateForBeats(references, Threads));
            foreach (var gap in DemoGaps.All)
                Evaluate(gap, beats, testHash, methods, cancellationToken);
        }
        finally
        {
            methods.ForEach(method => method.Dispose());
        }
    }

    private BeatModelFile Train(string name, BeatTrainingData data, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine($"training {name}", Error);
        var model = BeatTraining.Train(
            data,
            Training(name) with { Seed = (ulong)Seed, Threads = Threads },
            checkpoint: null,
            progress => line.Report(
                (progress.Epoch - 1 + ((double)progress.Done / progress.Total)) / progress.Epochs,
                $"epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:E2}"),
            cancellationToken);
        model.Write(PathOf(DemoFiles.Model(name)), overwrite: true);
        OutputFile.WriteText(PathOf(DemoFiles.Curve(name)), overwrite: true, LearningCurveCsv.Format(model.Card.Curve));
        return model;
    }

    private void Evaluate(
        SampleSpan gap, DemoBeats beats, string testHash, List<BeatRecoveryMethod> methods, CancellationToken cancellationToken)
    {
        var test = beats.Test;
        var options = new BeatGapOptions { Gaps = BeatGapPlan.Fixed(gap), Seed = Seed, Threads = Threads };
        var evaluation = BeatGapProtocol.Evaluate("all", test, methods, options, progress: null, cancellationToken);
        var report = PathOf(DemoGaps.FolderOf(gap));
        var data = new BeatReportData(test, DemoFiles.Test, testHash, methods, FigureRows: null);
        var conclusion = DemoConclusion.Write(evaluation);
        WriteComparison(Path.Combine(report, DemoFiles.Comparison), evaluation, test, methods, cancellationToken);
        BeatReportFolder.Write(report, evaluation, data, conclusion, overwrite: true, cancellationToken);
        OutputFile.WriteText(Path.Combine(report, DemoFiles.Headline), overwrite: true, DemoHeadline.Write(evaluation, beats.Train.Count));

        Output.Write(BeatEvaluationTable.Text(evaluation, Terminal.TableColumns));
        Output.WriteLine();
        Output.WriteLine(conclusion);
        Output.WriteLine($"Report: {Path.GetFullPath(Path.Combine(report, BeatReport.PageName))}");
        Output.WriteLine();
    }

    /// <summary>Draws one beat, recovered by both networks: the beat of the shipped model's median error in the gap.</summary>
    private static void WriteComparison(
        string path, BeatEvaluation evaluation, HeartbeatSet test, List<BeatRecoveryMethod> methods, CancellationToken cancellationToken)
    {
        var errors = evaluation.Methods.Single(score => score.Name == DemoModels.Shipped).Rows.GapRmseRealSamples;
        int[] rows = [.. Enumerable.Range(0, test.Count).Where(row => !float.IsNaN(errors[row])).OrderBy(row => errors[row])];
        var networks = methods.Where(method => method.Name is DemoModels.Original or DemoModels.Shipped).ToList();
        var beat = BeatGapProtocol.Trace(test, [rows[rows.Length / 2]], networks, evaluation.Gaps, cancellationToken).Single();
        BeatComparisonFigure.Write(
            path,
            beat,
            new ComparisonPanel(DemoModels.Original, "The original autoencoder"),
            new ComparisonPanel(DemoModels.Shipped, "The model beat, which never saw this patient"),
            "A lost segment, by the original network and by the model that ships",
            overwrite: true);
    }

    /// <summary>Writes rows and their companion file; returns the SHA-256.</summary>
    private string WriteBeats(string name, HeartbeatSet beats, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        OutputFile.Write(path, overwrite: true, stream => HeartbeatCsv.Write(stream, beats, cancellationToken));
        OutputFile.Write(HeartbeatSources.PathFor(path), overwrite: true, stream => HeartbeatSources.Write(stream, beats.Sources!));
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private string PathOf(string name) => Path.Combine(Folder, name);
}
