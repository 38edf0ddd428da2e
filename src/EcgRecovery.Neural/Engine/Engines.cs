using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>Makes the engine of the active path, and checks what callers hand to it.</summary>
internal static unsafe class Engines
{
    public static IEngine Create(NetworkSpec spec, EnginePath path, int threads, bool forTraining) => path switch
    {
        EnginePath.Reference => new ReferenceEngine(spec),
        EnginePath.Avx512 => new LaneEngine<Lanes512>(spec, threads, forTraining),
        EnginePath.Avx2 => new LaneEngine<Lanes256>(spec, threads, forTraining),
        _ => new LaneEngine<Lanes128>(spec, threads, forTraining),
    };

    public static void Predict(
        IEngine engine, NetworkSpec spec, ReadOnlySpan<float> input, int sequences, int timeSteps, Span<float> destination)
    {
        CheckLength("Input", input.Length, sequences, timeSteps, spec.InputCount, 'I');
        CheckLength("Destination", destination.Length, sequences, timeSteps, spec.OutputCount, 'O');
        fixed (float* x = input, y = destination)
            engine.Predict(x, sequences, timeSteps, y);
    }

    public static void CheckLength(string what, int length, int sequences, int timeSteps, int channels, char letter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        var expected = (long)sequences * timeSteps * channels;
        if (length != expected)
            throw new ArgumentException($"{what} has {length} values; expected [B, T, {letter}] = [{sequences}, {timeSteps}, {channels}] = {expected}.");
    }
}
