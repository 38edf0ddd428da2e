using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Neighbours;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>recover</c> for heartbeats: fills their missing samples and marks the filled ones.</summary>
/// <param name="input">The file.</param>
/// <param name="shared">The options of either kind of input.</param>
internal sealed class RecoverBeats(Argument<string> input, RecoverOptions shared)
{
    private static readonly HeartbeatCsvOptions s_missingAllowed = new()
    {
        AllowMissing = true,
        AllowUnlabelled = true,
        ComputeSha256 = true,
    };
    private static readonly HeartbeatCsvOptions s_whole = new() { AllowUnlabelled = true, ComputeSha256 = true };

    private readonly Option<SampleSpan?> _gap =
        StandardOptions.BeatGap("Heartbeats: samples to treat as missing in every row, in addition to the empty cells.");

    private readonly Option<string> _reference = new("--reference-data")
    {
        Description = "Heartbeats: whole ones to learn from, for the methods that need them.",
        HelpName = "TRAIN.csv",
    };

    /// <summary>The options that recordings do not have.</summary>
    public IReadOnlyList<Option> Options => [_gap, _reference];

    /// <summary>Recovers the heartbeats; returns the exit code.</summary>
    public int Run(ParseResult parse, CancellationToken cancellationToken)
    {
        var request = new Request(
            parse.GetRequiredValue(input),
            RecoverOptions.Require(parse, shared.Method),
            RecoverOptions.Require(parse, shared.Output),
            parse.GetValue(_gap),
            parse.GetValue(_reference),
            parse.GetValue(shared.Threads),
            parse.GetValue(shared.Overwrite));
        return Run(request, parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, cancellationToken);
    }

    private static int Run(Request request, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (request.Output.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--output {request.Output}: the output is plain text; expected a name without .gz");
        var files = new RecoveredFiles(request.Output, request.Overwrite);
        files.Refuse(request.Input, HeartbeatSources.PathFor(request.Input), request.ReferenceData, request.Method);

        var entry = FindMethod(request);
        var file = HeartbeatCsv.Read(request.Input, s_missingAllowed, cancellationToken);
        OutputFile.RefuseUnwritable(request.Output);
        var references = request.ReferenceData is null ? null : HeartbeatCsv.Read(request.ReferenceData, s_whole, cancellationToken);
        var learned = references is null
            ? null
            : new ReferenceBeats(references.Set, samePatients: PatientOverlap.Count(file.Set, references.Set) > 0);
        using var method = entry.CreateForBeats(learned, request.Threads);
        UnverifiedModel.Warn(method, error);
        error.WriteLine($"filling the gaps of {file.Set.Count} rows by {method.Name}");
        if (method.ReplacesWholeBeat)
            error.WriteLine($"note: {method.Name} was trained on whole beats only; such a model copies gaps instead of recovering them");
        var provenance = new RecoveryProvenance(
            Read(request.Input, file),
            method.Name,
            RecoveryProvenance.HashModel(entry),
            references is null ? null : Read(request.ReferenceData!, references),
            request.Gap);
        var recovered = BeatRecovery.Recover(method, file.Set, request.Gap, cancellationToken);
        foreach (var remark in recovered.Remarks)
            error.WriteLine($"note: {remark}");
        files.Write(request.Input, file, recovered, provenance.Write(recovered), cancellationToken);
        return Report(files, file.Set.Count, method.Name, recovered, output, error);
    }

    private static int Report(
        RecoveredFiles files, int rows, string method, RecoveredSignal recovered, TextWriter output, TextWriter error)
    {
        var (missing, filled) = (recovered.MissingCount, recovered.RecoveredCount);
        output.WriteLine($"{files.Output}: {rows} rows, {missing} samples missing, {filled} filled by {method}");
        output.WriteLine($"{files.Mask}: 1 marks a filled sample");
        if (recovered.Lower is not null)
            output.WriteLine($"{files.Interval}: the {recovered.IntervalLevel:P0} interval of every filled sample");
        output.WriteLine($"{files.Provenance}: the input, the method and their hashes");
        if (filled == missing)
            return ExitCode.Done;
        var rowsWithoutSignal = RecoveredFiles.RowsWithoutSignal(recovered);
        var empty = rowsWithoutSignal == 1 ? "1 row has" : $"{rowsWithoutSignal} rows have";
        error.WriteLine($"{missing - filled} samples are still missing; {empty} no observed sample to recover them from");
        return ExitCode.PartlyRecovered;
    }

    private static RecoveryMethodInfo FindMethod(Request request)
    {
        var names = RecoveryMethods.Names(RecoveryMethods.ForBeats);
        var entry = RecoveryMethods.Find(request.Method)
            ?? throw new UsageException($"--method '{request.Method}' is neither a name nor a file; expected {names} or a model file");
        return !entry.NeedsReferenceBeats || request.ReferenceData is not null
            ? entry
            : throw new UsageException($"--method {entry.Name} learns from beats: give them with --reference-data TRAIN.csv");
    }

    private static ProvenanceFile Read(string path, HeartbeatFile file) => new(Path.GetFileName(path), file.Sha256!, file.Set.Count);

    private sealed record Request(
        string Input,
        string Method,
        string Output,
        SampleSpan? Gap,
        string? ReferenceData,
        int Threads,
        bool Overwrite);
}
