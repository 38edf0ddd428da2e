using CsCheck;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats;

/// <summary>Random recordings within what a format can hold.</summary>
internal static class RandomRecordings
{
    private const int MaximumSamples = 600;

    // Letters, a blank, brackets and one letter outside ASCII: no text that a format gives a meaning of its own.
    private static readonly Gen<string> s_text = Gen.String[Gen.Char["abcXYZ ()µ"], 0, 20];

    private static readonly Gen<string> s_word = Gen.String[Gen.Char["abcXYZ-_ %@="], 1, 12];

    /// <summary>A WFDB record: leads of whole multiples of one frequency, which end together.</summary>
    public static Gen<EcgRecord> Wfdb =>
        from frameHz in Gen.OneOf(1.0, 100, 125, 250, 360, 257.5)
        from frames in Gen.Int[1, 150]
        from bits in Gen.OneOf(12, 16, 24, 32)
        let largest = (int)((1L << (bits - 1)) - 1)
        from leads in (
            from perFrame in Gen.Int[1, 4]
            from samples in Samples(frames * perFrame, frames * perFrame, -largest, largest)
            from gain in Gen.OneOf<double>(Gen.OneOf(200.0, 1000, -400), Gen.Double[1e-3, 1e6])
            from baseline in Gen.Int[-2048, 2048]
            select (frameHz * perFrame, samples, gain, baseline)).Array[1, 4]
        from record in Record(frameHz, leads, s_wfdbAnnotation, s_start, s_comment.Array[0, 3])
        select record;

    /// <summary>A recording for EDF or BDF: leads of any frequencies and lengths.</summary>
    /// <param name="largest">
    /// The largest sample. Beside 24 bits it must leave room for digital ends whose physical values 8 characters can hold; otherwise a
    /// scale is lost to the last digit.
    /// </param>
    public static Gen<EcgRecord> Edf(int largest) =>
        from leads in (
            from frequencyHz in Gen.OneOf(0.5, 50, 128, 250, 257.5, 360, 1000.0 / 3)
            from samples in Samples(1, MaximumSamples, -largest - 1, largest)
            from gain in Gen.OneOf(1.0, 100, 200, -200, 400, 1000)
            from baseline in Gen.OneOf(0, 1024, -5)
            select (frequencyHz, samples, gain, baseline)).Array[1, 4]
        from record in Record(
            leads.Max(lead => lead.frequencyHz), leads, s_edfAnnotation, s_start, s_comment.Array[0, 3])
        select record;

    /// <summary>
    /// A recording for CSV: leads of one usual frequency and one length, of which some are doubles; time gaps that all leads share.
    /// </summary>
    public static Gen<EcgRecord> Csv =>
        from frequencyHz in Gen.OneOf(50.0, 125, 250, 360, 500, 1000)
        from count in Gen.Int[60, MaximumSamples]
        from gap in Gen.Select(Gen.Int[20, 30], Gen.Int[1, 20], (start, length) => new SampleSpan(start, start + length)).Nullable()
        from leads in Gen.OneOf(CsvWhole(count), CsvReal(count)).Array[1, 4]
        from provenance in Provenance([.. leads.Select(lead => (long)count)])
        from start in s_start
        select new EcgRecord
        {
            Name = "x",
            SamplingFrequencyHz = frequencyHz,
            Leads = [.. leads.Select((lead, i) => WithGap(lead with { Name = Name(i), SamplingFrequencyHz = frequencyHz }, gap))],
            // The rows of a time gap are left out, and with them whatever could be said about their samples.
            Provenance = [.. provenance.Where(span => gap is not { } left || span.Span.Intersect(left).IsEmpty)],
            StartDate = start.Date,
            StartTime = start.Time,
        };

    private static readonly Gen<string> s_comment = s_text.Select(text => text.Trim()).Where(text => text.Length > 0);

    private static readonly Gen<(DateOnly? Date, TimeOnly? Time)> s_start = Gen.OneOf(
        Gen.Const(((DateOnly?)null, (TimeOnly?)null)),
        Gen.Select(Gen.Int[0, 36_000], Gen.Long[1, TimeSpan.TicksPerDay - 1], (day, ticks) =>
            ((DateOnly?)new DateOnly(1985, 1, 1).AddDays(day), (TimeOnly?)new TimeOnly(ticks))));

    private static readonly Gen<Annotation> s_wfdbAnnotation =
        from code in Gen.Int[1, BeatCode.Count - 1]
        from subtype in Gen.Int[sbyte.MinValue, sbyte.MaxValue]
        from channel in Gen.Int[0, byte.MaxValue]
        from number in Gen.Int[sbyte.MinValue, sbyte.MaxValue]
        from aux in s_text
        select new Annotation(0, code, subtype, channel, number, aux);

    private static readonly Gen<Annotation> s_edfAnnotation =
        from code in Gen.Int[1, BeatCode.Count - 1]
        from aux in s_text
        from duration in Gen.Int[0, 50_000].Select(milliseconds => milliseconds / 1000m).Nullable()
        select new Annotation(0, code, Aux: aux, DurationSeconds: duration);

