using EcgRecovery.Gaps;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Gaps;

/// <summary>The figures of docs/gaps.md, on the DS1 records of the MIT-BIH Arrhythmia Database without 201 and 208.</summary>
public class GapFinderOnRecordsTests
{
    private static readonly string[] s_records =
        [
            "101", "106", "108", "109", "112", "114", "115", "116", "118", "119", "122", "124", "203", "205", "207", "209", "215", "220",
            "223", "230",
        ];

    [Fact]
    public void In_twenty_lead_hours_nothing_but_the_converters_ends_is_found()
    {
        var found = new List<string>();
        foreach (var (name, leads) in Read())
        {
            var spans = GapFinder.Find(leads, cancellationToken: TestContext.Current.CancellationToken);
            found.AddRange(
                Enumerable.Range(0, leads.Length)
                    .SelectMany(i => spans[i].Select(span => $"{name} {leads[i].Name} {span.Cause} {span.Span.Start}..{span.Span.End}")));
        }

        // Seen by eye: each is a stretch of 0 or 2047, the converter's least and largest value.
        Assert.Equal(
            [
                "116 MLII Saturation 360677..360824", "116 MLII Saturation 360830..361085", "116 MLII Saturation 500673..500927",
                "116 MLII Saturation 505507..505772", "223 V1 Saturation 155276..155289", "223 V1 Saturation 161453..161622",
                "223 V1 Saturation 161777..161792", "223 V1 Saturation 223969..223989", "223 V1 Saturation 224062..224221",
                "223 V1 Saturation 224253..224346", "223 V1 Saturation 229328..229408", "223 V1 Saturation 229418..229561",
            ],
            found);
    }

    /// <summary>Records whose converter had steps of so many microvolts instead of 5: spans that are not at the converter's ends.</summary>
    [Theory]
    [InlineData(10, 0, 0)]
    [InlineData(20, 0, 0)]
    [InlineData(50, 0, 0)]
    [InlineData(100, 0, 0)]
    public void Coarser_steps_are_not_taken_for_gaps(int microVolts, int flat, int packets)
    {
        var found = Read()
            .SelectMany(
                record => GapFinder.Find(
                    [.. record.Leads.Select(lead => Coarser(lead, microVolts / 5.0))],
                    cancellationToken: TestContext.Current.CancellationToken))
            .SelectMany(spans => spans)
            .ToLookup(span => span.Cause);
        Assert.Equal((flat, packets), (found[MissingCause.FlatLine].Count(), found[MissingCause.PacketLoss].Count()));
    }

    /// <summary>
    /// One packet in a hundred is lost, in both leads or in the first. Expected: the share of lost samples that is found, and the share of
    /// found samples that was lost.
    /// </summary>
    [Theory]
    [InlineData("fill", 25, 2, 0.999, 0.999)]
    [InlineData("fill", 90, 2, 0.999, 0.999)]
    [InlineData("fill", 360, 1, 0.999, 0.999)]
    [InlineData("hold", 25, 2, 0.995, 0.999)]
    [InlineData("hold", 90, 1, 0.970, 0.999)]
    [InlineData("hold", 360, 2, 0.999, 0.999)]
    [InlineData("repeat", 25, 2, 0.985, 0.998)]
    [InlineData("repeat", 90, 1, 0.999, 0.999)]
    [InlineData("repeat", 360, 2, 0.999, 0.999)]
    public void Lost_packets_are_found(string kind, int length, int leads, double minimumFound, double minimumRight)
    {
        long lost = 0, found = 0, judged = 0;
        foreach (var (_, whole) in Read())
        {
            var losses = Losses((int)whole[0].SampleCount, length);
            var broken = whole.Select((lead, i) => i < leads ? Broken(lead, losses, kind, length) : lead).ToArray();
            var isLost = new bool[whole[0].SampleCount];
            foreach (var loss in losses)
                isLost.AsSpan(loss, length).Fill(true);
            foreach (var spans in GapFinder.Find(broken, cancellationToken: TestContext.Current.CancellationToken).Take(leads))
            {
                lost += isLost.Count(value => value);
                foreach (var span in spans.Where(span => span.Cause == MissingCause.PacketLoss))
                {
                    judged += span.Span.Length;
                    found += isLost.AsSpan((int)span.Span.Start, (int)span.Span.Length).Count(true);
                }
            }
        }

        Assert.True(lost > 100_000);
        Assert.True(found >= minimumFound * lost, $"{(double)found / lost:F4} of the lost samples were found");
        Assert.True(found >= minimumRight * judged, $"{(double)found / judged:F4} of the found samples were lost");
    }

    private static IEnumerable<(string Name, EcgLead[] Leads)> Read()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "the recordings of mitdb are not here");
        foreach (var name in s_records)
        {
            using var record = RecordFormats.Open(Path.Combine(folder, name));
            yield return (name, [.. record.Leads.Select(lead => Copy(lead, lead.ToAdcUnits(), 1))]);
        }
    }

    private static EcgLead Coarser(EcgLead lead, double factor) =>
        Copy(lead, Array.ConvertAll(lead.ToAdcUnits(), unit => Step(unit, factor)), factor);

    private static EcgLead Copy(EcgLead lead, int[] units, double factor) => new()
    {
        Name = lead.Name,
        SamplingFrequencyHz = lead.SamplingFrequencyHz,
        Gain = 200 / factor,
        AdcBaseline = Step(1024, factor),
        AdcMinimum = Step(0, factor),
        AdcMaximum = Step(2047, factor),
        AdcUnits = new MemorySamples<int>(units),
    };

    private static int Step(int unit, double factor) => (int)Math.Floor((unit / factor) + 0.5);

    private static List<int> Losses(int sampleCount, int length)
    {
        var random = new Random(1);
        var losses = new List<int>();
        for (var start = 17 + length; start + length <= sampleCount; start += length)
        {
            if (random.NextDouble() < 0.01)
                losses.Add(start);
        }

        return losses;
    }

    private static EcgLead Broken(EcgLead lead, List<int> losses, string kind, int length)
    {
        var units = lead.ToAdcUnits();
        foreach (var start in losses)
        {
            for (var t = start; t < start + length; t++)
                units[t] = kind switch { "fill" => 0, "hold" => units[start - 1], _ => units[t - length] };
        }

        return Copy(lead, units, 1);
    }
}
