using System.Runtime.InteropServices;

namespace EcgRecovery.Benchmarks.Machine;

/// <summary>The machine of the measurements.</summary>
internal static class MachineDescription
{
    /// <summary>Gets processor, cores, system and runtime, in one line.</summary>
    public static string Line =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        if (!File.Exists(file))
            return RuntimeInformation.ProcessArchitecture.ToString();
        var fields = File.ReadLines(file)
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        var name = fields.GetValueOrDefault("model name", RuntimeInformation.ProcessArchitecture.ToString());
        return fields.TryGetValue("cpu family", out var family)
            ? $"{name} (family {family}, model {fields.GetValueOrDefault("model")})"
            : name;
    }
}
