using EcgRecovery.BeatDesigns.Beats;
using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Training;
using EcgRecovery.Neural;
using EcgRecovery.Records;

namespace EcgRecovery.BeatDesigns.Tests.Training;

public class DesignTrainerTests
{
    private static readonly HeartbeatSet s_set = TestBeats.Of(100);

    [Fact]
    public void A_run_is_the_same_on_any_number_of_threads_and_another_with_another_seed()
    {
        var one = Train("x units=4 training-beats=640 augment=stretch,noise", threads: 1);
        Assert.Equal(one, Train("x units=4 training-beats=640 augment=stretch,noise", threads: 2));
        Assert.NotEqual(one, Train("x units=4 training-beats=640 augment=stretch,noise seed=2", threads: 1));
    }

    [Fact]
    public void Weight_decay_shrinks_all_but_biases_and_goes_on_with_adams_state()
    {
        // 101 updates: the decay of the hundredth is seen.
        using var plain = Trainer("x units=4 training-beats=6400", 1);
        using var decayed = Trainer("x units=4 training-beats=6400 weight-decay=0.5", 1);
        for (var update = 0; update < 100; update++)
            Assert.Equal(plain.Step(), decayed.Step());
        var rate = LearningRates.At(LearningRateSchedule.Cosine, 3e-3, 99, 200);
        foreach (var (a, b) in plain.Weights.Zip(decayed.Weights))
        {
            var factor = a.Name.EndsWith("bias", StringComparison.Ordinal) ? 1 : (float)(1 - (rate * 100 * 0.5));
            Assert.Equal(a.Values.Select(value => value * factor), b.Values);
        }

        Assert.Contains(plain.Weights, tensor => tensor.Name.EndsWith("bias", StringComparison.Ordinal));
    }

    [Fact]
    public void The_average_begins_after_a_tenth_and_takes_in_one_update_in_eight()
    {
        using var trainer = Trainer("x units=2 training-beats=2560 average=yes", 1);
        float[]? expected = null;
        for (var update = 0; update < trainer.Updates; update++)
        {
            trainer.Step();
            if (update % 8 != 0 || update <= 8)
                continue;
            var now = trainer.Weights[0].Values;
            expected = expected is null ? now : [.. expected.Zip(now, (mean, value) => mean + (0.008f * (value - mean)))];
        }

        Assert.Equal(expected!, trainer.AveragedWeights![0].Values);
    }

    private static float[] Train(string line, int threads)
    {
        using var trainer = Trainer(line, threads);
        while (trainer.Done < trainer.Updates)
            trainer.Step();
        return [.. trainer.Weights.SelectMany(tensor => tensor.Values)];
    }

    private static DesignTrainer Trainer(string line, int threads)
    {
        var design = ((DesignEntry)DesignList.Parse(line, "list")[0]).Design;
        return new DesignTrainer(design, new BrokenBeats(s_set, TrainingDraw.Draw(s_set, BeatSource.FirstLead), s_set, null, null), threads);
    }
}
