using System.Globalization;

namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>Broken files of every kind; see docs/fuzzing.md for the long run.</summary>
public class FuzzTests
{
    private const int Seed = 20261123;

    // In CI; the long run sets ECGRECOVERY_FUZZ_MUTANTS=1000000.
    private const long FewMutants = 20_000;

    [Fact]
    public void A_broken_file_is_refused_in_one_line_or_read()
    {
        var mutants = Told("ECGRECOVERY_FUZZ_MUTANTS") ?? FewMutants;
        var first = Told("ECGRECOVERY_FUZZ_FIRST") ?? 0;
        var report = new RecordFuzzer(FuzzSeeds.Make(), Seed).Run(first, first + mutants, Math.Min(2, Environment.ProcessorCount));
        if (Environment.GetEnvironmentVariable("ECGRECOVERY_FUZZ_REPORT") is { Length: > 0 } path)
        {
            File.WriteAllText(path, string.Create(
                CultureInfo.InvariantCulture,
                $"seed {Seed}, mutants {first} to {first + mutants - 1}; "
                + $"most memory of one mutant {report.MaximumBytes / 1048576d:F1} MiB\n\n{report.ToMarkdown()}\n"
                + $"{string.Join("\n\n", report.Findings)}\n"));
        }

        Assert.Empty(report.Findings.Take(3));
        Assert.Equal(mutants, report.Mutants);
        // Of a few alone nothing can be said.
        Assert.True(
            mutants < 1000 || report.Opened >= 0.3 * mutants,
            $"Of {mutants} mutants {report.Opened} get past the header; expected at least 30 %.");
    }

    private static long? Told(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } told ? long.Parse(told, CultureInfo.InvariantCulture) : null;
}
