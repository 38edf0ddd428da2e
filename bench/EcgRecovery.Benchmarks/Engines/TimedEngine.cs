using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>An engine that can be timed: ours on one of its paths, or a rival.</summary>
internal abstract class TimedEngine
{
    /// <summary>As the tables call it.</summary>
    public abstract string Name { get; }

    /// <summary>Builds what must be built.</summary>
    /// <exception cref="EngineFailedException">It is not installed, or cannot be built.</exception>
    public abstract void Prepare();

    /// <summary>Starts it on a case.</summary>
    /// <param name="folder">The network and the batch.</param>
    /// <param name="work">What will be timed.</param>
    /// <param name="threads">Threads that it may use.</param>
    /// <exception cref="EngineFailedException">It does not start.</exception>
    public abstract IRunningEngine Start(CaseFolder folder, Work work, int threads);
}

/// <summary>An engine that has computed the values of its case and waits to be timed.</summary>
internal interface IRunningEngine : IDisposable
{
    /// <summary>Name and version, as it says itself.</summary>
    string Version { get; }

    /// <summary>How far its values lie from the right ones.</summary>
    ValueErrors Errors(EngineValues expected);

    /// <summary>Median time of the work over some seconds.</summary>
    double MedianMilliseconds(double seconds);
}

/// <summary>An engine is absent or broke down; the message says why, in one line.</summary>
internal sealed class EngineFailedException : Exception
{
    public EngineFailedException(string message)
        : base(message)
    {
    }

    public EngineFailedException()
    {
    }

    public EngineFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
