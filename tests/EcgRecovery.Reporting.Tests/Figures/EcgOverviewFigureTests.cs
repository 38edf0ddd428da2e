using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class EcgOverviewFigureTests
{
    [Fact]
    public void An_envelope_holds_the_extremes_and_the_missing_samples_of_every_column()
    {
        // 8 samples in 4 columns.
        var lead = SyntheticRecord.Create([1, 2, double.NaN, 3, double.NaN, double.NaN, -1, 5], 2).Leads[0];
        var envelope = LeadEnvelope.Read(lead, [new ProvenanceSpan(0, new SampleSpan(3, 5), SampleOrigin.Recovered)], 4, 4);
        Assert.Equal([1, 3, float.PositiveInfinity, -1], envelope.Minimum);
        Assert.Equal([2, 3, float.NegativeInfinity, 5], envelope.Maximum);
        Assert.Equal([0, 1, 2, 0], envelope.Missing);
        Assert.Equal([2, 2, 2, 2], envelope.Samples);
        Assert.Equal([false, true, true, false], envelope.IsRecovered);
        Assert.Equal((-1, 5), (envelope.MinimumOfAll, envelope.MaximumOfAll));
    }

    [Fact]
    public void An_envelope_is_what_a_slow_loop_finds_over_several_windows()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 200_001).Select(_ => random.NextDouble() < 0.1 ? double.NaN : random.NextDouble()).ToArray();
        var lead = SyntheticRecord.Create(values, 1).Leads[0];
        var reported = 0L;
        var envelope = LeadEnvelope.Read(lead, [], 200_001, 37, new Sum(count => reported += count), CancellationToken.None);
        Assert.Equal(200_001, reported);
        Assert.Equal(values.Count(double.IsNaN), envelope.Missing.Sum());
        for (var column = 0; column < 37; column++)
        {
            var part = values.Where((value, t) => t >= 200_001.0 * column / 37 && t < 200_001.0 * (column + 1) / 37).ToArray();
            Assert.Equal((float)part.Where(double.IsFinite).Min(), envelope.Minimum[column]);
            Assert.Equal((float)part.Where(double.IsFinite).Max(), envelope.Maximum[column]);
            Assert.Equal(part.Length, envelope.Samples[column]);
        }
    }

    [Fact]
    public void A_lead_with_fewer_samples_than_columns_is_drawn_and_a_short_one_ends_early()
    {
        var lead = SyntheticRecord.Create([1, 2], 1).Leads[0];
        var envelope = LeadEnvelope.Read(lead, [new ProvenanceSpan(0, new SampleSpan(1, 2), SampleOrigin.Recovered)], 4, 8);
        Assert.Equal([1, 0, 1, 0, 0, 0, 0, 0], envelope.Samples);
        Assert.Equal([false, false, true, false, false, false, false, false], envelope.IsRecovered);
    }

    [Fact]
    public void A_steep_slope_between_two_columns_is_one_line()
    {
        // 0 mV, then 1 mV: at the step the area of column 500 begins at the value of column 499.
        var record = SyntheticRecord.Create([.. Enumerable.Range(0, 2000).Select(t => t < 1000 ? 0.0 : 1)], 100);
        var envelope = LeadEnvelope.Read(record.Leads[0], [], record.DurationSeconds, EcgOverviewFigure.Columns);
        var svg = Markup.Parse(EcgOverviewFigure.Draw(record, [(record.Leads[0], envelope)], 0, 1));
        var area = svg.Elements("path", "ecg-envelope").Single();
        var edges = ((string)area.Attribute("d")!).Split(['M', 'L', 'Z'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("596 0.5H597", Relative(edges)); // the upper edge of column 500
        Assert.Contains("597 57.5H596", Relative(edges)); // its lower edge: that of column 499

        static IEnumerable<string> Relative(string[] edges) => edges.Select(edge => edge.Split(' ', 'H')).Select(parts =>
            FormattableString.Invariant($"{parts[0]} {double.Parse(parts[1], CultureInfo.InvariantCulture) - 22}H{parts[2]}"));
    }

    [Fact]
    public void A_recording_of_fewer_samples_than_columns_has_no_missing_columns()
    {
        var record = SyntheticRecord.Create([0, 1, 0, 1], 4);
        var envelope = LeadEnvelope.Read(record.Leads[0], [], record.DurationSeconds, EcgOverviewFigure.Columns);
        var svg = Markup.Parse(EcgOverviewFigure.Draw(record, [(record.Leads[0], envelope)], 0, 1));
        // After the last sample nothing is known.
        Assert.All(svg.Elements("rect", "ecg-missing-in-part"), rect => Assert.InRange(rect.Number("x"), 96 + 750, 96 + 1000));
        var area = (string)svg.Elements("path", "ecg-envelope").Single().Attribute("d")!;
        Assert.Single(area.Split('Z', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Missing_and_recovered_spans_and_the_window_are_marked()
    {
        var record = SyntheticRecord.Create();
        var leads = new[] { 0, 1 }.Select(number => (record.Leads[number], Envelope(number))).ToArray();
        var svg = Markup.Parse(EcgOverviewFigure.Draw(record, leads, 2, 4));
        // 8 s on 1,000 pixels from 96 on.
        Assert.Contains(
            svg.Elements("rect", "ecg-missing"),
            rect => Math.Abs(rect.Number("x") - (96 + (1.5 * 125))) < 2 && Math.Abs(rect.Number("width") - (0.25 * 125)) < 2);
        Assert.Contains(
            svg.Elements("rect", "ecg-missing"),
            rect => Math.Abs(rect.Number("x") - (96 + (3 * 125))) < 2 && Math.Abs(rect.Number("width") - (5 * 125)) < 2);
        Assert.Contains(
            svg.Elements("rect", "ecg-interval"),
            rect => Math.Abs(rect.Number("x") - (96 + (2.5 * 125))) < 2 && Math.Abs(rect.Number("width") - (0.375 * 125)) < 2);
        var edges = svg.Elements("line", "ecg-window-edge").Where(line => line.Number("x1") == line.Number("x2"));
        Assert.Equal([96 + 250, 96 + 500], edges.Select(line => line.Number("x1")));
        Assert.Contains("0:00:04", svg.Texts());
        Assert.Contains("00:00:02", svg.Texts());

        LeadEnvelope Envelope(int number)
        {
            ProvenanceSpan[] provenance = [.. record.Provenance.Where(span => span.Lead == number)];
            return LeadEnvelope.Read(record.Leads[number], provenance, record.DurationSeconds, EcgOverviewFigure.Columns);
        }
    }

    private sealed class Sum(Action<long> add) : IProgress<long>
    {
        public void Report(long value) => add(value);
    }
}
