using EcgRecovery.Beats;
using EcgRecovery.Neural.Training;
using EcgRecovery.Records;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Training;

namespace EcgRecovery.Tests.Recovery.Beats.Training;

public sealed class BeatTrainingOptionsTests
{
    private static readonly BeatTrainingData s_data = new(SyntheticBeats.Make(4, records: 2), "data");

    // The learning rate of the beat model depends on the epochs: a constant one lets them differ.
    private static readonly BeatModelTraining s_beat = new() { Schedule = LearningRateSchedule.Constant };

    private static readonly Dictionary<string, BeatTrainingOptions> s_changedAutoencoder = new(StringComparer.Ordinal)
    {
        [nameof(AutoencoderTraining.Masked)] = new AutoencoderTraining { Masked = true },
        [nameof(AutoencoderTraining.BatchSize)] = new AutoencoderTraining { BatchSize = 31 },
        [nameof(AutoencoderTraining.LearningRate)] = new AutoencoderTraining { LearningRate = 1.0000000001e-3 },
        [nameof(AutoencoderTraining.Schedule)] = new AutoencoderTraining { Schedule = LearningRateSchedule.Cosine },
        [nameof(AutoencoderTraining.ValidationSplit)] = new AutoencoderTraining { ValidationSplit = 0.11 },
        [nameof(AutoencoderTraining.Seed)] = new AutoencoderTraining { Seed = ulong.MaxValue },
        [nameof(AutoencoderTraining.Patience)] = new AutoencoderTraining { Patience = 3 },
        [nameof(AutoencoderTraining.FocusGap)] = new AutoencoderTraining { FocusGap = new SampleSpan(100, 138) },
    };

    private static readonly Dictionary<string, BeatTrainingOptions> s_changedBeat = new(StringComparer.Ordinal)
    {
        [nameof(BeatModelTraining.BatchSize)] = s_beat with { BatchSize = 31 },
        [nameof(BeatModelTraining.LearningRate)] = s_beat with { LearningRate = 3.0000000001e-3 },
        [nameof(BeatModelTraining.Schedule)] = s_beat with { Schedule = LearningRateSchedule.Cosine },
        [nameof(BeatModelTraining.Seed)] = s_beat with { Seed = ulong.MaxValue },
        [nameof(BeatModelTraining.FocusGap)] = s_beat with { FocusGap = new SampleSpan(100, 138) },
        [nameof(BeatModelTraining.Folds)] = s_beat with { Folds = 7 },
        [nameof(BeatModelTraining.Views)] = s_beat with { Views = EnsembleViews.Row },
        [nameof(BeatModelTraining.LibraryRows)] = s_beat with { LibraryRows = 11_999 },
        [nameof(BeatModelTraining.SamePatients)] = s_beat with { SamePatients = true },
    };

    [Fact]
    public void The_defaults_of_the_autoencoder_are_the_original_notebooks()
    {
        var options = new AutoencoderTraining();
        Assert.Equal(
            ("autoencoder", false, 20, 32, 1e-3, 0.1),
            (options.Preset, options.Masked, options.Epochs, options.BatchSize, options.LearningRate, options.ValidationSplit));
        Assert.Equal((LearningRateSchedule.Constant, 0), (options.Schedule, options.Patience));
    }

    [Fact]
    public void The_defaults_of_the_beat_model_are_its_own()
    {
        var options = new BeatModelTraining();
        Assert.Equal(
            (4, 32, 3e-3, LearningRateSchedule.Cosine, 6, 12_000),
            (options.Epochs, options.BatchSize, options.LearningRate, options.Schedule, options.Folds, options.LibraryRows));
        Assert.Equal((EnsembleViews.Both, false, new SampleSpan(100, 137)), (options.Views, options.SamePatients, options.FocusGap));
    }

    [Fact]
    public void The_fingerprint_covers_every_option_of_the_autoencoder_that_changes_the_result() =>
        AssertFingerprint(new AutoencoderTraining(), s_changedAutoencoder);

    [Fact]
    public void The_fingerprint_covers_every_option_of_the_beat_model_that_changes_the_result() =>
        AssertFingerprint(s_beat, s_changedBeat);

    [Fact]
    public void Every_preset_has_a_fingerprint_of_its_own() =>
        Assert.Distinct(BeatPreset.All.Select(preset => preset.Options.Fingerprint(s_data)));

    [Fact]
    public void The_fingerprint_covers_the_records_only_where_they_decide_on_the_folds()
    {
        var unknown = s_data with { Set = new HeartbeatSet(s_data.Set.Samples, s_data.Set.Classes) };
        Assert.NotEqual(s_beat.Fingerprint(s_data), s_beat.Fingerprint(unknown));
        Assert.Equal(new AutoencoderTraining().Fingerprint(s_data), new AutoencoderTraining().Fingerprint(unknown));
    }

