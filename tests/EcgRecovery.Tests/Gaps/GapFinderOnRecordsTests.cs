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

    /// <summary>
    /// LUDB 1 to 160, 1,920 leads of ten seconds, whose converter has steps of so many microvolts, or every fourth sample of them.
    /// </summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 1)]
    [InlineData(10, 1)]
    [InlineData(20, 1)]
    [InlineData(50, 1)]
    [InlineData(100, 1)]
    [InlineData(0, 4)]
    [InlineData(20, 4)]
    [InlineData(100, 4)]
    public void Smoothed_leads_of_ludb_have_no_gaps(int microVolts, int every) => Assert.Empty(
        ReadLudb(microVolts, every).SelectMany(
            leads => GapFinder.Find(leads, cancellationToken: TestContext.Current.CancellationToken).SelectMany(spans => spans)));

    /// <summary>Losses in LUDB 1 to 160 and a minute of each DS1 record: leads in which at least nine tenths are found.</summary>
    [Theory]
    [InlineData("ludb", "dead start", 0.2, 1920, 1920)]
    [InlineData("ludb", "dead start", 0.39, 1920, 1920)]
    [InlineData("ludb", "dead end", 0.39, 1920, 1920)]
    [InlineData("ludb", "hold", 0.39, 1355, 1920)]
    [InlineData("ludb", "clip", 0.25, 160, 160)]
    [InlineData("ludb", "clip", 0.47, 160, 160)]
    [InlineData("ludb", "flat", 1, 134, 160)]
    [InlineData("ludb", "flat", 2, 159, 160)]
    [InlineData("ludb", "flat", 5, 160, 160)]
    [InlineData("ludb", "dead start of one", 0.39, 31, 160)]
    [InlineData("ludb", "one value", 9, 160, 160)]
    [InlineData("ludb", "noise", 9, 160, 160)]
    [InlineData("mitdb", "one value", 9, 20, 20)]
    [InlineData("mitdb", "noise", 9, 20, 20)]
    [InlineData("mitdb", "dead start", 0.39, 40, 40)]
    [InlineData("mitdb", "dead end", 0.39, 40, 40)]
    [InlineData("mitdb", "hold", 0.39, 40, 40)]
    [InlineData("mitdb", "clip", 0.12, 20, 20)]
    [InlineData("mitdb", "clip", 0.47, 20, 20)]
    [InlineData("mitdb", "flat", 1, 20, 20)]
    [InlineData("mitdb", "dead start of one", 0.39, 20, 20)]
    public void Dead_stretches_and_clips_are_found(string database, string kind, double seconds, int expected, int of)
    {
        var (found, inserted) = (0, 0);
        foreach (var whole in database == "ludb" ? ReadLudb(0, 1) : Read().Select(record => Minute(record.Leads)))
        {
            var ofAll = kind is "dead start" or "dead end" or "hold";
            var units = Array.ConvertAll(whole, lead => lead.ToAdcUnits());
            if (kind is "one value" or "noise")
                units = Array.ConvertAll(units, its => its[..(int)(seconds * whole[0].SamplingFrequencyHz)]);
            var lost = new SampleSpan[whole.Length];
            for (var i = 0; i < whole.Length; i++)
            {
                if (ofAll || i == 1)
                    lost[i] = Lose(units[i], kind, seconds, whole[i].SamplingFrequencyHz);
            }

            var spans = GapFinder.Find(
                [.. whole.Zip(units, (lead, its) => Bare(lead, its))], cancellationToken: TestContext.Current.CancellationToken);
            for (var i = 0; i < whole.Length; i++)
            {
                if (!ofAll && i != 1)
                {
                    Assert.Empty(spans[i]);
                    continue;
                }

                inserted++;
                found += spans[i].Sum(span => span.Span.Intersect(lost[i]).Length) >= 0.9 * lost[i].Length ? 1 : 0;
            }
        }

        Assert.Equal((expected, of), (found, inserted));
    }

    private static SampleSpan Lose(int[] units, string kind, double seconds, double frequency)
    {
        var (length, middle) = ((int)(seconds * frequency), (int)(4 * frequency));
        switch (kind)
        {
            case "dead start" or "dead start of one":
                units.AsSpan(0, length).Fill(units[length]);
                return new SampleSpan(0, length);
            case "dead end":
                units.AsSpan(units.Length - length).Fill(units[units.Length - length - 1]);
                return new SampleSpan(units.Length - length, units.Length);
            case "one value":
                Array.Fill(units, 7);
                return new SampleSpan(0, units.Length);
            case "noise":
                var random = new Random(1);
                Array.Copy(Array.ConvertAll(units, _ => 7 + random.Next(2)), units, units.Length);
                return new SampleSpan(0, units.Length);
            case "clip":
                return Clip(units, middle, length);
            default:
                units.AsSpan(middle, length).Fill(units[middle - 1]);
                return new SampleSpan(middle, middle + length);
        }
    }

    // An artefact, a bell of three times the lead's range and four times as long as the clip, is cut a tenth of the range above its largest
    // value or higher, so that the cut is as long as it should be.
    private static SampleSpan Clip(int[] units, int start, int length)
    {
        var (largest, range) = (units.Max(), units.Max() - units.Min());
        for (var t = start - (length * 3 / 2); t < start + (length * 5 / 2); t++)
            units[t] += (int)(3 * range * Math.Pow(Math.Sin(Math.PI * (t - start + (length * 1.5)) / (4.0 * length)), 2));
        var limit = Math.Max(largest + (range / 10), Math.Max(units[start], units[start + length - 1]));
        for (var t = start - (length * 2); t < start + (length * 3); t++)
            units[t] = t >= start && t < start + length ? limit : Math.Min(limit, units[t]);
        return new SampleSpan(start, start + length);
    }

    private static EcgLead[] Minute(EcgLead[] leads) =>
        Array.ConvertAll(leads, lead => Bare(lead, lead.ToAdcUnits()[(300 * 360)..(360 * 360)]));

    // A lead whose converter's range is not known.
    private static EcgLead Bare(EcgLead lead, int[] units) => new()
    {
        Name = lead.Name,
        SamplingFrequencyHz = lead.SamplingFrequencyHz,
        Gain = lead.Gain,
        AdcBaseline = lead.AdcBaseline,
        AdcUnits = new MemorySamples<int>(units),
    };

    private static IEnumerable<EcgLead[]> ReadLudb(int microVolts, int every)
    {
        var folder = TestData.Folder("ludb");
        Assert.SkipWhen(folder is null, "the recordings of ludb are not here");
        for (var number = 1; number <= 160; number++)
        {
            using var record = RecordFormats.Open(Path.Combine(folder, "data", $"{number}"));
            yield return
            [
                .. record.Leads.Select(lead =>
                {
                    var factor = Math.Max(1, microVolts * lead.Gain / 1000);
                    var units = lead.ToAdcUnits().Where((_, t) => t % every == 0).Select(unit => Step(unit, factor));
                    return new EcgLead
                    {
                        Name = lead.Name,
                        SamplingFrequencyHz = lead.SamplingFrequencyHz / every,
                        Gain = lead.Gain / factor,
                        AdcBaseline = Step((int)lead.AdcBaseline, factor),
                        AdcUnits = new MemorySamples<int>([.. units]),
                    };
                }),
            ];
        }
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
