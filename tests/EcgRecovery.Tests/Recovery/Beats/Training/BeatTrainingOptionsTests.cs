using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

public sealed class BeatTrainingOptionsTests
{
    private static readonly Dictionary<string, BeatTrainingOptions> s_changed = new(StringComparer.Ordinal)
    {
        [nameof(BeatTrainingOptions.Preset)] = new() { Preset = "another" },
        [nameof(BeatTrainingOptions.Masked)] = new() { Masked = true },
        [nameof(BeatTrainingOptions.BatchSize)] = new() { BatchSize = 31 },
        [nameof(BeatTrainingOptions.LearningRate)] = new() { LearningRate = 1.0000000001e-3 },
        [nameof(BeatTrainingOptions.Schedule)] = new() { Schedule = LearningRateSchedule.Cosine },
        [nameof(BeatTrainingOptions.ValidationSplit)] = new() { ValidationSplit = 0.11 },
        [nameof(BeatTrainingOptions.Seed)] = new() { Seed = ulong.MaxValue },
        [nameof(BeatTrainingOptions.Patience)] = new() { Patience = 3 },
        [nameof(BeatTrainingOptions.FocusGap)] = new() { FocusGap = new SampleSpan(100, 138) },
        [nameof(BeatTrainingOptions.Folds)] = new() { Folds = 7 },
        [nameof(BeatTrainingOptions.Views)] = new() { Views = EnsembleViews.Row },
        [nameof(BeatTrainingOptions.LibraryRows)] = new() { LibraryRows = 11_999 },
        [nameof(BeatTrainingOptions.SamePatients)] = new() { SamePatients = true },
    };

    [Fact]
    public void The_defaults_are_the_original_notebooks()
    {
        var options = new BeatTrainingOptions();
        Assert.Equal(("autoencoder", false, 20, 32, 1e-3, 0.1), (options.Preset, options.Masked, options.Epochs, options.BatchSize, options.LearningRate, options.ValidationSplit));
        Assert.Equal((LearningRateSchedule.Constant, 0), (options.Schedule, options.Patience));
    }

    [Fact]
    public void The_fingerprint_covers_every_option_that_changes_the_result()
    {
        var fingerprints = new HashSet<string>(StringComparer.Ordinal) { new BeatTrainingOptions().Fingerprint("data") };
        Assert.True(fingerprints.Add(new BeatTrainingOptions().Fingerprint("other data")));
        foreach (var property in typeof(BeatTrainingOptions).GetProperties())
        {
            if (property.Name is nameof(BeatTrainingOptions.Threads) or nameof(BeatTrainingOptions.Epochs))
                continue;
            Assert.True(s_changed.TryGetValue(property.Name, out var options), $"Option {property.Name} is new: does it change the result?");
            Assert.True(fingerprints.Add(options.Fingerprint("data")), $"The fingerprint leaves out {property.Name}.");
        }
    }

    [Fact]
    public void Epochs_matter_only_where_the_learning_rate_depends_on_them()
    {
        var constant = new BeatTrainingOptions();
        Assert.Equal(constant.Fingerprint("data"), (constant with { Epochs = 7, Threads = 5 }).Fingerprint("data"));
        var cosine = new BeatTrainingOptions { Schedule = LearningRateSchedule.Cosine };
        Assert.NotEqual(cosine.Fingerprint("data"), (cosine with { Epochs = 7 }).Fingerprint("data"));
    }

    [Theory]
    // floor(rows · (1 − split)), as Keras' train_validation_split.
    [InlineData(87_554, 0.1, 78_798)]
    [InlineData(10, 0.1, 9)]
    [InlineData(11, 0.1, 9)]
    [InlineData(100, 0, 100)]
    [InlineData(1, 0.1, 0)]
    public void Trains_on_the_first_rows(int rows, double split, int expected) =>
        Assert.Equal(expected, new BeatTrainingOptions { ValidationSplit = split }.TrainingRows(rows));

    public static TheoryData<BeatTrainingOptions, string> Refused => new()
    {
        { new() { Epochs = 0 }, "Epochs are 0; expected at least 1." },
        { new() { BatchSize = 0 }, "Batch size is 0; expected at least 1." },
        { new() { Threads = -1 }, "Threads are -1; expected at least 1." },
        { new() { Patience = -1 }, "Patience is -1; expected at least 0." },
        { new() { LearningRate = 0 }, "Learning rate is 0; expected a finite number above 0." },
        { new() { LearningRate = double.NaN }, "Learning rate is NaN; expected a finite number above 0." },
        { new() { LearningRate = double.PositiveInfinity }, "Learning rate is Infinity; expected a finite number above 0." },
        { new() { ValidationSplit = 1 }, "Validation split is 1; expected 0 ≤ split < 1." },
        { new() { ValidationSplit = double.NaN }, "Validation split is NaN; expected 0 ≤ split < 1." },
        { new() { ValidationSplit = 0.99 }, "20 rows with a validation split of 0.99 leave none to train on; expected at least 1." },
        { new() { Patience = 2, ValidationSplit = 0 }, "Patience needs validation rows; expected a validation split above 0." },
        { new() { FocusGap = new SampleSpan(100, 188) }, "Gap 100..188 lies outside the beat; expected 0..187." },
        { new() { FocusGap = new SampleSpan(5, 5) }, "Gap 5..5 lies outside the beat; expected 0..187." },
        { new() { Schedule = (LearningRateSchedule)9 }, "Schedule is 9; expected one of Constant, Cosine." },
        { new() { Preset = "x" }, "There is no preset 'x'; expected one of autoencoder, beat." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_what_cannot_be_trained_with(BeatTrainingOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => options.Validate(20)).Message);
}
