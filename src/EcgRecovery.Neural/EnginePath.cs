using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EcgRecovery.Neural;

/// <summary>The ways in which the engine can compute; results agree to a stated tolerance, and to the bit within one.</summary>
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

    private static readonly Lazy<EnginePath> s_active = new(Choose);

    private static EnginePath Widest =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? EnginePath.Avx512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? EnginePath.Avx2
        : EnginePath.Vector128;

    private static EnginePath Choose()
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(asked))
            return Widest;
        if (Enum.TryParse<EnginePath>(asked, ignoreCase: true, out var path) && Enum.IsDefined(path) && path <= Widest)
            return path;
        throw new PlatformNotSupportedException(
            $"{Variable} is '{asked}'; expected one of {string.Join(", ", Enum.GetValues<EnginePath>().Where(p => p <= Widest)).ToLowerInvariant()}.");
    }
}
