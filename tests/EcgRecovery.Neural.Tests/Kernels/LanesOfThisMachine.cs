namespace EcgRecovery.Neural.Tests.Kernels;

/// <summary>Which lane types this machine can run; 128 bits always.</summary>
internal static class LanesOfThisMachine
{
    public static bool Has256 => EnginePaths.Available.Contains(EnginePath.Avx2);

    public static bool Has512 => EnginePaths.Available.Contains(EnginePath.Avx512);
}
