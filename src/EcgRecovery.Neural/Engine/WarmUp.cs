using System.Reflection;
using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>Compilation of the kernels on a separate thread, while the first trainer of a process is created.</summary>
/// <remarks>
/// The runtime compiles a kernel with full optimisation at its first call, never ahead of time, not even in a ReadyToRun image; all kernels
/// take as long as one or two training steps. A caller of a kernel in compilation waits for it, so only the time depends on this. Inference
/// uses three kernels and would gain nothing.
/// </remarks>
internal static class WarmUp<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private static int s_started;

    /// <summary>The types with kernels, in the order of their first use; rarely used ones last.</summary>
    internal static IReadOnlyList<Type> Types { get; } =
    [
        typeof(PanelProduct), typeof(LstmCell), typeof(DenseOutput), typeof(ValueLossKernel), typeof(WeightGradient),
        typeof(AdamUpdate<TLanes>), typeof(SequenceLossKernel),
    ];

    /// <summary>Starts the thread at the first call, if the machine has another processor for it.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount > 1 && RuntimeFeature.IsDynamicCodeCompiled && Interlocked.Exchange(ref s_started, 1) == 0)
            new Thread(Compile) { IsBackground = true, Name = "EcgRecovery warm-up" }.Start();
    }

    /// <summary>Compiles every kernel of this path.</summary>
    internal static void Compile()
    {
        foreach (var type in Types)
        {
            foreach (var kernel in KernelsOf(type))
                RuntimeHelpers.PrepareMethod(kernel.MethodHandle, TypeArguments(kernel));
        }
    }

    private const BindingFlags DeclaredMethods =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Returns the methods of a type with full optimisation, without the tiles of the other paths.</summary>
    private static IEnumerable<MethodInfo> KernelsOf(Type type) =>
        type.GetMethods(DeclaredMethods)
            .Where(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)
                && method.Name != (TLanes.IsWide ? "Narrow" : "Wide"));

    // The lanes, of the type or of the method, and the start values of the sums.
    private static RuntimeTypeHandle[] TypeArguments(MethodInfo kernel) =>
        kernel.IsGenericMethod && kernel.GetGenericArguments().Length == 2
            ? [typeof(TLanes).TypeHandle, typeof(FromBias).TypeHandle]
            : [typeof(TLanes).TypeHandle];
}
