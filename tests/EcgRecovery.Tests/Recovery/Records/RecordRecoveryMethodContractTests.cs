using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests.Recovery.Records;

/// <summary>The contract of every method for leads; a new method in the list is tested here.</summary>
public class RecordRecoveryMethodContractTests
{
    private const string Placed = "-placed";

    public static TheoryData<string> Names => [.. AllNames];

    /// <summary>Every method on every broken lead.</summary>
    public static TheoryData<string, string> NamesAndLeads =>
        new MatrixTheoryData<string, string>(AllNames, Leads.Keys);

    // Every method with each of its estimates.
    private static IEnumerable<string> AllNames =>
    [
        .. RecoveryMethods.ForRecords.Select(method => method.Name),
        .. RecoveryMethods.WithEstimate(RecoveryEstimate.Placed).Select(method => method.Name + Placed),
    ];

    // Sampling frequency in Hz, and samples.
    private static Dictionary<string, (double Hz, Func<float[]> Samples)> Leads { get; } = new()
    {
        ["a ramp, lost often and at its end"] = (360, () => Make(1000, t => t % 17 < 4 || t > 980 ? float.NaN : t * 0.01f)),
        ["a second, its middle lost"] = (250, () => Broken(250, 1, (100, 130))),
        ["a second, both ends lost"] = (250, () => Broken(250, 1, (0, 20), (240, 250))),
        ["a constant"] = (250, () => Make(2500, t => t is >= 1000 and < 1100 ? float.NaN : -0.7f)),
        ["the largest numbers"] = (250, () => Make(2500, t => Peaks(t, -float.MaxValue, float.MaxValue))),
        ["the smallest numbers"] = (250, () => Make(2500, t => Peaks(t, 0, float.Epsilon))),
        ["one observed sample"] = (250, () => Make(500, t => t == 200 ? 1 : float.NaN)),
        ["heartbeats at 100 Hz"] = (100, () => Broken(100, 30, (0, 50), (1000, 1030), (1031, 1040), (1500, 1600), (2950, 3000))),
        ["heartbeats at 2,000 Hz"] = (2000, () => Broken(2000, 12, (0, 300), (9000, 11_000), (11_001, 11_020), (23_000, 24_000))),
        ["heartbeats at 40 Hz, below what R peaks need"] = (40, () => Broken(40, 30, (400, 412))),
        ["heartbeats with every third second lost"] =
            (250, () => Broken(250, 60, [.. Enumerable.Range(0, 20).Select(i => (750 * i, (750 * i) + 250))])),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_name_is_that_of_the_list(string name)
    {
        using var method = Create(name);
        Assert.Equal(name, method.Name);
        Assert.Equal(name.StartsWith("record", StringComparison.Ordinal) ? 20 : 0, method.LearnedFromRecords!.Count);
    }

    [Fact]
    public void A_method_without_a_placed_estimate_refuses()
    {
        var exception = Assert.Throws<ArgumentException>(() => RecoveryMethods.CreateForRecords("linear", RecoveryEstimate.Placed));
        Assert.StartsWith("linear has no placed estimate; expected similar", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NamesAndLeads))]
    public void Fills_gaps_with_finite_values_or_leaves_them_with_a_reason(string name, string lead)
    {
        const float Untouched = 12345;
        var (hz, make) = Leads[lead];
        var samples = make();
        var gaps = MissingRuns.Of<float>(samples);
        var filled = Enumerable.Repeat(Untouched, samples.Length).ToArray();
        var outcomes = Fill(name, new LeadSignal(samples, hz), gaps, filled);
        Assert.Equal(gaps.Count, outcomes.Count);
        for (var i = 0; i < gaps.Count; i++)
        {
            var part = filled[gaps[i].ToRange()];
            if (outcomes[i].IsFilled)
                Assert.All(part, value => Assert.True(float.IsFinite(value) && value != Untouched));
            else
                Assert.All(part, value => Assert.Equal(Untouched, value));
            if (outcomes[i].ErrorScale is { } scale)
            {
                Assert.Equal(gaps[i].Length, scale.Length);
                Assert.All(scale, value => Assert.True(float.IsFinite(value) && value > 0));
            }

            foreach (var interval in outcomes[i].Intervals ?? [])
            {
                Assert.All(part.Zip(interval.Lower), pair => Assert.True(pair.Second <= pair.First));
                Assert.All(part.Zip(interval.Upper), pair => Assert.True(pair.Second >= pair.First));
            }

            Assert.NotEqual(outcomes[i].Method == name, outcomes[i].Reason.Length > 0);
            filled.AsSpan(gaps[i].ToRange()).Fill(Untouched);
        }

        Assert.All(filled, value => Assert.Equal(Untouched, value));
    }

