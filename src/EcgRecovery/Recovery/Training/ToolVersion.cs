using System.Reflection;

namespace EcgRecovery.Recovery.Training;

/// <summary>The version that a model file names as its maker's.</summary>
internal static class ToolVersion
{
    /// <summary>As in <c>0.1.0</c>, without the commit.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
