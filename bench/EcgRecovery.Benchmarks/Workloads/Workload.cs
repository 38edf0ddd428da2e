using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Workloads;

/// <summary>The work on a batch.</summary>
internal enum Work
{
    /// <summary>Forward, backward, Adam.</summary>
    Training,

    /// <summary>Forward.</summary>
    Inference,
}

/// <summary>A workload for engines.</summary>
/// <param name="Name">The name in the tables.</param>
/// <param name="Network">The network.</param>
/// <param name="TimeSteps">T.</param>
/// <param name="Sequences">B.</param>
/// <param name="Work">The work.</param>
internal sealed record Workload(string Name, NetworkSpec Network, int TimeSteps, int Sequences, Work Work)
{
    /// <summary>Gets the number of floating-point operations of the work, without padding.</summary>
    public double Operations =>
        2.0 * TimeSteps * Sequences * (Work == Work.Training ? MultiplyAdds.Training(Network) : MultiplyAdds.Forward(Network));
}