    [Theory]
    [MemberData(nameof(NamesAndLeads))]
    public void Has_the_same_bits_for_any_number_of_threads_and_whatever_the_destination_held(string name, string lead)
    {
        var (hz, make) = Leads[lead];
        var samples = make();
        var gaps = MissingRuns.Of<float>(samples);
        float[] one = new float[samples.Length], four = [.. Enumerable.Repeat(float.NaN, samples.Length)];
        var outcomes = Fill(name, new LeadSignal(samples, hz, threads: 1), gaps, one);
        var others = Fill(name, new LeadSignal(samples, hz, threads: 4), gaps, four);
        Assert.Equal(outcomes.Select(Shown), others.Select(Shown));
        foreach (var gap in gaps.Where((_, i) => outcomes[i].IsFilled))
            Assert.Equal(Bits(one[gap.ToRange()]), Bits(four[gap.ToRange()]));
    }

    [Theory]
    [InlineData("knn")]
    [InlineData("locally-linear")]
    [InlineData("similar")]
    [InlineData("similar-placed")]
    [InlineData("record")]
    [InlineData("record-placed")]
    public void Methods_that_compare_places_estimate_the_size_of_their_errors(string name)
    {
        var samples = Broken(250, 60, (5000, 5075), (9000, 9200));
        var outcomes = Fill(name, new LeadSignal(samples, 250), MissingRuns.Of<float>(samples), new float[samples.Length]);
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.ErrorScale));
    }

    // Ten gaps of 0.3 s in a minute of heartbeats, 0.8 to 0.9 s from one to the next.
    [Theory]
    [InlineData("autoregressive")]
    [InlineData("mean-beat")]
    [InlineData("low-rank")]
    public void Is_nearer_to_the_heartbeats_than_a_straight_line(string name)
    {
        var beat = 0.4;
        double[] beats = [.. Enumerable.Range(0, 69).Select(i => beat += 0.85 + (0.05 * Math.Sin(0.6 * i)))];
        var truth = new SyntheticLead(250, 60, beats).MilliVolts;
        var gaps = Enumerable.Range(0, 10).Select(i => new SampleSpan(1300 + (1230 * i), 1375 + (1230 * i))).ToList();
        var samples = (float[])truth.Clone();
        foreach (var gap in gaps)
            samples.AsSpan(gap.ToRange()).Fill(float.NaN);
        Assert.True(Rmse(name) < Rmse("linear"), $"{name} {Rmse(name)}, linear {Rmse("linear")}");

        double Rmse(string method)
        {
            var filled = (float[])samples.Clone();
            Fill(method, new LeadSignal(samples, 250), gaps, filled);
            return Math.Sqrt(filled.Zip(truth, (x, y) => ((double)x - y) * (x - y)).Sum() / gaps.Sum(gap => gap.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Can_be_cancelled(string name)
    {
        using var method = Create(name);
        float[] lead = [1, float.NaN, 2];
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(
            () => method.Fill(new LeadSignal(lead, 360), MissingRuns.Of<float>(lead), new float[3], cancelled));
    }

    private static IReadOnlyList<GapOutcome> Fill(string name, LeadSignal lead, IReadOnlyList<SampleSpan> gaps, float[] destination)
    {
        using var method = Create(name);
        return method.Fill(lead, gaps, destination, CancellationToken.None);
    }

    private static RecordRecoveryMethod Create(string name) => name.EndsWith(Placed, StringComparison.Ordinal)
        ? RecoveryMethods.CreateForRecords(name[..^Placed.Length], RecoveryEstimate.Placed)
        : RecoveryMethods.CreateForRecords(name);

    private static string Shown(GapOutcome outcome) =>
        $"{outcome.Method}: {outcome.Reason} {string.Join(' ', Bits(outcome.ErrorScale ?? []))}";

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

    private static float[] Make(int length, Func<int, float> value) => [.. Enumerable.Range(0, length).Select(value)];

    /// <summary>Peaks of three samples, 0.8 s apart, with a sample lost beside some.</summary>
    private static float Peaks(int t, float low, float high) => t % 250 is 40 or 200 ? float.NaN : t % 200 < 3 ? high : low;

    private static float[] Broken(double hz, double seconds, params (int Start, int End)[] gaps)
    {
        var samples = new SyntheticLead(hz, seconds, SyntheticLead.IrregularBeats(seconds)).MilliVolts;
        foreach (var (start, end) in gaps)
            samples.AsSpan(start..end).Fill(float.NaN);
        return samples;
    }
}
