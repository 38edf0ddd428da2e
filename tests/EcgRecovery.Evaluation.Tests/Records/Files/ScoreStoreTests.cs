using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Records.Files;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Files;

public sealed class ScoreStoreTests : IDisposable
{
    private static readonly JsonSerializerOptions s_json =
        new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Path => _folder.PathOf("some", "scores.jsonl");

    [Fact]
    public void What_was_saved_is_read_to_the_bit()
    {
        var attempts = new CellAttempts(
            [
                new TestedGap(3, new SampleSpan(5, 9), 1 / 3.0, AamiClass.V, [Attempt(), GapAttempt.None]),
                new TestedGap(0, new SampleSpan(1, 2), 0.1 + 0.2, null, [GapAttempt.None, Attempt()]),
            ],
            [new RhythmScore(new(9, 1 / 7.0, double.NaN, 2), new(7, double.NaN, 3, 4), [null, new(8, 1e-300, 2, double.NaN)])]);
        using (var store = ScoreStore.Open(Path, "run"))
        {
            Assert.Null(store.Find(2, 1));
            store.Add(2, 1, attempts);
            store.Add(0, 0, new CellAttempts([], []));
        }

        using (var store = ScoreStore.Open(Path, "run"))
        {
            Assert.Equal(2, store.Count);
            Assert.Equal(JsonSerializer.Serialize(attempts, s_json), JsonSerializer.Serialize(store.Find(2, 1), s_json));
            Assert.Empty(store.Find(0, 0)!.Gaps);
            Assert.Null(store.Find(1, 2));
        }

        static GapAttempt Attempt() => new(
            new GapScore(
                1 / 3.0, 0.1, 1e-17, WaveformScore.Of([0, 1, 3], [0, 2, 5], 0.7), new GapRPeaks([4, 8], new(1, 2, 3), new(0, 3, 4)))
            {
                Pinball = Math.PI,
                Beats = [new(AamiClass.S, 1, 2, 3, 4, 5, 6, 7, 8)],
            },
            IsBySimplerMethod: true,
            new GapJudgement("noise", [new(0.95, 0.1 + 0.2, 1 / 9.0)], new RPeakTimes(3, 2, 1, 0.1)));
    }

    [Fact]
    public void A_run_that_is_cancelled_goes_on_and_ends_with_the_same_figures()
    {
        var expected = Run(saved: null);
        using (var cancelled = new CancellationTokenSource())
        using (var store = ScoreStore.Open(Path, "run"))
        {
            // A record has three cells, and a cell two reports.
            var listener = new Listener(value =>
            {
                if (value.Done == 8)
                    cancelled.Cancel();
            });
            Assert.ThrowsAny<OperationCanceledException>(() => Run(store, listener, cancelled.Token));
        }

        var first = 0;
        using (var store = ScoreStore.Open(Path, "run"))
        {
            Assert.InRange(store.Count, 1, 5);
            var before = store.Count;
            var listener = new Listener(value => first = first == 0 ? value.DoneBefore : first);
            Assert.Equal(expected, Run(store, listener));
            // Two gaps of two methods in each cell that was done.
            Assert.InRange(first, 4, 4 * before);
        }

        // All is done now.
        using (var store = ScoreStore.Open(Path, "run"))
        {
            Assert.Equal(6, store.Count);
            Assert.Equal(expected, Run(store, new Listener(_ => Assert.Fail("nothing was left to do"))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void A_torn_last_line_is_dropped_and_its_cell_done_again(int bytes)
    {
        var expected = Run(saved: null);
        using (var store = ScoreStore.Open(Path, "run"))
            Assert.Equal(expected, Run(store));
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..^bytes]);
        using (var store = ScoreStore.Open(Path, "run"))
        {
            Assert.Equal(5, store.Count);
            Assert.Equal(expected, Run(store));
        }

        using (var store = ScoreStore.Open(Path, "run"))
            Assert.Equal(6, store.Count);
    }

    [Fact]
    public void Nothing_is_left_of_a_torn_line_behind_a_shorter_one()
    {
        using (ScoreStore.Open(Path, "run"))
        {
        }

        File.AppendAllText(Path, new string('x', 10_000));
        using (var store = ScoreStore.Open(Path, "run"))
            store.Add(0, 0, new CellAttempts([], []));
        using (var store = ScoreStore.Open(Path, "run"))
            Assert.Equal(1, store.Count);
        Assert.DoesNotContain("xx", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_run_is_refused()
    {
        using (ScoreStore.Open(Path, "run"))
        {
        }

        var bytes = File.ReadAllBytes(Path);
        var exception = Assert.Throws<InvalidDataException>(() => ScoreStore.Open(Path, "another run"));
        Assert.StartsWith($"{Path} is of another run: ", exception.Message);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
        // With a torn first line nothing is done.
        File.WriteAllBytes(Path, bytes[..^1]);
        using var store = ScoreStore.Open(Path, "another run");
        Assert.Equal(0, store.Count);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("null\n")]
    [InlineData("{\"a\":1}\n")]
    public void A_file_that_is_none_is_refused_with_its_path(string text)
    {
        var path = _folder.Write("scores.jsonl", Encoding.UTF8.GetBytes(text));
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => ScoreStore.Open(path, "run")).Message);
    }

    /// <summary>Two gaps of two lengths, at random and on the QRS complex, in two records, by two methods with self-tests.</summary>
    private static string Run(IScoreStore? saved, IProgress<RecordBenchmarkProgress>? progress = null, CancellationToken token = default)
    {
        var source = SmallBenchmark.Source([.. ((string[])["a", "b"]).Select(name => SpikeRecord.Of(name, seconds: 40))]);
        var plan = SmallBenchmark.Plan(
            source, new PlanOptions { Cells = [new(0.1), new(0.3), new(0.2, GapPlacement.Qrs)], GapsPerRecord = 2 });
        var options = new RecordBenchmarkOptions { SelfTestGaps = 5, BootstrapResamples = 50 };
        var entrants = new[] { "linear", "similar" }
            .Select(name => SmallBenchmark.Entrant(RecoveryMethods.Find(name)!, plan.Name, options)).ToList();
        var result = RecordBenchmark.Run(source, plan, entrants, new GapScorer(null), options, saved, progress, token);
        entrants.ForEach(entrant => entrant.Dispose());
        using var writer = new StringWriter();
        GapsCsv.Write(writer, result);
        return RecordBenchmarkJson.Write(result) + writer;
    }

    private sealed class Listener(Action<RecordBenchmarkProgress> report) : IProgress<RecordBenchmarkProgress>
    {
        public void Report(RecordBenchmarkProgress value) => report(value);
    }
}
