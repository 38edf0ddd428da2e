using System.Globalization;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Machine;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Engine;

namespace EcgRecovery.Benchmarks.Profile;

/// <summary>Where the time of a training step goes.</summary>
/// <param name="Workload">The step.</param>
/// <param name="StepMilliseconds">The mean step, clocks running.</param>
/// <param name="Milliseconds">Per phase, the mean over threads: they add up to the step.</param>
/// <param name="Gigaflops">The machine's peak with as many threads.</param>
internal sealed record PhaseProfile(Workload Workload, double StepMilliseconds, IReadOnlyDictionary<Phase, double> Milliseconds, double Gigaflops)
{
    /// <summary>The verb under which this program profiles one workload.</summary>
    public const string Verb = "profile";

    private const double PeakSeconds = 0.2;

    /// <summary>Measures in a process of its own, whose clocks are switched on at its start.</summary>
    public static PhaseProfile Measure(Workload workload, int threads, double seconds)
    {
        var folder = CaseFolder.Create(Directory.CreateTempSubdirectory("ecg-recovery-profile-").FullName, workload);
        try
        {
            var peak = FmaPeak.GigaflopsPerSecond(EnginePaths.Available[^1], threads, PeakSeconds);
            var said = Tools.Run(
                OurEngine.Program, [Verb, folder.Path, threads.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)]);
            var figures = said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
            return new PhaseProfile(
                workload, figures[ProfileServer.StepWord], Enum.GetValues<Phase>().ToDictionary(phase => phase, phase => figures[phase.ToString()]), peak);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    /// <summary>A phase's share of the step.</summary>
    public double Share(Phase phase) => Milliseconds[phase] / StepMilliseconds;

    /// <summary>A product's useful operations as a share of the peak; null for what multiplies little.</summary>
    public double? ShareOfPeak(Phase phase)
    {
        var network = Workload.Network;
        long? multiplyAdds = phase switch
        {
            Phase.ForwardProduct or Phase.WeightGradient => MultiplyAdds.Layers(network),
            Phase.DataGradient => MultiplyAdds.DataGradient(network),
            _ => null,
        };
        return 2e-6 * multiplyAdds * Workload.TimeSteps * Workload.Sequences / Milliseconds[phase] / Gigaflops;
    }
}
