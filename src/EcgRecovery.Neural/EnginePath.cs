using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural;

/// <summary>The ways in which the engine can compute.</summary>
/// <remarks>
/// Against <see cref="Reference"/>, outputs of size 1 agree to 2e-6 and gradients to a relative 3e-5. Within one path the bits do not depend on the
/// thread count. <see cref="Vector128"/> fuses multiply and add only where the machine does, so its bits are those of one kind of machine.
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

/// <summary>Which path this process takes.</summary>
public static class EnginePaths
{
    /// <summary>The environment variable that chooses a path by name (<c>reference</c>, <c>vector128</c>, <c>avx2</c>, <c>avx512</c>).</summary>
    public const string Variable = "ECGRECOVERY_ENGINE";

    /// <summary>The widest path that the machine has, unless <see cref="Variable"/> names another; read once.</summary>
    /// <exception cref="PlatformNotSupportedException"><see cref="Variable"/> names no path, or one that the machine lacks.</exception>
    public static EnginePath Active => s_active.Value;

    /// <summary>The paths that this machine has, narrowest first.</summary>
    internal static IReadOnlyList<EnginePath> Available => [.. Enum.GetValues<EnginePath>().Where(path => path <= Widest)];

    private static readonly Lazy<EnginePath> s_active = new(() => Choose(Environment.GetEnvironmentVariable(Variable)));

    private static EnginePath Widest =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? EnginePath.Avx512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? EnginePath.Avx2
        : EnginePath.Vector128;

    /// <summary>The path of a name, or the widest where there is none.</summary>
    /// <exception cref="PlatformNotSupportedException">The name is of no path, or of one that the machine lacks.</exception>
    internal static EnginePath Choose(string? asked)
    {
        if (string.IsNullOrEmpty(asked))
            return Widest;
        foreach (var path in Available)
        {
            if (path.ToString().Equals(asked, StringComparison.OrdinalIgnoreCase))
                return path;
        }

        throw new PlatformNotSupportedException($"{Variable} is '{asked}'; expected one of {string.Join(", ", Available).ToLowerInvariant()}.");
    }
}