    private static string Name(int lead) => $"Lead {(char)('A' + lead)}";

    private static Gen<EcgRecord> Record(
        double frequencyHz,
        (double FrequencyHz, int[] Samples, double Gain, int Baseline)[] leads,
        Gen<Annotation> annotation,
        Gen<(DateOnly? Date, TimeOnly? Time)> starts,
        Gen<string[]> comments)
    {
        var end = (int)leads.Max(lead => lead.Samples.Length / lead.FrequencyHz * frequencyHz);
        return
            from annotations in Gen.Select(annotation, Gen.Int[0, end], (one, sample) => one with { Sample = sample }).Array[0, 12]
            from provenance in Provenance([.. leads.Select(lead => (long)lead.Samples.Length)])
            from start in starts
            from words in comments
            select new EcgRecord
            {
                Name = "x",
                SamplingFrequencyHz = frequencyHz,
                Leads =
                [
                    .. leads.Select((lead, i) => new EcgLead
                    {
                        Name = Name(i),
                        Unit = "uV",
                        SamplingFrequencyHz = lead.FrequencyHz,
                        Gain = lead.Gain,
                        AdcBaseline = lead.Baseline,
                        AdcUnits = new MemorySamples<int>(lead.Samples),
                    }),
                ],
                Annotations = [.. annotations.OrderBy(one => one.Sample)],
                Provenance = provenance,
                StartDate = start.Date,
                StartTime = start.Time,
                Comments = words,
            };
    }

    // Some runs of samples are missing.
    private static Gen<int[]> Samples(int shortest, int longest, int minimum, int maximum) =>
        from count in Gen.Int[shortest, longest]
        from samples in Gen.Int[minimum, maximum].Array[count]
        from missing in Spans(count, 0)
        select missing.Aggregate(samples, (all, span) =>
        {
            all.AsSpan(span.ToRange()).Fill(EcgLead.MissingAdcUnits);
            return all;
        });

    private static Gen<EcgLead> CsvWhole(int count) =>
        from samples in Samples(count, count, -99_999, 99_999)
        from gain in Gen.OneOf(1.0, 10, 1000)
        select new EcgLead { Name = "", SamplingFrequencyHz = 1, Unit = "uV", Gain = gain, AdcUnits = new MemorySamples<int>(samples) };

    private static Gen<EcgLead> CsvReal(int count) =>
        from values in Gen.Double[-1e9, 1e9].Array[count]
        from missing in Spans(count, 0)
        select new EcgLead
        {
            Name = "",
            SamplingFrequencyHz = 1,
            PhysicalValues = new MemorySamples<double>(missing.Aggregate(values, (all, span) =>
            {
                all.AsSpan(span.ToRange()).Fill(double.NaN);
                return all;
            })),
        };

    private static EcgLead WithGap(EcgLead lead, SampleSpan? gap)
    {
        if (gap is not { } span)
            return lead;
        var left = new[] { new MissingSpan(span, MissingCause.TimeGap) };
        if (lead.AdcUnits is null)
        {
            var values = new double[lead.SampleCount];
            lead.ReadPhysicalValues(0, values);
            values.AsSpan(span.ToRange()).Fill(double.NaN);
            return lead with { PhysicalValues = new MemorySamples<double>(values), UnrecordedSpans = left };
        }

        var adcUnits = lead.ToAdcUnits();
        adcUnits.AsSpan(span.ToRange()).Fill(EcgLead.MissingAdcUnits);
        return lead with { AdcUnits = new MemorySamples<int>(adcUnits), UnrecordedSpans = left };
    }

    // In order; at least so many samples lie between two.
    private static Gen<List<SampleSpan>> Spans(long count, int apart) =>
        Gen.Select(Gen.Int[0, 80], Gen.Int[1, 40]).Array[0, 5].Select(parts =>
        {
            var spans = new List<SampleSpan>();
            var at = 0L;
            foreach (var (before, length) in parts)
            {
                var span = new SampleSpan(at + before, at + before + length).Intersect(new SampleSpan(0, count));
                if (!span.IsEmpty)
                    spans.Add(span);
                at = span.End + apart;
            }

            return spans;
        });

    private static Gen<ProvenanceSpan[]> Provenance(long[] counts)
    {
        var words =
            from origin in Gen.OneOf(SampleOrigin.Recovered, SampleOrigin.Derived)
            from method in s_word
            from version in s_word
            from level in Gen.Double[0.01, 0.99].Nullable()
            select (origin, method, version, level);
        return Gen.Select(Gen.Int[0, counts.Length - 1], words).SelectMany((lead, said) =>
            Spans(counts[lead], 1).Select(spans => spans
                .Select(span => new ProvenanceSpan(lead, span, said.origin, said.method, said.version, said.level)).ToArray()));
    }
}
