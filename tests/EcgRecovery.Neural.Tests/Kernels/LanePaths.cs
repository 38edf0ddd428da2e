namespace EcgRecovery.Neural.Tests.Kernels;

/// <summary>The lane types of this machine.</summary>
internal static class LanePaths
{
    /// <summary>Runs a check with each lane type of this machine.</summary>
    /// <param name="with128">The check with Lanes128, which every machine has.</param>
    /// <param name="with256">The check with Lanes256.</param>
    /// <param name="with512">The check with Lanes512.</param>
    public static void OnEveryPath(Action with128, Action with256, Action with512)
    {
        with128();
        if (EnginePaths.Available.Contains(EnginePath.Avx2))
            with256();
        if (EnginePaths.Available.Contains(EnginePath.Avx512))
            with512();
    }
}
