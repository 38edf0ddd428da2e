using System.Reflection;
using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>Has the runtime compile the kernels on a thread of its own, while the first trainer of a process is still being made.</summary>
/// <remarks>
/// A kernel is compiled with full optimisation at its first call, never ahead of time, not even in a ReadyToRun image: together they take as long
/// as one or two training steps. Who calls a kernel that is being compiled waits for it, so nothing but time depends on this. An inference
/// needs three of them and gains nothing.
/// </remarks>
internal static class WarmUp<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private static int s_started;

    /// <summary>Where the kernels are, in the order of their first use; last those that few trainings use.</summary>
    internal static IReadOnlyList<Type> Types { get; } =
    [
        typeof(PanelProduct), typeof(LstmCell), typeof(DenseOutput), typeof(ValueLossKernel), typeof(WeightGradient), typeof(AdamUpdate<TLanes>),
        typeof(SequenceLossKernel),
    ];

    /// <summary>Starts the thread, the first time that it is called, where there is a processor for it.</summary>
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

    /// <summary>The methods of a type that ask for full optimisation, without the tiles of the other paths.</summary>
    private static IEnumerable<MethodInfo> KernelsOf(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)
                && method.Name != (TLanes.IsWide ? "Narrow" : "Wide"));

    // The lanes, of the type or of the method, and what sums start from.
    private static RuntimeTypeHandle[] TypeArguments(MethodInfo kernel) =>
        kernel.IsGenericMethod && kernel.GetGenericArguments().Length == 2
            ? [typeof(TLanes).TypeHandle, typeof(FromBias).TypeHandle]
            : [typeof(TLanes).TypeHandle];
}
