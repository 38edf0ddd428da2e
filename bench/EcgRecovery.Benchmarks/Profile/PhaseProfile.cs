using System.Globalization;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Machine;
using EcgRecovery.Benchmarks.Workloads;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Engine;

namespace EcgRecovery.Benchmarks.Profile;

/// <summary>The time of the phases of a training step.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="StepMilliseconds">The mean time of a step, with clocks on.</param>
/// <param name="Milliseconds">The mean over the threads of each phase; the sum is the time of the step.</param>
/// <param name="Gigaflops">The machine's peak with the same number of threads.</param>
internal sealed record PhaseProfile(
    Workload Workload, double StepMilliseconds, IReadOnlyDictionary<Phase, double> Milliseconds, double Gigaflops)
{
    /// <summary>The command of this program that profiles a workload.</summary>
    public const string Verb = "profile";

    private const double PeakSeconds = 0.2;

    /// <summary>Measures in a separate process, whose clocks are switched on at its start.</summary>
    public static PhaseProfile Measure(Workload workload, int threads, double seconds)
    {
        var folder = CaseFolder.Create(Directory.CreateTempSubdirectory("ecg-recovery-profile-").FullName, workload);
        try
        {
            var peak = FmaPeak.GigaflopsPerSecond(EnginePaths.Available[^1], threads, PeakSeconds);
            string[] arguments =
            [
                Verb, folder.Path, threads.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture),
            ];
            var figures = Tools.Run(OurEngine.Program, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
            var phases = Enum.GetValues<Phase>().ToDictionary(phase => phase, phase => figures[phase.ToString()]);
            return new PhaseProfile(workload, figures[ProfileServer.StepWord], phases, peak);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    /// <summary>Returns a phase's share of the step.</summary>
    public double Share(Phase phase) => Milliseconds[phase] / StepMilliseconds;

    /// <summary>Returns a product's useful operations as a share of the peak; null for other phases.</summary>
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
