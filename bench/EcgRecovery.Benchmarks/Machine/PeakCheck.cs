using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Timing;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Machine;

/// <summary>10⁹ operations per second, with one thread and with two.</summary>
internal sealed record PeakFigures(double OneThread, double TwoThreads);

/// <summary>The FMA peak of every vector width, and that of a C program if available.</summary>
/// <param name="Widths">The peak of each path, narrowest first.</param>
/// <param name="C">The peak of the C program, with 512 bits; null without it.</param>
/// <param name="WhyNoC">The reason why there is no C program; null with it.</param>
internal sealed partial record PeakCheck(IReadOnlyList<(EnginePath Path, PeakFigures Figures)> Widths, PeakFigures? C, string? WhyNoC)
{
    private const string Source = "../peers/peak_fma.c";
    private const int Rounds = 5;

    /// <summary>Measures our peak, half of the rounds before the C program and half after.</summary>
    /// <param name="seconds">The duration of each figure and round.</param>
    /// <param name="withC">Whether to run the C program, which takes 18 s.</param>
    public static PeakCheck Run(double seconds, bool withC)
    {
        var paths = EnginePaths.Available
            .Where(path => path != EnginePath.Reference && (path > EnginePath.Vector128 || EnginePaths.Available[^1] == path))
            .ToList();
        var samples = paths.ToDictionary(path => path, _ => new List<PeakFigures>());
        Measure();
        var (c, why) = withC && paths.Contains(EnginePath.Avx512) ? RunC() : (null, "not asked for");
        Measure();
        return new PeakCheck([.. paths.Select(path => (path, Middle(samples[path])))], c, why);

        void Measure()
        {
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var path in paths)
                {
                    samples[path].Add(new PeakFigures(
                        FmaPeak.GigaflopsPerSecond(path, 1, seconds), FmaPeak.GigaflopsPerSecond(path, 2, seconds)));
                }
            }
        }
    }

    private static (PeakFigures? Figures, string? Why) RunC()
    {
        if (TestData.Folder(Source) is not { } source)
            return (null, "the development data are absent");
        try
        {
            var program = Path.Combine(Tools.BuildFolder, "peak_fma");
            Directory.CreateDirectory(Tools.BuildFolder);
            if (Tools.IsOutdated(program, source))
                Tools.Run("gcc", ["-O3", "-march=native", "-pthread", source, "-o", program]);
            var lines = Line().Matches(Tools.Run(program, [])).Select(match => new PeakFigures(
                (Number(match, "cpu0") + Number(match, "cpu1")) / 2, Number(match, "total"))).ToList();
            return (Middle(lines), null);
        }
        catch (EngineFailedException exception)
        {
            return (null, exception.Message);
        }
    }

    private static PeakFigures Middle(List<PeakFigures> figures) =>
        new(Median.Of(figures.Select(f => f.OneThread)), Median.Of(figures.Select(f => f.TwoThreads)));

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"alone cpu0 (?<cpu0>\S+) cpu1 (?<cpu1>\S+) .* total (?<total>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
