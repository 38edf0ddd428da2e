using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Training;
using EcgRecovery.Tests.Beats;

namespace EcgRecovery.Tests.Recovery.Records.Model;

/// <summary>Around a network: one whose outputs are constants, whatever it sees.</summary>
public class RecordModelTests
{
    private const double Hertz = 250;
    private static readonly SampleSpan s_gap = new(6000, 6075);

    [Fact]
    public void The_output_is_a_correction_in_units_of_the_signals_deviation()
    {
        var lead = Lead();
        float[] without = new float[lead.Length], with = new float[lead.Length];
        using var zero = Model(0);
        using var half = Model(0.5f);
        zero.Fill(lead, [s_gap], without, CancellationToken.None);
        half.Fill(lead, [s_gap], with, CancellationToken.None);
        var around = lead.Samples[(6000 - 2500)..(6075 + 2500)].ToArray().Where(float.IsFinite).ToArray();
        var mean = around.Average();
        var deviation = Math.Sqrt(around.Average(x => (x - mean) * (x - mean)));
        for (var t = (int)s_gap.Start; t < s_gap.End; t++)
            Assert.Equal(0.5 * deviation, with[t] - without[t], 1e-5);
    }

    [Fact]
    public void Intervals_are_the_calibrated_quantiles_and_nested()
    {
        var lead = Lead();
        var filled = new float[lead.Length];
        using var model = Model(0);
        var outcome = Assert.Single(model.Fill(lead, [s_gap], filled, CancellationToken.None));
        Assert.Equal([0.5, 0.8, 0.95], outcome.Intervals!.Select(interval => interval.Level));
        // Quantiles ±0.1, ±0.2, ±0.3 with factors 1, 2, 3.
        var widths = outcome.Intervals!.Select(interval => interval.Width).ToArray();
        Assert.Equal(4, widths[1] / widths[0], 1e-3);
        Assert.Equal(9, widths[2] / widths[0], 1e-3);
        Assert.All(outcome.ErrorScale!, scale => Assert.Equal(widths[2] / 2, scale, 1e-4));
    }

    [Fact]
    public void A_gap_longer_than_those_learned_from_is_left_to_similar_with_the_reason()
    {
        var samples = Samples();
        samples.AsSpan(6000, 600).Fill(float.NaN);
        using var model = Model(0);
        var lead = new LeadSignal(samples, Hertz);
        var outcome = Assert.Single(model.Fill(lead, [new SampleSpan(6000, 6600)], new float[lead.Length], CancellationToken.None));
        Assert.Equal(("similar", "longer than the 2.2 s that the networks learned from"), (outcome.Method, outcome.Reason));
    }

    [Fact]
    public void A_gap_with_too_little_around_it_is_filled_by_a_line_with_the_reason()
    {
        float[] samples = [0, 0.1f, 0.3f, 0.2f, float.NaN, float.NaN, 0.4f, 0.1f, 0];
        using var model = Model(0);
        var outcome = Assert.Single(
            model.Fill(new LeadSignal(samples, Hertz), [new SampleSpan(4, 6)], new float[9], CancellationToken.None));
        Assert.Equal(("linear", OtherLeadsMethod.TooLittle), (outcome.Method, outcome.Reason));
    }

    [Fact]
    public void With_a_surviving_lead_its_places_are_the_evidence()
    {
        var samples = Samples();
        var other = new LeadSignal(Array.ConvertAll(samples, x => 2 * x), Hertz);
        samples.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        using var model = Model(0);
        var lead = new LeadSignal(samples, Hertz) { Others = [other] };
        var filled = new float[lead.Length];
        var outcome = Assert.Single(model.Fill(lead, [s_gap], filled, CancellationToken.None));
        Assert.True(outcome.UsesOtherLeads);
        for (var t = (int)s_gap.Start; t < s_gap.End; t++)
            Assert.Equal(other.Samples[t] / 2, filled[t], 0.05);
    }

    // A gap of more than 1.5 s is estimated by pieces, which have no places.
    [Fact]
    public void Without_places_there_is_no_placed_estimate_and_the_name_says_so()
    {
        var samples = Samples();
        var other = new LeadSignal(Array.ConvertAll(samples, x => 2 * x), Hertz);
        var gap = new SampleSpan(6000, 6450);
        samples.AsSpan(gap.ToRange()).Fill(float.NaN);
        using var model = Model(0, RecoveryEstimate.Placed);
        var lead = new LeadSignal(samples, Hertz) { Others = [other] };
        var outcome = Assert.Single(model.Fill(lead, [gap], new float[lead.Length], CancellationToken.None));
        Assert.Equal(("m", ""), (outcome.Method, outcome.Reason));
    }

    [Fact]
    public void The_placed_estimate_lies_within_its_intervals()
    {
        var lead = Lead();
        var filled = new float[lead.Length];
        using var model = Model(0, RecoveryEstimate.Placed);
        Assert.Equal("m-placed", model.Name);
        var outcome = Assert.Single(model.Fill(lead, [s_gap], filled, CancellationToken.None));
        foreach (var interval in outcome.Intervals!)
        {
            for (var t = 0; t < s_gap.Length; t++)
                Assert.InRange(filled[s_gap.Start + t], interval.Lower[t], interval.Upper[t]);
        }
    }

    private static float[] Samples() => new SyntheticLead(Hertz, 60, SyntheticLead.IrregularBeats(60)).MilliVolts;

    private static LeadSignal Lead()
    {
        var samples = Samples();
        samples.AsSpan(s_gap.ToRange()).Fill(float.NaN);
        return new LeadSignal(samples, Hertz);
    }

    /// <summary>All weights are 0, so the outputs are the biases of the dense layer.</summary>
    private static RecordModel Model(float correction, RecoveryEstimate estimate = RecoveryEstimate.Mean)
    {
        float[] outputs = [0, -0.3f, -0.2f, -0.1f, 0.1f, 0.2f, 0.3f];
        var spec = new NetworkSpec(GapChannels.Inputs, [new LstmLayerSpec(2, Bidirectional: true)], CellGrid.Fold * outputs.Length);
        var weights = NetworkInitializer.Initialize(spec, 1)
            .Select(tensor => tensor with
            {
                Values = tensor.Name == "dense.bias"
                    ? [.. Enumerable.Range(0, tensor.Values.Length).Select(i => correction + outputs[i % outputs.Length])]
                    : new float[tensor.Values.Length],
            })
            .ToList();
        var card = new RecordModelCard(
            spec,
            ["a"],
            [0.025f, 0.1f, 0.25f, 0.75f, 0.9f, 0.975f],
            new RecordCalibration(
                [new(double.PositiveInfinity, false, [1, 2, 3]), new(double.PositiveInfinity, true, [1, 2, 3])]));
        return new RecordModel("m", new RecordModelFile(card, MemberTensors.Join([weights]).ToList()), estimate);
    }
}
