using EcgRecovery.Beats;
using EcgRecovery.Neural;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

public sealed class BeatModelTests
{
    private const int Length = HeartbeatSet.BeatLength;

    [Theory]
    [InlineData(true, -1f)]
    [InlineData(false, 0f)]
    public void Reads_a_missing_sample_as_its_training_wrote_it(bool masked, float missing)
    {
        var beats = SyntheticBeats.Make(3).Samples;
        beats.AsSpan(Length + 100, 37).Fill(missing);
        using var predictor = new NetworkPredictor(SmallModel.Network, SmallModel.File().Weights, 1);
        var expected = new float[beats.Length];
        predictor.Predict(beats, 3, Length, expected);

        beats.AsSpan(Length + 100, 37).Fill(float.NaN);
        using var model = new BeatModel("small", SmallModel.File(masked), 1);
        var actual = new float[beats.Length];
        model.Estimate(beats, actual);
        Assert.Equal(expected, actual);
        Assert.Equal(!masked, model.ReplacesWholeBeat);
        Assert.Equal(["100", "101"], model.LearnedFromRecords!);
    }

    [Fact]
    public void A_row_does_not_depend_on_the_rows_beside_it()
    {
        // 1,100 rows: two full chunks of 512 and a rest that ends within a group of 16.
        var beats = SyntheticBeats.Make(1100).Samples;
        using var model = new BeatModel("small", SmallModel.File(), 2);
        var together = new float[beats.Length];
        model.Estimate(beats, together);
        Assert.Equal(-1, together.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue));

        using var other = new BeatModel("small", SmallModel.File(), 1);
        var alone = new float[Length];
        foreach (var row in (int[])[0, 1, 15, 16, 511, 512, 1023, 1024, 1087, 1099])
        {
            other.Estimate(beats.AsSpan(row * Length, Length), alone);
            Assert.Equal(alone, together[(row * Length)..((row + 1) * Length)]);
        }
    }

    [Fact]
    public void Recovery_leaves_observed_samples_as_they_are_to_the_bit()
    {
        var beats = SyntheticBeats.Make(20).Samples;
        for (var row = 0; row < 20; row++)
            beats.AsSpan((row * Length) + (5 * row), 30).Fill(float.NaN);
        using var model = new BeatModel("small", SmallModel.File(), 1);
        var recovered = new float[beats.Length];
        var estimated = new float[beats.Length];
        model.Recover(beats, recovered);
        model.Estimate(beats, estimated);
        for (var i = 0; i < beats.Length; i++)
            Assert.Equal(float.IsNaN(beats[i]) ? estimated[i] : beats[i], recovered[i]);
    }

    [Fact]
    public void Refuses_to_recover_in_place_where_observed_samples_would_be_lost()
    {
        using var model = new BeatModel("small", SmallModel.File(), 1);
        var beats = new float[HeartbeatSet.BeatLength];
        var error = Assert.Throws<ArgumentException>(() => model.Recover(beats, beats));
        Assert.StartsWith("destination overlaps beats", error.Message, StringComparison.Ordinal);
        Assert.All(beats, sample => Assert.Equal(0f, sample));
    }

    [Fact]
    public void No_rows_are_no_work()
    {
        using var model = new BeatModel("small", SmallModel.File(), 1);
        model.Estimate([], []);
    }

    [Fact]
    public void Refuses_incomplete_rows()
    {
        using var model = new BeatModel("small", SmallModel.File(), 1);
        var error = Assert.Throws<ArgumentException>(() => model.Estimate(new float[188], new float[188]));
        Assert.StartsWith("beats has 188 values; expected [N, 187].", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Estimate(new float[187], new float[374]));
    }

    [Fact]
    public void Can_be_cancelled()
    {
        using var model = new BeatModel("small", SmallModel.File(), 1);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => model.Estimate(new float[187], new float[187], cancelled));
    }

    [Fact]
    public void Is_named_after_its_file()
    {
        using var folder = new TemporaryFolder();
        SmallModel.File().Write(folder.File("my-model.safetensors"), overwrite: false);
        using var model = BeatModel.Load(folder.File("my-model.safetensors"), 1);
        Assert.Equal("my-model", model.Name);
    }
}