    [Fact]
    public void Epochs_matter_only_where_the_learning_rate_depends_on_them()
    {
        var constant = new AutoencoderTraining();
        Assert.Equal(constant.Fingerprint(s_data), (constant with { Epochs = 7, Threads = 5 }).Fingerprint(s_data));
        var cosine = new AutoencoderTraining { Schedule = LearningRateSchedule.Cosine };
        Assert.NotEqual(cosine.Fingerprint(s_data), (cosine with { Epochs = 7 }).Fingerprint(s_data));
    }

    [Theory]
    // floor(rows · (1 − split)), as Keras' train_validation_split.
    [InlineData(87_554, 0.1, 78_798)]
    [InlineData(10, 0.1, 9)]
    [InlineData(11, 0.1, 9)]
    [InlineData(100, 0, 100)]
    [InlineData(1, 0.1, 0)]
    public void Trains_on_the_first_rows(int rows, double split, int expected) =>
        Assert.Equal(expected, new AutoencoderTraining { ValidationSplit = split }.TrainingRows(rows));

    public static TheoryData<object, string> Refused => new()
    {
        { new AutoencoderTraining { Epochs = 0 }, "Epochs are 0; expected at least 1." },
        { new AutoencoderTraining { BatchSize = 0 }, "Batch size is 0; expected at least 1." },
        { new AutoencoderTraining { Threads = -1 }, "Threads are -1; expected at least 1." },
        { new AutoencoderTraining { Patience = -1 }, "Patience is -1; expected at least 0." },
        { new AutoencoderTraining { LearningRate = 0 }, "Learning rate is 0; expected a finite number above 0." },
        { new AutoencoderTraining { LearningRate = double.NaN }, "Learning rate is NaN; expected a finite number above 0." },
        {
            new AutoencoderTraining { LearningRate = double.PositiveInfinity },
            "Learning rate is Infinity; expected a finite number above 0."
        },
        { new AutoencoderTraining { ValidationSplit = 1 }, "Validation split is 1; expected 0 ≤ split < 1." },
        { new AutoencoderTraining { ValidationSplit = double.NaN }, "Validation split is NaN; expected 0 ≤ split < 1." },
        {
            new AutoencoderTraining { ValidationSplit = 0.99 },
            "20 rows with a validation split of 0.99 leave none to train on; expected at least 1."
        },
        {
            new AutoencoderTraining { Patience = 2, ValidationSplit = 0 },
            "Patience needs validation rows; expected a validation split above 0."
        },
        { new AutoencoderTraining { FocusGap = new SampleSpan(100, 188) }, "Gap 100..188 lies outside the beat; expected 0..187." },
        { new AutoencoderTraining { FocusGap = new SampleSpan(5, 5) }, "Gap 5..5 lies outside the beat; expected 0..187." },
        { new AutoencoderTraining { Schedule = (LearningRateSchedule)9 }, "Schedule is 9; expected one of Constant, Cosine." },
        {
            new AutoencoderTraining { Masked = true, FocusGap = new SampleSpan(0, 187) },
            "Gap 0..187 is the whole beat; expected one that leaves something to recover it from."
        },
        {
            new BeatModelTraining { FocusGap = new SampleSpan(0, 187) },
            "Gap 0..187 is the whole beat; expected one that leaves something to recover it from."
        },
        { new BeatModelTraining { Epochs = 0 }, "Epochs are 0; expected at least 1." },
        { new BeatModelTraining { Folds = 1 }, "Folds are 1; expected at least 2." },
        { new BeatModelTraining { LibraryRows = 1 }, "Library rows are 1; expected at least 2." },
        { new BeatModelTraining { Views = (EnsembleViews)7 }, "Views are 7; expected one of Both, Row, Library." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_options_that_cannot_be_trained_with(object options, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => ((BeatTrainingOptions)options).Validate(20)).Message);

    private static void AssertFingerprint(BeatTrainingOptions options, Dictionary<string, BeatTrainingOptions> changed)
    {
        var fingerprints = new HashSet<string>(StringComparer.Ordinal) { options.Fingerprint(s_data) };
        Assert.True(fingerprints.Add(options.Fingerprint(s_data with { Sha256 = "other data" })));
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanWrite))
        {
            if (property.Name is nameof(BeatTrainingOptions.Threads) or nameof(BeatTrainingOptions.Epochs))
                continue;
            Assert.True(changed.TryGetValue(property.Name, out var other), $"Option {property.Name} is new: does it change the result?");
            Assert.True(fingerprints.Add(other.Fingerprint(s_data)), $"The fingerprint does not cover {property.Name}.");
        }
    }
}
