using BenchmarkDotNet.Attributes;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Kernels.Benchmarks;

/// <summary>Single kernels on one thread, operands in the first- and second-level cache, on every path of the machine.</summary>
public class KernelBenchmarks
{
    private IKernelCalls? _kernels;

    /// <summary>Gets the vector paths; the scalar reference has no kernels.</summary>
    public static IEnumerable<EnginePath> Paths => EnginePaths.Available.Where(path => path != EnginePath.Reference);

    [ParamsSource(nameof(Paths))]
    public EnginePath Path { get; set; }

    /// <summary>Gets the original network.</summary>
    internal static NetworkSpec Network { get; } = new(InputCount: 1, [new(64), new(32), new(64)], OutputCount: 1);

    [GlobalSetup]
    public void SetUp() => _kernels = Path switch
    {
        EnginePath.Avx512 => new KernelCalls<Lanes512>(),
        EnginePath.Avx2 => new KernelCalls<Lanes256>(),
        _ => new KernelCalls<Lanes128>(),
    };

    [GlobalCleanup]
    public void CleanUp() => _kernels?.Dispose();

    /// <summary>Computes the pre-activations of one time step.</summary>
    [Benchmark]
    public void PanelProductForward() => _kernels!.ProductForward();

    /// <summary>Computes dh of one time step.</summary>
    [Benchmark]
    public void PanelProductBackward() => _kernels!.ProductBackward();

    /// <summary>Computes the recurrent pre-activations of one time step of a single sequence.</summary>
    [Benchmark]
    public void GateProductOfOneSequence() => _kernels!.SequenceProduct();

    /// <summary>Computes dW of eight time steps.</summary>
    [Benchmark]
    public void WeightGradientOfABlock() => _kernels!.WeightGradient();

    /// <summary>Computes gates, c, tanh c and h of one time step.</summary>
    [Benchmark]
    public void CellForward() => _kernels!.CellForward();

    /// <summary>Computes dz and dc of one time step; the time includes a copy of the gates, which are overwritten.</summary>
    [Benchmark]
    public void CellBackward() => _kernels!.CellBackward();

    [Benchmark]
    public void Sigmoid() => _kernels!.Sigmoid();

    [Benchmark]
    public void Tanh() => _kernels!.Tanh();

    /// <summary>Transposes h of one time step.</summary>
    [Benchmark]
    public void Transpose16() => _kernels!.Transpose();

    /// <summary>Updates and packs all parameters.</summary>
    [Benchmark]
    public void Adam() => _kernels!.Adam();
}
