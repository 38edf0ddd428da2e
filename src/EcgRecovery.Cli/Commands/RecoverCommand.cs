using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>recover</c>: fills what is missing in a recording or in heartbeats, and marks what it filled.</summary>
internal static class RecoverCommand
{
    public static Command Create()
    {
        var input = new RecordInput(
            "IN", orElse: "Heartbeats, rows of 187 samples and a label, as CSV; empty and NaN cells are missing", use: "recover");
        var shared = new RecoverOptions();
        var recording = new RecoverRecording(input, shared);
        var heartbeats = new RecoverBeats(input.File, shared);
        var beats = new Option<bool>("--beats") { Description = "Read the input as heartbeats, whatever its first line looks like." };
        var command = new Verb(
            "recover",
            "Fills the gaps of a recording, or the missing samples of heartbeats, and marks what it filled. Observed samples stay as they "
                + "are. Of a recording all is written: --lead, --from and --to choose what is recovered, a gap by where it begins. What "
                + "was recovered before counts as missing there. Not for diagnosis.",
            "recover night.edf --output recovered.edf",
            "recover mitdb/116 --only saturation --lead MLII --max-gap 1 --output recovered",
            "recover mitdb/116 --gaps 116.gaps --dry-run",
            "recover broken.csv --method beat --output recovered.csv",
            "recover mitbih_test.csv --gap 100..137 --method knn --reference-data mitbih_train.csv --output recovered.csv")
        {
            input.File,
        };
        foreach (var option in new[] { shared.Method, shared.Output }.Concat(recording.Options).Append(beats).Concat(heartbeats.Options))
            command.Options.Add(option);
        command.Options.Add(shared.Threads);
        command.Options.Add(shared.Overwrite);
        command.SetAction((parse, token) =>
        {
            var path = parse.GetRequiredValue(input.File);
            if (IsHeartbeats(path, parse.GetValue(beats)))
            {
                Refuse(parse, recording.Options, $"recordings; {path} holds heartbeats");
                return Task.FromResult(heartbeats.Run(parse, token));
            }

            Refuse(parse, heartbeats.Options, $"heartbeats; {path} is a recording");
            return Task.FromResult(recording.Run(parse, token));
        });
        return command;
    }

    private static bool IsHeartbeats(string path, bool isForced)
    {
        if (HeartbeatInput.IsRecording(path))
            return isForced ? throw new UsageException($"--beats is for heartbeats; {path} is a recording") : false;
        if (!isForced && !Path.Exists(path))
            throw new FileNotFoundException($"Input {path} does not exist.", path);
        return isForced || HeartbeatInput.Is(path);
    }

    private static void Refuse(ParseResult parse, IEnumerable<Option> options, string reason)
    {
        if (options.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } foreign)
            throw new UsageException($"{foreign.Name} is for {reason}");
    }
}
