using System.Diagnostics;

namespace EcgRecovery.Neural.Engine;

/// <summary>The parts of a training step.</summary>
internal enum Phase
{
    ForwardProduct,
    ForwardCell,
    BackwardCell,
    DataGradient,
    WeightGradient,
    Dense,
    LoadAndClear,
    Update,
    Waiting,
}

/// <summary>The time of a thread in each phase of training; off unless a benchmark switches it on at process start.</summary>
/// <remarks><see cref="IsOn"/> is a constant for the just-in-time compiler: the clock costs nothing when off.</remarks>
internal sealed class PhaseClock
{
    /// <summary>Environment variable that switches the clocks on with the value 1.</summary>
    public const string Variable = "ECGRECOVERY_PROFILE";

    public static readonly bool IsOn = Environment.GetEnvironmentVariable(Variable) == "1";
    private static readonly int s_phases = Enum.GetValues<Phase>().Length;
    private readonly long[] _ticks = new long[s_phases];

    /// <summary>Returns the time, for <see cref="Add"/>.</summary>
    public static long Now() => IsOn ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Adds the time since <paramref name="start"/> to a phase and returns the time.</summary>
    public long Add(Phase phase, long start)
    {
        if (!IsOn)
            return 0;
        var now = Stopwatch.GetTimestamp();
        _ticks[(int)phase] += now - start;
        return now;
    }

    /// <summary>Returns the milliseconds in a phase so far.</summary>
    public double Milliseconds(Phase phase) => 1e3 * _ticks[(int)phase] / Stopwatch.Frequency;

    public void Reset() => Array.Clear(_ticks);
}
