using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Benchmarks.Cases;
using EcgRecovery.Benchmarks.Workloads;

namespace EcgRecovery.Benchmarks.Engines;

/// <summary>The prototype of our engine: only for the original network, 187 samples and AVX-512.</summary>
/// <remarks>Part of the development data; it has its own weights and golden values, and is started for each measurement.</remarks>
internal sealed partial class Prototype : TimedEngine
{
    private const string Sources = "../prototype/engine";

    // The errors of its values depend only on the number of threads.
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
        : throw new EngineFailedException("the prototype's output has an unexpected form");

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

        /// <summary>Returns its own comparison with golden values of PyTorch, in float64.</summary>
        public ValueErrors Errors(EngineValues expected)
        {
            if (!prototype._verified.TryGetValue(_threads, out var text))
                prototype._verified[_threads] = text = Run("verify", _threads);
            var output = Number(OutputError().Match(text), "error");
            if (work == Work.Inference)
                return new ValueErrors(output, Loss: null, Gradient: null);
            var loss = LossLine().Match(text);
            var right = Number(loss, "right");
            var gradient = GradientError().Matches(text).Max(match => Number(match, "error"));
            return new ValueErrors(output, Math.Abs(Number(loss, "loss") - right) / right, gradient);
        }

        public double MedianMilliseconds(double seconds)
        {
            var sequences = folder.Sequences.ToString(CultureInfo.InvariantCulture);
            var duration = seconds.ToString(CultureInfo.InvariantCulture);
            return Number(
                MedianTime().Match(Run(work == Work.Training ? "train" : "infer", _threads, sequences, duration)), "milliseconds");
        }

        public void Dispose()
        {
        }
    }
}
