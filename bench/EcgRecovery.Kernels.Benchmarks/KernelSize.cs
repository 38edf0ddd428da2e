namespace EcgRecovery.Kernels.Benchmarks;

/// <summary>What one call of a benchmark does: those of the original network's third layer, one group of 16 sequences.</summary>
/// <param name="MultiplyAdds">Of a product; 0 elsewhere.</param>
/// <param name="Elements">Of an element-wise kernel; 0 elsewhere.</param>
internal sealed record KernelSize(double MultiplyAdds, double Elements)
{
    public const int Lanes = 16;

    /// <summary>H.</summary>
    public const int Units = 64;

    /// <summary>Rows of the layer below.</summary>
    public const int Inputs = 32;

    public const int GateRows = 4 * Units;

    /// <summary>Time steps whose weight gradients are formed together.</summary>
    public const int BlockSteps = 8;

    /// <summary>Numbers that pass through an activation in one call.</summary>
    public const int ActivationCount = 4096;

    /// <param name="benchmark">A method of <see cref="KernelBenchmarks"/>.</param>
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
        _ => throw new ArgumentException($"{benchmark} is no kernel's benchmark.", nameof(benchmark)),
    };
}
