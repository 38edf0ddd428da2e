using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>Writes recordings as EDF+ or BDF+, in two passes over the samples: one finds their range and gaps, one writes them.</summary>
internal static class EdfWriter
{
    // Bytes of data records that are assembled at once.
    private const int ChunkBytes = 1 << 20;

    /// <inheritdoc cref="RecordFormat.Write"/>
    public static IReadOnlyList<string> Write(
        EcgRecord record, string path, OutputGroup output, EdfWriteOptions options, EdfKind kind, CancellationToken cancellationToken)
    {
        var lost = new List<string>();
        if (record.Leads.Count > 9998)
        {
            throw new InvalidDataException(
                $"Record {record.Name} has {record.Leads.Count} leads; {kind.Name} holds 9998 beside the annotations.");
        }

        if (record.Leads.FirstOrDefault(lead => lead.SampleCount > EdfTimeline.MaximumSamples) is { } longest)
        {
            throw new InvalidDataException(
                $"Lead {longest.Name} has {longest.SampleCount} samples; expected at most {EdfTimeline.MaximumSamples}.");
        }

        var surveys = record.Leads.Select(lead => EdfSurvey.Of(lead, cancellationToken)).ToArray();
        var labels = EdfText.Labels(record, lost);
        var leads = record.Leads.Select((lead, i) => EdfOutputLead.From(lead, labels[i], surveys[i], kind, lost)).ToArray();
        var grid = EdfGrid.Choose([.. record.Leads.Select(lead => lead.SamplingFrequencyHz)], kind.BytesPerSample, lost);
        var plan = EdfPlan.Lay(grid, record.Leads, surveys, options.TimeGaps);
        if (plan.RecordCount > 99_999_999)
        {
            throw new InvalidDataException(
                $"Record {record.Name} takes {plan.RecordCount} data records; {kind.Name} counts at most 99999999.");
        }

        if (!plan.IsDiscontinuous && record.Leads.Any(lead => lead.UnrecordedSpans.Count > 0))
            lost.Add("Spans that the file left out (null segments, time gaps) are written as missing samples.");

        // The header holds whole seconds; their fraction is the onset of the first data record (EDF+, 2.2.4).
        var start = record.StartTime is { } time ? time.Ticks % TimeSpan.TicksPerSecond / (decimal)TimeSpan.TicksPerSecond : 0;
        var texts = EdfOutputAnnotations.Of(record, labels, grid, plan, surveys, start, lost);
        var annotations = new EdfOutputAnnotations(
            texts,
            leads.Length == 0 ? null : plan.RecordCount,
            start + Onset(grid, plan.Runs[^1].Start) + (plan.Runs[^1].Records * grid.RecordSeconds),
            kind.BytesPerSample);
        var stream = output.Create(path);
        stream.Write(Header(record, leads, grid, annotations, plan.IsDiscontinuous, kind, lost));
        WriteRecords(stream, leads, grid, plan, annotations, start, kind, cancellationToken);
        return lost;
    }

    // Rounded once per run, so that its records have no gaps.
    private static decimal Onset(EdfGrid grid, long step) => Math.Round(step * grid.RecordSeconds / grid.Steps, EdfTal.Decimals);

