using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using EcgRecovery.Neural.Tests.Golden;
using EcgRecovery.Neural.Tests.Kernels;

namespace EcgRecovery.Neural.Tests.Engine;

/// <summary>Runs this assembly in child processes with fewer instructions, which can be switched off only at process start.</summary>
public sealed partial class EnginePathProcessTests
{
    // Golden: the cases, the full-length one and the trajectory. The count shows that the child ran them all.
    private static readonly Type[] s_classes =
        [typeof(ActivePathTests), typeof(ActivePathGoldenTests), typeof(ActivationsTests), typeof(SequenceEngineTests)];

    private static readonly int s_tests =
        ActivePathTestCount + (GoldenCase.Names.Count + 2) + ActivationsTestCount + (2 * SequenceEngineTests.Shapes.Count) + 2;

    private const int ActivePathTestCount = 2;
    private const int ActivationsTestCount = 3;

    [Fact]
    public Task Without_AVX512_the_path_is_AVX2_and_passes() =>
        RunChild("DOTNET_EnableAVX512", "0", Narrower(EnginePath.Avx2), s_classes, s_tests);

    [Fact]
    public Task Without_AVX2_the_path_has_128_bits_and_passes() =>
        RunChild("DOTNET_EnableAVX2", "0", EnginePath.Vector128, s_classes, s_tests);

    [Fact]
    public Task Our_own_variable_forces_the_reference() =>
        RunChild(EnginePaths.Variable, "reference", EnginePath.Reference, [typeof(ActivePathTests)], ActivePathTestCount);

    /// <summary>Returns the path, or the next narrower one of the machine.</summary>
    private static EnginePath Narrower(EnginePath path) => EnginePaths.Available.Where(p => p <= path).Max();

    private static async Task RunChild(string variable, string value, EnginePath expected, Type[] classes, int tests)
    {
        Assert.Null(Environment.GetEnvironmentVariable(ActivePathTests.ExpectedVariable));   // a child must not start children

        var start = new ProcessStartInfo(DotnetHost())
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(EnginePathProcessTests).Assembly.Location);
        foreach (var type in classes)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(type.FullName!);
        }

        start.Environment.Remove(EnginePaths.Variable);
        start.Environment[variable] = value;
        start.Environment[ActivePathTests.ExpectedVariable] = expected.ToString();
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        var summary = Summary().Match(output);
        Assert.True(child.ExitCode == 0 && summary.Success, output);
        Assert.Equal($"Total: {tests}, Errors: 0, Failed: 0", summary.Value);
    }

    /// <summary>Returns the host of the runtime of these tests: …/dotnet beside shared/Microsoft.NETCore.App/10.0.x/.</summary>
    private static string DotnetHost() => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    [GeneratedRegex(@"Total: \d+, Errors: \d+, Failed: \d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Summary();
}
