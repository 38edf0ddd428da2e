using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>The engine that the design was drawn from: hard-wired to the original network, to its 187 samples and to AVX-512.</summary>
/// <remarks>It lies with the development data, has its own weights and golden values, and is started anew for each timing.</remarks>
internal sealed partial class Prototype : TimedEngine
{
    private const string Sources = "../prototype/engine";

    // What it says about its values depends on the threads alone.
    private readonly Dictionary<string, string> _verified = new(StringComparer.Ordinal);

    public static Prototype Instance { get; } = new();

    public override string Name => "prototype";

    private static string Folder => Path.Combine(Tools.BuildFolder, "prototype");

    private static string Program => Path.Combine(Folder, "bin", "cs");

    public override void Prepare()
    {
        var sources = TestData.Folder(Sources) ?? throw new EngineFailedException("the development data are absent");
        var files = Directory.GetFiles(sources);
        if (!Tools.IsOutdated(Program, files))
            return;
        Directory.CreateDirectory(Folder);
        foreach (var file in files)
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        Tools.BuildDotnet(Path.Combine(Folder, "cs.csproj"), Path.Combine(Folder, "bin"));
    }

    public override IRunningEngine Start(CaseFolder folder, Work work, int threads) => new Running(this, folder, work, threads);

    private static string Run(params string[] arguments) => Tools.Run(Program, arguments, Folder);

    private static double Number(Match match, string group) => match.Success
        ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture)
        : throw new EngineFailedException("the prototype said something else than expected");

    [GeneratedRegex(@"infer max abs err vs torch f64: (?<error>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex OutputError();

    [GeneratedRegex(@"loss (?<loss>\S+) ref (?<right>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex LossLine();

    [GeneratedRegex(@"rel grad err (?<error>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex GradientError();

    [GeneratedRegex(@"\bmed=(?<milliseconds>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex MedianTime();

    private sealed class Running(Prototype prototype, CaseFolder folder, Work work, int threads) : IRunningEngine
    {
        private readonly string _threads = threads.ToString(CultureInfo.InvariantCulture);

        public string Version => "prototype";

        /// <summary>Its own comparison with the golden values that PyTorch gave, in float64.</summary>
        public ValueErrors Errors(EngineValues expected)
        {
            if (!prototype._verified.TryGetValue(_threads, out var said))
                prototype._verified[_threads] = said = Run("verify", _threads);
            var output = Number(OutputError().Match(said), "error");
            if (work == Work.Inference)
                return new ValueErrors(output, Loss: null, Gradient: null);
            var loss = LossLine().Match(said);
            var right = Number(loss, "right");
            return new ValueErrors(output, Math.Abs(Number(loss, "loss") - right) / right, GradientError().Matches(said).Max(match => Number(match, "error")));
        }

        public double MedianMilliseconds(double seconds) => Number(
            MedianTime().Match(Run(
                work == Work.Training ? "train" : "infer", _threads, folder.Sequences.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture))),
            "milliseconds");

        public void Dispose()
        {
        }
    }
}
