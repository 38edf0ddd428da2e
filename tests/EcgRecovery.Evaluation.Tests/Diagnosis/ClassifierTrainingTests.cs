using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Diagnosis;

public class ClassifierTrainingTests
{
    private static readonly ClassifierOptions s_small = new() { Units = [8], Members = 2, Epochs = 8, BatchSize = 32, LearningRate = 0.01 };

    [Fact]
    public void A_network_learns_to_tell_wide_early_beats_from_others_and_knows_them_at_another_frequency()
    {
        var (learned, other) = (SyntheticLead.Of(360, 400), SyntheticLead.Of(250, 200));
        using var classifier = new BeatClassifier(ClassifierTraining.Train([learned], s_small));
        var counts = ClassifierEvaluation.Measure(classifier, [other]);
        Assert.Equal((180, 20), (counts.Of(AamiClass.N), counts.Of(AamiClass.V)));
        Assert.InRange(counts.Accuracy, 0.99, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_networks_and_another_others()
    {
        var lead = SyntheticLead.Of(360, 100);
        var options = s_small with { Epochs = 1 };
        var (first, again) = (ClassifierTraining.Train([lead], options), ClassifierTraining.Train([lead], options));
        var other = ClassifierTraining.Train([lead], options with { Seed = 2 });
        Assert.Equal(2, first.Members.Count);
        Assert.Equal(Values(first, 0), Values(again, 0));
        Assert.Equal(Values(first, 1), Values(again, 1));
        Assert.NotEqual(Values(first, 0), Values(first, 1));
        Assert.NotEqual(Values(first, 0), Values(other, 0));
        // The second network of seed 1 is the first of seed 2.
        Assert.Equal(Values(first, 1), Values(other, 0));
        Assert.Equal(("1", "synthetic"), (first.Training["seed"], first.Training["trained_on"]));
        Assert.Equal("N 90, S 0, V 10, F 0, Q 0", first.Training["trained_beats"]);
    }

    [Fact]
    public void Beats_without_a_class_are_not_learned_from()
    {
        var lead = SyntheticLead.Of(360, 100);
        var classes = lead.Classes.ToArray();
        classes[3] = classes[50] = null;
        Assert.Equal(98, new ClassifierExamples([lead with { Classes = classes }], s_small).Count);
    }

    [Fact]
    public void A_file_is_read_as_it_was_written()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            var written = ClassifierTraining.Train([SyntheticLead.Of(360, 40)], s_small with { Epochs = 1 });
            written.Write(path, overwrite: false);
            using var stream = File.OpenRead(path);
            var read = ClassifierFile.Read(stream, path);
            Assert.Equal(written.Network.Layers, read.Network.Layers);
            Assert.Equal(Values(written, 0), Values(read, 0));
            Assert.Equal(Values(written, 1), Values(read, 1));
            Assert.All(written.Training, text => Assert.Equal(text.Value, read.Training[text.Key]));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_of_another_network_is_refused()
    {
        var trained = ClassifierTraining.Train([SyntheticLead.Of(360, 40)], s_small with { Epochs = 1 });
        AssertRefused("expected 15 to 5", trained with { Network = trained.Network with { InputCount = 3 } });
        AssertRefused("no tensor member_0.lstm_1.forward.kernel [15, 16]", trained with { Network = Layer(4) });
        AssertRefused("it has 0 tensors", trained with { Members = [] });
    }

    private static NetworkSpec Layer(int units) => new(ClassifierInput.Channels, [new LstmLayerSpec(units, true)], ClassCounts.Classes);

    private static void AssertRefused(string expected, ClassifierFile file)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            file.Write(path, overwrite: false);
            using var stream = File.OpenRead(path);
            var exception = Assert.Throws<InvalidDataException>(() => ClassifierFile.Read(stream, "x"));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<float> Values(ClassifierFile file, int member) => file.Members[member].SelectMany(tensor => tensor.Values);
}
