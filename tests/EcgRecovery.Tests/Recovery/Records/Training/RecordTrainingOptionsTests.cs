using EcgRecovery.Recovery.Records.Training;

namespace EcgRecovery.Tests.Recovery.Records.Training;

public sealed class RecordTrainingOptionsTests
{
    public static TheoryData<string, object> Wrong => new()
    {
        { "Units are 0; expected at least 1.", new RecordTrainingOptions { Units = 0 } },
        { "Layers are 0;", new RecordTrainingOptions { Layers = 0 } },
        { "Epochs are 0;", new RecordTrainingOptions { Epochs = 0 } },
        { "Batch size is 0;", new RecordTrainingOptions { BatchSize = 0 } },
        { "Folds are 1; expected at least 2.", new RecordTrainingOptions { Folds = 1 } },
        { "Rounds are 0;", new RecordTrainingOptions { Rounds = 0 } },
        { "Threads are 0;", new RecordTrainingOptions { Threads = 0 } },
        { "Learning rate is NaN; expected a finite number above 0.", new RecordTrainingOptions { LearningRate = double.NaN } },
        { "Quantile weight is 0;", new RecordTrainingOptions { QuantileWeight = 0 } },
        { "Levels are 0.1 0.8; expected ascending levels", new RecordTrainingOptions { Levels = [0.1f, 0.8f] } },
        { "Levels are 0.9 0.1;", new RecordTrainingOptions { Levels = [0.9f, 0.1f] } },
        { "Levels are 0.5;", new RecordTrainingOptions { Levels = [0.5f] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Refuses_what_cannot_be_trained_with(string message, object options)
    {
        var error = Assert.Throws<ArgumentException>(((RecordTrainingOptions)options).Validate);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_learning_rate_rises_for_100_updates_and_falls_along_a_cosine()
    {
        var options = new RecordTrainingOptions { LearningRate = 1 };
        Assert.Equal(0.01, options.LearningRateAt(0, 10_000), 12);
        Assert.Equal(1, options.LearningRateAt(99, 100_000_000), 9);
        Assert.Equal(0.5, options.LearningRateAt(5000, 10_000), 12);
        Assert.InRange(options.LearningRateAt(9999, 10_000), 0, 1e-7);
    }

    [Fact]
    public void The_fingerprint_names_all_that_a_resumed_run_must_share_and_not_the_threads()
    {
        var data = SyntheticRecordings.Data(12);
        var options = new RecordTrainingOptions();
        var fingerprint = options.Fingerprint(data);
        Assert.Equal(fingerprint, (options with { Threads = 7 }).Fingerprint(data));
        RecordTrainingOptions[] others =
        [
            options with { Units = 5 }, options with { Layers = 1 }, options with { Epochs = 5 }, options with { BatchSize = 5 },
            options with { LearningRate = 5 }, options with { Seed = 5 }, options with { Folds = 5 }, options with { Rounds = 5 },
            options with { Levels = [0.1f, 0.9f] }, options with { QuantileWeight = 5 },
        ];
        Assert.All(others, other => Assert.NotEqual(fingerprint, other.Fingerprint(data)));
        Assert.NotEqual(fingerprint, options.Fingerprint(SyntheticRecordings.Data(13)));
    }
}
