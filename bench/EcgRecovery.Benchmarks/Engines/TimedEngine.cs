using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>An engine that can be timed: our engine on one of its paths, or a rival.</summary>
internal abstract class TimedEngine
{
    /// <summary>Gets the name in the tables.</summary>
    public abstract string Name { get; }

    /// <summary>Builds the engine, if necessary.</summary>
    /// <exception cref="EngineFailedException">The engine is not installed, or cannot be built.</exception>
    public abstract void Prepare();

    /// <summary>Starts the engine on a case.</summary>
    /// <param name="folder">The network and the batch.</param>
    /// <param name="work">The work to be timed.</param>
    /// <param name="threads">Maximum number of threads.</param>
    /// <exception cref="EngineFailedException">The engine does not start.</exception>
    public abstract IRunningEngine Start(CaseFolder folder, Work work, int threads);
}

/// <summary>A started engine that has computed the values of its case and can be timed.</summary>
internal interface IRunningEngine : IDisposable
{
    /// <summary>Gets name and version.</summary>
    string Version { get; }

    /// <summary>Returns the errors of its values.</summary>
    ValueErrors Errors(EngineValues expected);

    /// <summary>Repeats the work for some seconds and returns its median time.</summary>
    double MedianMilliseconds(double seconds);
}

/// <summary>The failure of an engine, with the reason in one line.</summary>
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
