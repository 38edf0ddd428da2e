using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Benchmarks.Workloads;

/// <summary>What is done with a batch.</summary>
internal enum Work
{
    /// <summary>Forward, backward, Adam.</summary>
    Training,

    /// <summary>Forward.</summary>
    Inference,
}

/// <summary>One thing that engines are timed at.</summary>
/// <param name="Name">As the tables call it.</param>
/// <param name="Network">The network.</param>
/// <param name="TimeSteps">T.</param>
/// <param name="Sequences">B.</param>
/// <param name="Work">What is done.</param>
internal sealed record Workload(string Name, NetworkSpec Network, int TimeSteps, int Sequences, Work Work)
{
    /// <summary>Floating-point operations that the work needs, padding not counted.</summary>
    public double Operations =>
        2.0 * TimeSteps * Sequences * (Work == Work.Training ? MultiplyAdds.Training(Network) : MultiplyAdds.Forward(Network));
}
