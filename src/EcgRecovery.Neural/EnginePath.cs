using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural;

/// <summary>An implementation of the engine, by the vectors that it uses.</summary>
/// <remarks>
/// Outputs of size 1 agree with <see cref="Reference"/> to 2e-6, gradients to a relative 3e-5. Within one path the bits do not depend on
/// the thread count. <see cref="Vector128"/> fuses multiply and add only where the machine can, so its bits depend on the kind of machine.
/// </remarks>
public enum EnginePath
{
    /// <summary>The scalar specification in double precision: slow, readable.</summary>
    Reference,

    /// <summary>128-bit vectors: ARM64, or x86 without AVX2.</summary>
    Vector128,

    /// <summary>256-bit vectors with fused multiply-add.</summary>
    Avx2,

    /// <summary>512-bit vectors.</summary>
    Avx512,
}

/// <summary>The choice of the path for this process.</summary>
public static class EnginePaths
{
    /// <summary>Environment variable that selects a path: <c>reference</c>, <c>vector128</c>, <c>avx2</c> or <c>avx512</c>.</summary>
    public const string Variable = "ECGRECOVERY_ENGINE";

    /// <summary>Gets the widest path of the machine, unless <see cref="Variable"/> selects another; read once.</summary>
    /// <exception cref="PlatformNotSupportedException"><see cref="Variable"/> is not a path, or the machine lacks it.</exception>
    public static EnginePath Active => s_active.Value;

    /// <summary>Gets the paths of this machine, narrowest first.</summary>
    internal static IReadOnlyList<EnginePath> Available => [.. Enum.GetValues<EnginePath>().Where(path => path <= Widest)];

    private static readonly Lazy<EnginePath> s_active = new(() => Choose(Environment.GetEnvironmentVariable(Variable)));

    private static EnginePath Widest =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? EnginePath.Avx512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? EnginePath.Avx2
        : EnginePath.Vector128;

    /// <summary>Returns the path of a name, or the widest for null and the empty name.</summary>
    /// <exception cref="PlatformNotSupportedException">The name is not a path, or the machine lacks it.</exception>
    internal static EnginePath Choose(string? asked)
    {
        if (string.IsNullOrEmpty(asked))
            return Widest;
        foreach (var path in Available)
        {
            if (path.ToString().Equals(asked, StringComparison.OrdinalIgnoreCase))
                return path;
        }

        throw new PlatformNotSupportedException(
            $"{Variable} is '{asked}'; expected one of {string.Join(", ", Available).ToLowerInvariant()}.");
    }
}
