using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>The path of the process; <see cref="EnginePathProcessTests"/> runs these tests with the wider paths switched off.</summary>
public sealed class ActivePathTests
{
    /// <summary>Environment variable with the path that a parent process expects.</summary>
    public const string ExpectedVariable = "ECGRECOVERY_TEST_EXPECTED_PATH";

    [Fact]
    public void The_active_path_is_the_expected_one()
    {
        var expected = Environment.GetEnvironmentVariable(ExpectedVariable) is { Length: > 0 } name
            ? Enum.Parse<EnginePath>(name)
            : EnginePaths.Choose(Environment.GetEnvironmentVariable(EnginePaths.Variable));
        Assert.Equal(expected, EnginePaths.Active);
    }

    [Fact]
    public void The_active_path_is_what_the_front_door_takes()
    {
        // The reference rounds once, the vector paths at every operation: different paths give different bits.
        var spec = new NetworkSpec(1, [new(16), new(16)], 1);
        var weights = NetworkInitializer.Initialize(spec, 1);
        float[] input = [.. Enumerable.Range(0, 64).Select(i => MathF.Sin(i))];
        var byPath = Enum.GetValues<EnginePath>().Where(EnginePaths.Available.Contains).ToDictionary(path => path, path =>
        {
            using var predictor = new NetworkPredictor(spec, weights, 1, path);
            return Predict(predictor);
        });
        using var active = new NetworkPredictor(spec, weights, 1);
        Assert.Equal(byPath[EnginePaths.Active], Predict(active));
        if (EnginePaths.Active != EnginePath.Reference)
            Assert.NotEqual(byPath[EnginePath.Reference], Predict(active));

        float[] Predict(NetworkPredictor predictor)
        {
            var output = new float[64];
            predictor.Predict(input, 1, 64, output);
            return output;
        }
    }
}
