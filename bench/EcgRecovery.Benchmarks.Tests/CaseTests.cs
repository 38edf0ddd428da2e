using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Tests;

public sealed class CaseTests : IDisposable
{
    private static readonly Workload s_workload = new(
        "small", new NetworkSpec(InputCount: 2, [new(5, Bidirectional: true), new(3)], OutputCount: 2),
        TimeSteps: 6, Sequences: 10, Work.Training);

    private readonly string _path = Directory.CreateTempSubdirectory("ecg-recovery-test-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void A_case_is_read_as_it_was_written()
    {
        var written = CaseFolder.Create(_path, s_workload);
        var read = CaseFolder.Read(_path);
        Assert.Equal((6, 10, 7), (read.TimeSteps, read.Sequences, read.DistinctSequences));
        Assert.Equal(written.Network.TensorShapes().Select(t => t.Name), read.Network.TensorShapes().Select(t => t.Name));
        Assert.Equal(written.Weights.SelectMany(t => t.Values), read.Weights.SelectMany(t => t.Values));
        Assert.Equal(written.Input, read.Input);
        Assert.Equal(written.Target, read.Target);
    }

    [Fact]
    public void The_right_values_of_a_batch_are_those_of_the_specification_run_over_all_of_it()
    {
        // The expected values are computed from the seven distinct sequences; three of them occur twice in the batch of ten.
        var folder = CaseFolder.Create(_path, s_workload);
        var expected = EngineValues.Expected(folder);
        using var whole = new NetworkTrainer(folder.Network, folder.Weights, threads: 1, optimizer: null, loss: null, EnginePath.Reference);
        var output = new float[folder.Target.Length];
        whole.Predict(folder.Input, folder.Sequences, folder.TimeSteps, output);
        var loss = whole.ComputeGradients(folder.Input, folder.Target, lossWeights: [], folder.Sequences, folder.TimeSteps);

        Assert.Equal(output, expected.Output);
        Assert.Equal(loss, expected.Loss!.Value, 1e-12);
        var errors = ValueErrors.Between(expected, new EngineValues(output, loss, whole.ExportGradients()));
        Assert.True(errors.Gradient < 1e-6, $"{errors}");
    }

    [Fact]
    public void A_correct_engine_is_accepted_and_values_survive_their_files()
    {
        var folder = CaseFolder.Create(_path, s_workload);
        var expected = EngineValues.Expected(folder);
        using var engine = new NetworkTrainer(folder.Network, folder.Weights, threads: 1);
        var output = new float[folder.Target.Length];
        engine.Predict(folder.Input, folder.Sequences, folder.TimeSteps, output);
        var loss = engine.ComputeGradients(folder.Input, folder.Target, lossWeights: [], folder.Sequences, folder.TimeSteps);
        new EngineValues(output, loss, engine.ExportGradients()).Write(_path);
        Assert.True(ValueErrors.Between(expected, EngineValues.Read(_path, folder.Network, training: true)).AreSmall);
    }

    [Fact]
    public void Wrong_values_are_refused()
    {
        var expected = EngineValues.Expected(CaseFolder.Create(_path, s_workload));
        Assert.True(ValueErrors.Between(expected, expected).AreSmall);
        Assert.False(ValueErrors.Between(expected, expected with { Output = Changed(expected.Output[7] + 1e-3f) }).AreSmall);
        Assert.False(ValueErrors.Between(expected, expected with { Output = Changed(float.NaN) }).AreSmall);
        Assert.False(ValueErrors.Between(expected, expected with { Loss = expected.Loss * 1.001 }).AreSmall);

        // Gates in another order: the same numbers at other places.
        var reversed = expected.Gradients.Select((tensor, i) => i == 2 ? tensor with { Values = [.. tensor.Values.Reverse()] } : tensor);
        Assert.False(ValueErrors.Between(expected, expected with { Gradients = [.. reversed] }).AreSmall);
        var nothing = expected.Gradients.Select(tensor => tensor with { Values = [.. tensor.Values.Select(_ => float.NaN)] });
        Assert.False(ValueErrors.Between(expected, expected with { Gradients = [.. nothing] }).AreSmall);
        Assert.Throws<InvalidDataException>(() => ValueErrors.Between(expected, expected with { Output = [0f] }));

        float[] Changed(float value) => [.. expected.Output.Select((output, i) => i == 7 ? value : output)];
    }
}
