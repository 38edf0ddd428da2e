using System.CommandLine;
using System.Numerics;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Formats.Files;
using EcgRecovery.Recovery.Beats.Training;
using EcgRecovery.Recovery.Records.Training;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Commands;

/// <summary>The options of <c>train</c> that models for beats and for recordings share.</summary>
internal sealed class TrainOptions
{
    // A smaller step is lost in float32 beside an ordinary weight.
    private const double MinimumLearningRate = 1e-9;

    private static readonly AutoencoderTraining s_autoencoder = new();
    private static readonly BeatModelTraining s_beat = new();
    private static readonly RecordTrainingOptions s_record = new();

    /// <summary>The preset.</summary>
    public Option<string> Preset { get; } = new("--preset")
    {
        Description = string.Join("; ", BeatPreset.All.Select(p => $"{p.Name}: {p.Description}"))
            + $"; {RecordTrainingOptions.Preset}: recovers gaps of recordings.",
        DefaultValueFactory = _ => s_autoencoder.Preset,
        CompletionSources = { BeatPreset.All.Select(p => p.Name).Append(RecordTrainingOptions.Preset).ToArray() },
    };

    /// <summary>The model file.</summary>
    public Option<string> Output { get; } = new("--output")
    {
        Description = "The model file.",
        Required = true,
        HelpName = "model.safetensors",
    };

    /// <summary>The number of epochs.</summary>
    public Option<int> Epochs { get; } = Number(
        "--epochs",
        $"Passes over the training rows or gaps (beat: {s_beat.Epochs}; record: {s_record.Epochs}).",
        s_autoencoder.Epochs,
        1,
        1_000_000);

    /// <summary>The batch size.</summary>
    public Option<int> BatchSize { get; } = Number(
        "--batch-size", $"Rows or gaps per update (record: {s_record.BatchSize}).", s_autoencoder.BatchSize, 1, 1_000_000);

    /// <summary>The learning rate.</summary>
    public Option<double> LearningRate { get; } = Number(
        "--learning-rate",
        $"Adam's learning rate (beat: {s_beat.LearningRate}; record: {s_record.LearningRate}).",
        s_autoencoder.LearningRate,
        MinimumLearningRate,
        1);

    /// <summary>The seed.</summary>
    public Option<ulong> Seed { get; } = Number(
        "--seed", "Seed of weights, order and gaps.", s_autoencoder.Seed, ulong.MinValue, ulong.MaxValue);

    /// <summary>The number of folds.</summary>
    public Option<int> Folds { get; } = Number(
        "--folds",
        $"Presets beat and record: number of parts of the records; one network is trained without each (record: {s_record.Folds}).",
        s_beat.Folds,
        2,
        1000);

    /// <summary>The number of threads.</summary>
    public Option<int> Threads { get; } = StandardOptions.Threads();

    /// <summary>The folder of the checkpoint.</summary>
    public Option<string?> Checkpoints { get; } = new("--checkpoint-dir")
    {
        Description = "Folder for a checkpoint after every epoch; for record also for the gaps.",
        HelpName = "DIR",
    };

    /// <summary>Whether to continue.</summary>
    public Option<bool> Resume { get; } = new("--resume")
    {
        Description = "Continue from the checkpoint in --checkpoint-dir, if there is one.",
    };

    /// <summary>Whether existing files are replaced.</summary>
    public Option<bool> Overwrite { get; } = StandardOptions.Overwrite();

    /// <summary>Returns whether an option is on the command line.</summary>
    public static bool IsGiven(ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>Returns the value of an option if it is given, otherwise that of the preset.</summary>
    public static T Given<T>(ParseResult parse, Option<T> option, T otherwise) =>
        IsGiven(parse, option) ? parse.GetValue(option)! : otherwise;

    /// <summary>Throws if any of some options is given.</summary>
    /// <exception cref="UsageException">One is given.</exception>
    public static void RefuseForeign(ParseResult parse, IEnumerable<Option> foreign, string preset)
    {
        if (foreign.FirstOrDefault(option => IsGiven(parse, option)) is { } given)
            throw new UsageException($"{given.Name} does not go with --preset {preset}");
    }

    /// <summary>Throws, before long work begins, where the model or its learning curve could not be written.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="inputs">The input files, which are never overwritten.</param>
    public void RefuseOutputs(ParseResult parse, params ReadOnlySpan<string?> inputs)
    {
        var output = parse.GetRequiredValue(Output);
        foreach (var written in new[] { output, CurvePath(output) })
        {
            OutputFile.RefuseExisting(written, parse.GetValue(Overwrite));
            InputGuard.Refuse(written, inputs);
            OutputFile.RefuseUnwritable(written);
        }
    }

    /// <summary>Returns the folder of the checkpoint and whether to continue from it; null for no checkpoint.</summary>
    /// <exception cref="UsageException">It is to be continued from no folder.</exception>
    public (string Directory, bool Resume)? CheckpointOf(ParseResult parse)
    {
        var resume = parse.GetValue(Resume);
        if (parse.GetValue(Checkpoints) is { } directory)
            return (directory, resume);
        return resume ? throw new UsageException("--resume needs --checkpoint-dir, the folder of the checkpoint") : null;
    }

    /// <summary>Writes the learning curve beside the model, and a line about both.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="size">The size of the model, in words.</param>
    /// <param name="curve">Its learning curve.</param>
    public void WriteCurve(ParseResult parse, string size, IReadOnlyList<EpochResult> curve)
    {
        var output = parse.GetRequiredValue(Output);
        OutputFile.WriteText(CurvePath(output), parse.GetValue(Overwrite), LearningCurveCsv.Format(curve));
        parse.InvocationConfiguration.Output.WriteLine($"{output}: {size}, {curve.Count} epochs; learning curve in {CurvePath(output)}");
    }

    /// <summary>Creates an option for a number.</summary>
    public static Option<T> Number<T>(string name, string description, T standard, T minimum, T maximum)
        where T : INumber<T>, IMinMaxValue<T> =>
        StandardOptions.Bounded(
            new Option<T>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard }, minimum, maximum);

    private static string CurvePath(string modelPath) => Path.ChangeExtension(modelPath, ".curve.csv");
}