    private static byte[] Header(
        EcgRecord record, EdfOutputLead[] leads, EdfGrid grid, EdfOutputAnnotations annotations, bool isDiscontinuous, EdfKind kind,
        List<string> lost)
    {
        var (date, time, recording) = EdfStart.Write(record.StartDate, record.StartTime, record.Recording, lost);
        var signals = leads.Length + 1;
        var header = new List<byte>(256 * (1 + signals));
        void Add(string text, int length) => header.AddRange(Encoding.ASCII.GetBytes(text.PadRight(length)));
        void AddAll(Func<EdfOutputLead, string> field, string ofAnnotations, int length)
        {
            foreach (var lead in leads)
                Add(field(lead), length);
            Add(ofAnnotations, length);
        }

        static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
        Add(kind == EdfKind.Edf ? "0" : "\u007fBIOSEMI", 8);
        Add(EdfStart.Patient(record.Patient, lost), EdfStart.IdentificationLength);
        Add(recording, EdfStart.IdentificationLength);
        Add(date, 8);
        Add(time, 8);
        Add(Number(256 * (1 + signals)), 8);
        Add($"{kind.Name}+{(isDiscontinuous ? "D" : "C")}", 44);
        Add(Number(annotations.Records), 8);
        Add(grid.DurationText, 8);
        Add(Number(signals), 4);
        AddAll(lead => lead.Label, kind.AnnotationLabel, 16);
        AddAll(lead => lead.Transducer, "", 80);
        AddAll(lead => lead.Unit, "", 8);
        AddAll(lead => lead.Range.PhysicalMinimum, "-1", 8);
        AddAll(lead => lead.Range.PhysicalMaximum, "1", 8);
        AddAll(lead => Number(lead.Range.DigitalMinimum), Number(kind.Minimum), 8);
        AddAll(lead => Number(lead.Range.DigitalMaximum), Number(kind.Maximum), 8);
        AddAll(lead => lead.Prefiltering, "", 80);
        for (var i = 0; i < leads.Length; i++)
            Add(Number(grid.SamplesPerRecord[i]), 8);
        Add(Number(annotations.Samples), 8);
        AddAll(_ => "", "", 32);
        if (kind == EdfKind.Bdf)
            header[0] = 0xFF;
        return [.. header];
    }

    private static void WriteRecords(
        Stream stream, EdfOutputLead[] leads, EdfGrid grid, EdfPlan plan, EdfOutputAnnotations annotations, decimal start, EdfKind kind,
        CancellationToken cancellationToken)
    {
        var offsets = new int[leads.Length + 1];
        for (var i = 0; i < leads.Length; i++)
            offsets[i + 1] = offsets[i] + (grid.SamplesPerRecord[i] * kind.BytesPerSample);
        var recordBytes = offsets[^1] + annotations.Bytes;
        var maximum = (int)Math.Max(1, ChunkBytes / recordBytes);
        var bytes = new byte[Math.Min(maximum, annotations.Records) * recordBytes];
        var samples = new int[Math.Min(maximum, annotations.Records) * grid.SamplesPerRecord.DefaultIfEmpty().Max()];
        var record = 0L;
        foreach (var run in leads.Length == 0 ? [new EdfRecordRun(0, annotations.Records)] : plan.Runs)
        {
            var onset = start + Onset(grid, run.Start);
            for (var first = 0L; first < run.Records; first += maximum)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = (int)Math.Min(maximum, run.Records - first);
                for (var i = 0; i < leads.Length; i++)
                {
                    var perRecord = grid.SamplesPerRecord[i];
                    var window = samples.AsSpan(0, count * perRecord);
                    ReadOrFill(leads[i], (run.Start * grid.SamplesPerStep(i)) + (first * perRecord), window);
                    for (var r = 0; r < count; r++)
                    {
                        var target = bytes.AsSpan((r * recordBytes) + offsets[i]);
                        EdfBytes.Encode(window.Slice(r * perRecord, perRecord), kind.BytesPerSample, target);
                    }
                }

                for (var r = 0; r < count; r++, record++)
                {
                    var begins = onset + ((first + r) * grid.RecordSeconds);
                    var target = bytes.AsSpan((r * recordBytes) + offsets[^1], annotations.Bytes);
                    annotations.Fill(record, begins, begins + grid.RecordSeconds, target);
                }

                stream.Write(bytes.AsSpan(0, count * recordBytes));
            }
        }
    }

    private static void ReadOrFill(EdfOutputLead lead, long start, Span<int> window)
    {
        var held = (int)Math.Clamp(lead.Samples.Count - start, 0, window.Length);
        if (held > 0)
            lead.Samples.Read(start, window[..held]);
        window[held..].Fill(lead.Filler);
        foreach (ref var sample in window[..held])
        {
            if (sample == EcgLead.MissingAdcUnits)
                sample = lead.Filler;
        }
    }
}
