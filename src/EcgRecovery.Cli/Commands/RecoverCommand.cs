using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Beats;
using EcgRecovery.Formats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>recover</c>: fills the missing samples of heartbeats and marks what it filled.</summary>
internal static class RecoverCommand
{
    private static readonly HeartbeatCsvOptions s_missingAllowed = new() { AllowMissing = true };

    public static Command Create()
    {
        var input = new Argument<string>("BEATS.csv") { Description = "Heartbeats, 187 samples and a label a row; empty and NaN cells are missing." };
        var beats = new Option<bool>("--beats") { Description = "The input holds single heartbeats (REQUIRED)." };
        var model = new Option<string>("--model") { Description = "A method, a shipped model or a model file.", HelpName = "NAME|FILE", Required = true };
        var output = new Option<string>("--output")
        {
            Description = "Receives the recovered heartbeats; OUT.mask.csv beside it marks every filled sample with 1.",
            HelpName = "OUT.csv",
            Required = true,
        };
        var gap = StandardOptions.BeatGap("Samples to treat as missing in every row, beside the empty cells.");
        var reference = new Option<string>("--reference-data")
        {
            Description = "Whole heartbeats to learn from, for the methods that need them.",
            HelpName = "TRAIN.csv",
        };
        var overwrite = StandardOptions.Overwrite();
        var threads = StandardOptions.Threads();
        var command = new Verb(
            "recover",
            "Fills the missing samples of heartbeats. Observed values come out untouched; filled ones are marked. Not for diagnosis.",
            "recover broken.csv --beats --model linear --output recovered.csv",
            "recover mitbih_test.csv --beats --gap 100..137 --model locally-linear --reference-data mitbih_train.csv --output recovered.csv")
        {
            input, beats, model, output, gap, reference, threads, overwrite,
        };
        command.SetAction((parse, token) =>
        {
            // Whole recordings will be the other kind of input; a file must not be taken for one of them by default.
            if (!parse.GetValue(beats))
                throw new UsageException($"--beats is missing: single heartbeats are what can be recovered{UsageLine.Hint(command)}");
            var request = new Request(
                parse.GetRequiredValue(input),
                parse.GetRequiredValue(model),
                parse.GetRequiredValue(output),
                parse.GetValue(gap),
                parse.GetValue(reference),
                parse.GetValue(threads),
                parse.GetValue(overwrite));
            return Task.FromResult(Run(request, parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, token));
        });
        return command;
    }

    private static int Run(Request request, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (request.Output.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--output {request.Output}: the output is plain text; expected a name without .gz");
        var maskPath = RecoveredCsvWriter.MaskPathFor(request.Output);
        foreach (var written in new[] { request.Output, maskPath })
        {
            OutputFile.RefuseExisting(written, request.Overwrite);
            InputGuard.Refuse(written, request.Input, HeartbeatSources.PathFor(request.Input), request.ReferenceData, request.Model);
        }

        var file = HeartbeatCsvReader.Read(request.Input, s_missingAllowed, cancellation);
        using var method = CreateMethod(request, file.Set, cancellation);
        UnverifiedModel.Warn(method, error);
        error.WriteLine($"filling the gaps of {file.Set.Count} rows by {method.Name}");
        if (method.ReplacesWholeBeat)
            error.WriteLine($"note: {method.Name} was trained on whole beats only; such a model copies gaps instead of recovering them");
        var recovered = RecoveredBeats.From(method, file.Set, request.Gap, cancellation);
        OutputFile.Write(
            request.Output,
            request.Overwrite,
            stream =>
            {
                RecoveredCsvWriter.Write(stream, request.Input, file, recovered.Samples, recovered.IsFilled, cancellation);
                // Before the output gets its name: filled samples never lie anywhere without their marks.
                OutputFile.Write(maskPath, request.Overwrite, mask => RecoveredCsvWriter.WriteMask(mask, recovered.IsFilled));
            });

        output.WriteLine($"{request.Output}: {file.Set.Count} rows, {recovered.MissingCount} samples missing, {recovered.FilledCount} filled by {method.Name}");
        output.WriteLine($"{maskPath}: 1 marks a filled sample");
        if (recovered.FilledCount == recovered.MissingCount)
            return ExitCode.Done;
        var rows = recovered.RowsWithoutSignal == 1 ? "1 row has" : $"{recovered.RowsWithoutSignal} rows have";
        error.WriteLine($"{recovered.MissingCount - recovered.FilledCount} samples are still missing; {rows} no observed sample to recover them from");
        return ExitCode.PartlyRecovered;
    }

    private static BeatRecoveryMethod CreateMethod(Request request, HeartbeatSet beats, CancellationToken cancellation)
    {
        var entry = BeatMethodResolver.Find(request.Model) ?? throw new UsageException(
            $"--model '{request.Model}' is neither a name nor a file; expected {string.Join(", ", BeatMethodResolver.Names)} or a model file");
        if (entry.NeedsReferenceBeats && request.ReferenceData is null)
            throw new UsageException($"--model {entry.Name} learns from beats: give them with --reference-data TRAIN.csv");
        var references = request.ReferenceData is null ? null : HeartbeatCsvReader.Read(request.ReferenceData, options: null, cancellation).Set;
        return entry.Create(new BeatMethodContext(references, request.Threads)
        {
            SamePatients = references is not null && PatientOverlap.Count(beats, references) > 0,
        });
    }

    private sealed record Request(string Input, string Model, string Output, Gap? Gap, string? ReferenceData, int Threads, bool Overwrite);
}
