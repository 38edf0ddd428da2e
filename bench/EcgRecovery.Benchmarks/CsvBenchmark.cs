using System.Diagnostics;
using System.Globalization;
using EcgRecovery.Formats.Heartbeats;

namespace EcgRecovery.Benchmarks;

/// <summary>The command <c>csv</c>: reads a heartbeat CSV and prints the figures for ../csv/compare.py.</summary>
internal static class CsvBenchmark
{
    public static void Run(string path)
    {
        var clock = Stopwatch.StartNew();
        var set = HeartbeatCsv.Read(path).Set;
        var seconds = clock.Elapsed.TotalSeconds;
        var sum = 0.0;
        foreach (var value in set.Samples)
            sum += value;
        foreach (var label in set.Classes)
            sum += (int)label;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F3} {set.Count} {sum:F3}"));
    }
}
