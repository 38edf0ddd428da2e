namespace EcgRecovery.Kernels.Benchmarks;

/// <summary>The work of one call of a benchmark: the original network's third layer, one group of 16 sequences.</summary>
/// <param name="MultiplyAdds">Number of multiply-adds of a product; 0 for other kernels.</param>
/// <param name="Elements">Number of elements of an element-wise kernel; 0 for products.</param>
internal sealed record KernelSize(double MultiplyAdds, double Elements)
{
    public const int Lanes = 16;

    /// <summary>H.</summary>
    public const int Units = 64;

    /// <summary>Number of rows of the layer below.</summary>
    public const int Inputs = 32;

    public const int GateRows = 4 * Units;

    /// <summary>Number of time steps per weight gradient.</summary>
    public const int BlockSteps = 8;

    /// <summary>Number of values of an activation per call.</summary>
    public const int ActivationCount = 4096;

    /// <summary>Returns the work of a benchmark.</summary>
    /// <param name="benchmark">The name of a method of <see cref="KernelBenchmarks"/>.</param>
    public static KernelSize Of(string benchmark) => benchmark switch
    {
        nameof(KernelBenchmarks.PanelProductForward) => new(GateRows * (Units + Inputs) * Lanes, 0),
        nameof(KernelBenchmarks.PanelProductBackward) => new(GateRows * Units * Lanes, 0),
        nameof(KernelBenchmarks.GateProductOfOneSequence) => new(GateRows * Units, 0),
        nameof(KernelBenchmarks.WeightGradientOfABlock) => new(GateRows * Units * Lanes * BlockSteps, 0),
        nameof(KernelBenchmarks.CellForward) or nameof(KernelBenchmarks.CellBackward) => new(0, Units * Lanes),
        nameof(KernelBenchmarks.Sigmoid) or nameof(KernelBenchmarks.Tanh) => new(0, ActivationCount),
        nameof(KernelBenchmarks.Transpose16) => new(0, Units * Lanes),
        nameof(KernelBenchmarks.Adam) => new(0, KernelBenchmarks.Network.ParameterCount),
        _ => throw new ArgumentException($"{benchmark} is not a benchmark of a kernel.", nameof(benchmark)),
    };
}
