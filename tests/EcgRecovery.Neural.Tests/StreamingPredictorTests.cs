using EcgRecovery.Neural.Tests.Engine;
using EcgRecovery.Neural.Tests.Golden;

namespace EcgRecovery.Neural.Tests;

public sealed class StreamingPredictorTests
{
    public static TheoryData<EnginePath> Paths => [.. EnginePaths.Available];

    /// <summary>I, layers, O, T.</summary>
    public static TheoryData<int, string, int, int> Shapes => new()
    {
        { 1, "1", 1, 1 },
        { 3, "5", 2, 17 },
        { 20, "16 33", 7, 40 },
        { 1, "64 32 64", 1, 187 },
        { 2, "65 4 17", 1, 21 },
        { 1, "48 6", 1, 1500 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Step_by_step_has_the_bits_of_the_whole_sequence(int inputs, string layers, int outputs, int timeSteps)
    {
        var batch = RandomBatch.Create(inputs, layers, outputs, 1, timeSteps);
        foreach (var path in EnginePaths.Available)
        {
            using var predictor = new NetworkPredictor(batch.Spec, batch.Weights, 1, path);
            var whole = new float[timeSteps * outputs];
            predictor.Predict(batch.Input, 1, timeSteps, whole);

            var stream = new StreamingPredictor(batch.Spec, batch.Weights, path);
            Assert.Equal(whole, Run(stream, batch.Input));
            stream.Reset();
            Assert.Equal(whole, Run(stream, batch.Input));
        }
    }

    [Theory]
    [InlineData("original-64-32-64")]
    [InlineData("single-5")]
    [InlineData("one-step-6")]
    public void Outputs_are_those_of_the_other_implementation(string name)
    {
        const double tolerance = 4e-6;   // as in EngineGoldenContract
        var golden = GoldenCase.Load(name);
        foreach (var path in EnginePaths.Available)
        {
            var stream = new StreamingPredictor(golden.Spec, golden.Weights, path);
            var outputs = golden.Input
                .Chunk(golden.TimeSteps * golden.Spec.InputCount)
                .SelectMany(sequence => Run(stream.NewStream(), sequence))
                .ToArray();
            Assert.Equal(golden.Output.Length, outputs.Length);
            for (var i = 0; i < outputs.Length; i++)
                Assert.Equal(golden.Output[i], outputs[i], tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Streams_of_the_same_weights_do_not_disturb_each_other(EnginePath path)
    {
        var batch = RandomBatch.Create(2, "20 5", 1, 3, 12);
        var first = new StreamingPredictor(batch.Spec, batch.Weights, path);
        var expected = batch.Input.Chunk(24).Select(sequence => Run(first.NewStream(), sequence)).ToArray();

        // One step of each in turn. The first stream has run before; a new one starts before the first time step all the same.
        Run(first, batch.Input.AsSpan(0, 10));
        StreamingPredictor[] streams = [first.NewStream(), first.NewStream().NewStream(), first];
        first.Reset();
        var outputs = streams.Select(_ => new float[12]).ToArray();
        for (var t = 0; t < 12; t++)
        {
            for (var s = 0; s < 3; s++)
                streams[s].Step(batch.Input.AsSpan((s * 24) + (t * 2), 2), outputs[s].AsSpan(t, 1));
        }

        Assert.Equal(expected, outputs);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_step_allocates_nothing(EnginePath path)
    {
        var batch = RandomBatch.Create(2, "20 5", 1, 1, 30);
        var stream = new StreamingPredictor(batch.Spec, batch.Weights, path);
        var output = new float[1];
        StepThrough();
        var before = GC.GetAllocatedBytesForCurrentThread();
        StepThrough();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void StepThrough()
        {
            for (var t = 0; t < 30; t++)
                stream.Step(batch.Input.AsSpan(t * 2, 2), output);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Keeps_its_state_where_a_length_does_not_fit(EnginePath path)
    {
        var batch = RandomBatch.Create(2, "5", 3, 1, 4);
        var expected = Run(new StreamingPredictor(batch.Spec, batch.Weights, path), batch.Input);
        var stream = new StreamingPredictor(batch.Spec, batch.Weights, path);
        var outputs = Run(stream, batch.Input.AsSpan(0, 4)).ToList();
        var error = Assert.Throws<ArgumentException>(() => stream.Step(new float[3], new float[3]));
        Assert.Equal("Input has 3 values; expected [I] = 2.", error.Message);
        error = Assert.Throws<ArgumentException>(() => stream.Step(new float[2], new float[4]));
        Assert.Equal("Destination has 4 values; expected [O] = 3.", error.Message);
        outputs.AddRange(Run(stream, batch.Input.AsSpan(4)));
        Assert.Equal(expected, outputs);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Refuses_what_cannot_be_run_step_by_step(EnginePath path)
    {
        var batch = RandomBatch.Create(1, "4 3b", 1, 1, 1);
        var error = Assert.Throws<ArgumentException>(() => new StreamingPredictor(batch.Spec, batch.Weights, path));
        Assert.Equal("Layer 2 is bidirectional; expected one direction, for the other begins at a sequence's end.", error.Message);
        batch = RandomBatch.Create(1, "4", 1, 1, 1);
        error = Assert.Throws<ArgumentException>(() => new StreamingPredictor(batch.Spec, [.. batch.Weights.Skip(1)], path));
        Assert.Equal("Tensor lstm_1.kernel is missing; expected shape [1, 16].", error.Message);
    }

    [Fact]
    public void Takes_the_active_path()
    {
        var batch = RandomBatch.Create(1, "16 16", 1, 1, 64);
        Assert.Equal(
            Run(new StreamingPredictor(batch.Spec, batch.Weights, EnginePaths.Active), batch.Input),
            Run(new StreamingPredictor(batch.Spec, batch.Weights), batch.Input));
    }

    private static float[] Run(StreamingPredictor stream, ReadOnlySpan<float> input)
    {
        var (inputs, outputs) = (stream.Spec.InputCount, stream.Spec.OutputCount);
        var timeSteps = input.Length / inputs;
        var result = new float[timeSteps * outputs];
        for (var t = 0; t < timeSteps; t++)
            stream.Step(input.Slice(t * inputs, inputs), result.AsSpan(t * outputs, outputs));
        return result;
    }
}
