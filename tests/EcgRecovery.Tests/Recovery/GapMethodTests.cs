using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests.Recovery;

/// <summary>Methods that the caller brings.</summary>
public class GapMethodTests
{
    private static readonly float[] s_broken = [1, float.NaN, float.NaN, 4, 5, float.NaN, 7];

    [Fact]
    public void Fills_in_place_of_the_named_method_and_is_named()
    {
        var recovered = EcgSignal.Recover(s_broken, 360, With(new Own { Value = _ => 9 }));
        Assert.Equal([1, 9, 9, 4, 5, 9, 7], recovered.Samples);
        Assert.Equal("own", recovered.Method);
        Assert.Equal(["own", "own"], recovered.Gaps.Select(gap => gap.Method));
    }

    [Fact]
    public void Sees_the_lead_its_neighbours_and_nothing_under_a_gap()
    {
        var lead = new SyntheticLead(250, 20, SyntheticLead.IrregularBeats(20));
        var broken = (float[])lead.MilliVolts.Clone();
        var gap = new SampleSpan(2000, 2100);
        broken.AsSpan(gap.ToRange()).Fill(float.NaN);
        GapToFill? seen = null;
        var own = new Own { Value = toFill => (seen = toFill).Samples[0] };
        EcgSignal.Recover([broken, lead.MilliVolts], 250, With(own) with { WindowSeconds = 2, SelfTestGaps = 0 });
        Assert.NotNull(seen);
        // Two seconds on each side of the gap are read.
        Assert.Equal((100, 250.0, 1100), (seen.Span.Length, seen.SamplingFrequencyHz, seen.Window.Length));
        var first = (int)(gap.Start - seen.Span.Start);
        Assert.True(seen.Samples.SequenceEqual(broken.AsSpan(first, seen.Samples.Length)));
        Assert.True(Assert.Single(seen.OtherLeads).Span.SequenceEqual(lead.MilliVolts.AsSpan(first, seen.Samples.Length)));
        Assert.All(seen.RPeaks, peak => Assert.Contains(lead.Peaks, beat => Math.Abs(beat - (first + peak)) <= 2));
        Assert.InRange(seen.RPeaks.Count, 2, 7);
    }

    [Fact]
    public void A_gap_without_an_estimate_stays_missing_whatever_was_written()
    {
        var recovered = EcgSignal.Recover(s_broken, 360, With(new Own { Value = _ => null }));
        Assert.Equal(s_broken, recovered.Samples);
        Assert.All(recovered.Gaps, gap => Assert.Equal("own has no estimate", gap.Reason));
    }

    [Fact]
    public void Numbers_that_are_none_are_an_error_with_the_place()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            EcgSignal.Recover([1, 2, float.NaN, 4], 360, With(new Own { Value = _ => float.PositiveInfinity })));
        Assert.Equal("Method own gave Infinity for sample 2 of the gap 2..3; expected finite numbers.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public void Names_are_those_that_files_can_hold(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => EcgSignal.Recover(s_broken, 360, With(new Own(name) { Value = _ => 1 })));
        Assert.Equal($"The method's name is '{name}'; expected letters, digits and . _ -", error.Message);
    }

    [Fact]
    public void Has_no_placed_estimate()
    {
        var options = With(new Own { Value = _ => 1 }) with { Estimate = RecoveryEstimate.Placed };
        var error = Assert.Throws<ArgumentException>(() => EcgSignal.Recover(s_broken, 360, options));
        Assert.Equal("own, a method of one's own, has no placed estimate.", error.Message);
    }

    [Fact]
    public void Hidden_gaps_leave_missing_what_is_no_better_than_a_line_unless_the_method_claims_nothing()
    {
        var lead = new SyntheticLead(250, 120, SyntheticLead.IrregularBeats(120));
        var broken = (float[])lead.MilliVolts.Clone();
        broken.AsSpan(5000, 100).Fill(float.NaN);
        var bad = EcgSignal.Recover(broken, 250, With(new Own { Value = _ => 50 }));
        Assert.False(bad.Gaps[0].IsRecovered);
        var formula = EcgSignal.Recover(broken, 250, With(new Own { Value = _ => 50, MustBeat = false }));
        Assert.True(formula.Gaps[0].IsRecovered);
    }

    private static RecoveryOptions With(GapMethod own) => new() { OwnMethod = own };

    private sealed class Own(string name = "own") : GapMethod
    {
        public override string Name => name;

        public bool MustBeat { get; init; } = true;

        public required Func<GapToFill, float?> Value { get; init; }

        public override bool MustBeatLine => MustBeat;

        public override bool Fill(GapToFill gap, Span<float> destination)
        {
            var value = Value(gap);
            destination.Fill(value ?? float.NaN);
            return value is not null;
        }
    }
}
