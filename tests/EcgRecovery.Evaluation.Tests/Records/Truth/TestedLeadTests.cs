using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Truth;

public class TestedLeadTests
{
    [Fact]
    public void Beats_move_to_the_nearest_peak_within_150_ms()
    {
        // R peaks lie at 100 + 200·beat; 150 ms are 37 samples.
        var lead = SpikeLead.Of();
        TestedBeat[] beats = [new(4700 - 37, AamiClass.V), new(4900 + 20, AamiClass.N), new(5100 + 38), new(5300, AamiClass.S)];
        Assert.Equal(
            [new(4700, AamiClass.V), new(4900, AamiClass.N), new(5138), new(5300, AamiClass.S)],
            TestedLead.Place(lead.MilliVolts, SpikeLead.Frequency, beats)!);
    }

    [Fact]
    public void Without_beats_or_below_the_detectors_frequency_no_R_peak_is_known()
    {
        Assert.Null(TestedLead.Place(new float[1000], 250, []));
        Assert.Null(TestedLead.Place(new float[1000], 50, [new(500)]));
        Assert.Equal([new(500)], TestedLead.Place(new float[1000], 250, [new(500)])!);
    }

    [Theory]
    // One beat in the gap: its class, whatever lies beside it.
    [InlineData(150, 250, AamiClass.N)]
    // V before F before S before Q before N; the last sample of a gap is in it, its end is not.
    [InlineData(150, 651, AamiClass.V)]
    [InlineData(150, 600, AamiClass.F)]
    [InlineData(150, 451, AamiClass.S)]
    [InlineData(150, 400, AamiClass.Q)]
    // None in the gap: 201 is one sample from the N at 200, and 90 from the Q at 300; 260..290 is 11 from the Q and 60 from the N.
    [InlineData(201, 211, AamiClass.N)]
    [InlineData(260, 290, AamiClass.Q)]
    [InlineData(0, 10, AamiClass.N)]
    [InlineData(900, 910, AamiClass.V)]
    public void The_class_of_a_gap_is_the_most_severe_in_it_or_that_of_the_nearest_beat(int start, int end, AamiClass expected)
    {
        AamiClass[] classes = [AamiClass.N, AamiClass.Q, AamiClass.S, AamiClass.F, AamiClass.V];
        var beats = classes.Select((@class, i) => new TestedBeat(200 + (100 * i), @class)).ToList();
        var lead = new TestedLead("x", new float[1000], 100, beats);
        Assert.Equal(expected, lead.ClassOf(new SampleSpan(start, end)));
    }

    [Fact]
    public void Without_beats_or_their_classes_a_gap_has_none()
    {
        Assert.Null(new TestedLead("x", new float[1000], 100).ClassOf(new SampleSpan(10, 20)));
        Assert.Null(new TestedLead("x", new float[1000], 100, [new(15), new(40)]).ClassOf(new SampleSpan(10, 20)));
    }
}
