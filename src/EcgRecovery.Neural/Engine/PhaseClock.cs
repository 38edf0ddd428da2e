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

/// <summary>Where a thread's time goes, phase by phase; off unless a benchmark switches it on at process start.</summary>
/// <remarks><see cref="IsOn"/> is constant for the just-in-time compiler: switched off, the clock costs nothing.</remarks>
internal sealed class PhaseClock
{
    /// <summary>The environment variable that switches the clocks on, set to 1.</summary>
    public const string Variable = "ECGRECOVERY_PROFILE";

    public static readonly bool IsOn = Environment.GetEnvironmentVariable(Variable) == "1";
    private static readonly int s_phases = Enum.GetValues<Phase>().Length;
    private readonly long[] _ticks = new long[s_phases];

    /// <summary>The time, to be handed to <see cref="Add"/>.</summary>
    public static long Now() => IsOn ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Counts the time since <paramref name="start"/> to a phase; returns the time now.</summary>
    public long Add(Phase phase, long start)
    {
        if (!IsOn)
            return 0;
        var now = Stopwatch.GetTimestamp();
        _ticks[(int)phase] += now - start;
        return now;
    }

    /// <summary>Milliseconds in a phase so far.</summary>
    public double Milliseconds(Phase phase) => 1e3 * _ticks[(int)phase] / Stopwatch.Frequency;

    public void Reset() => Array.Clear(_ticks);
}
