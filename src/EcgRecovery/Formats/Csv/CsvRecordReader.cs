using System.Globalization;
using EcgRecovery.Formats.Csv.Cells;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;
using Microsoft.Win32.SafeHandles;

namespace EcgRecovery.Formats.Csv;

/// <summary>Reads recordings from CSV. One pass finds the frequency and the digits of the numbers; samples are parsed on demand.</summary>
/// <remarks>
/// Numbers of few digits become ADC units with a gain of 10^decimals, so that none is rounded; others stay doubles. See docs/csv.md.
/// </remarks>
internal sealed class CsvRecordReader
{
    /// <summary>The highest sampling frequency of a time column.</summary>
    public const double HighestFrequencyHz = 1e6;

    // Every pass halves the bounds of the frequency at least.
    private const int MaximumPasses = 40;

    private readonly string _path;
    private readonly CsvReadOptions _options;
    private readonly CsvLines _lines;
    private readonly List<string> _remarks = [];
    private readonly CsvFirstTimes? _times;
    private CsvLayout _layout;

    private CsvRecordReader(SafeFileHandle file, string path, CsvReadOptions options)
    {
        (_path, _options) = (path, options);
        _lines = new CsvLines(file, path);
        var layout = new CsvLayoutDetector(_lines, path, options).Detect();
        var choice = CsvTimeChoice.Choose(_lines, layout, options.SamplingFrequencyHz, path);
        (_layout, _times) = (layout with { Time = choice.Column }, choice.Times);
        _remarks.AddRange([.. layout.Remarks, .. choice.Remarks]);
    }

    /// <summary>Opens a recording.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no recording; the error names the line.</exception>
    /// <exception cref="SamplingFrequencyMissingException">Neither file nor options give a frequency.</exception>
    /// <exception cref="HeartbeatFileException">The file holds heartbeats.</exception>
    public static EcgRecord Open(string path, CsvReadOptions options)
    {
        var file = GzipFile.OpenUnpacked(path);
        try
        {
            return options.LeadsInRows ? CsvLeadRows.Read(file, path, options) : new CsvRecordReader(file, path, options).Read(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Returns the record's name, that of the file without extensions.</summary>
    public static string NameOf(string path) => Path.GetFileNameWithoutExtension(
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path);

    private EcgRecord Read(SafeFileHandle file)
    {
        var (scan, frequency) = _layout.Time is { } time ? ScanTimed(time.Time, _times!) : ScanInOrder();
        if (scan.Rows == 0)
            throw new InvalidDataException($"{_path} has no rows; expected the samples of a recording.");
        var blocks = new CsvBlocks(file, _layout, scan, _path);
        EcgLead[] leads = [.. _layout.Leads.Select(column => Lead(column, scan, blocks, frequency))];
        RemarkOnBlanks(scan);
        RemarkOnFrequency(frequency);
        return new EcgRecord
        {
            Name = NameOf(_path),
            SamplingFrequencyHz = frequency,
            Leads = CsvUnit.Assign(leads, [.. _layout.Leads.Select(column => column.Unit)], _options.Unit, _remarks),
            Annotations = scan.Notes,
            Provenance = [.. scan.Spans.OrderBy(span => span.Lead).ThenBy(span => span.Span.Start)],
            StartDate = _layout.StartDate,
            StartTime = _layout.StartTime,
            Comments = _layout.Comments,
            Remarks = _remarks,
            Files = [_path],
            Source = blocks,
        };
    }

    private EcgLead Lead(CsvColumn column, CsvScan scan, CsvBlocks blocks, double frequency)
    {
        var scale = scan.Scale(column.Lead);
        void ReadAdcUnits(long row, Span<int> destination) => blocks.Read(column.Lead, row, destination);
        void ReadValues(long row, Span<double> destination) => blocks.Read(column.Lead, row, destination);
        return new EcgLead
        {
            Name = column.Name,
            Gain = scale.IsExact ? CsvNumber.PowerOfTen(scale.Decimals) : 1,
            SamplingFrequencyHz = frequency,
            MissingMark = MissingCause.NotANumber,
            AdcMinimum = column.Bits is null || !scale.IsWhole ? null : 0,
            AdcMaximum = column.Bits is { } bits && scale.IsWhole ? (int)((1L << bits) - 1) : null,
            AdcUnits = scale.IsExact ? new CsvSamples<int>(scan.Runs, scan.Rows, EcgLead.MissingAdcUnits, ReadAdcUnits) : null,
            PhysicalValues = scale.IsExact ? null : new CsvSamples<double>(scan.Runs, scan.Rows, double.NaN, ReadValues),
            UnrecordedSpans =
            [
                .. scan.Runs.Zip(
                    scan.Runs.Skip(1),
                    (run, next) => new MissingSpan(new SampleSpan(run.Sample + (next.Row - run.Row), next.Sample), MissingCause.TimeGap)),
            ],
        };
    }

    private CsvScan NewScan() => new(_layout, CsvBlocks.RowsFor(_layout.Columns.Count), _path);

    private (CsvScan Scan, double FrequencyHz) ScanInOrder()
    {
        var frequency = GivenFrequency()
            ?? throw new SamplingFrequencyMissingException($"{_path} has no time column, and no sampling frequency was given.");
        var scan = NewScan();
        scan.FrequencyHz = frequency;
        scan.Run(_lines, null, out _);
        return (scan, frequency);
    }

    /// <summary>Returns the frequency of the options, or else of a line above the rows.</summary>
    private double? GivenFrequency()
    {
        var given = _options.SamplingFrequencyHz ?? _layout.StatedFrequencyHz;
        return given is null or (> 0 and <= HighestFrequencyHz)
            ? given
            : throw new InvalidDataException($"{_path}: sampling frequency {given} Hz; expected at most {HighestFrequencyHz} Hz.");
    }

    /// <summary>
    /// Assigns the rows to samples by their times. If later rows exclude the frequency estimated from the first ones, another pass tries a
    /// narrower one.
    /// </summary>
    private (CsvScan Scan, double FrequencyHz) ScanTimed(CsvTime time, CsvFirstTimes times)
    {
        if (times.Instants.Count == 0)
            throw new InvalidDataException($"{_path}, line {_layout.DataLine}: the first time cannot be read.");
        var (instants, rounding) = (times.Instants, times.Rounding);
        var isIndex = time.Kind == CsvTimeKind.SampleIndex;
        if (isIndex && GivenFrequency() is null)
        {
            throw new SamplingFrequencyMissingException(
                $"{_path} has sample numbers instead of times, and no sampling frequency was given.");
        }

        // The head of a block states its frequency exactly; other heads state a nominal one.
        var given = _options.SamplingFrequencyHz is null && !_layout.HasBlocks ? null : GivenFrequency();
        var known = isIndex ? 1.0 / (time.Counter?.Step ?? 1) : given;
        var isLoose = known is null && times.IsLoose;
        var frequency = known ?? Estimated(times);
        var longest = LongestStep(instants, rounding, frequency);
        var tried = new HashSet<(double FrequencyHz, bool IsLoose)>();
        for (var pass = 0; pass < MaximumPasses; pass++)
        {
            var jitter = isLoose || known is not null ? CsvFrequency.JitterSamples : 0;
            var scan = NewScan();
            scan.FrequencyHz = frequency;
            var line = scan.Run(_lines, first => new CsvTimeTrack(frequency, jitter, longest, rounding, first), out var drifted);
            var track = scan.Track!;
            if (line == 0)
            {
                RemarkOnTimes(time, instants[0], track, isLoose);
                RemarkOnCycles(scan, time);
                var nominal = known is null ? CsvFrequency.Nominal(frequency, instants.Max(instant => instant.Decimals)) : frequency;
                return (scan, isIndex ? GivenFrequency()!.Value : nominal);
            }

            track.Admit(drifted);
            tried.Add((frequency, isLoose));
            var narrower = isLoose ? null : CsvFrequency.Simplest(track.Period.Minimum, track.Period.Maximum, _ => true);
            if (narrower is null || tried.Contains((narrower.Value, false)))
            {
                narrower = CsvFrequency.Simplest(track.LoosePeriod.Minimum, track.LoosePeriod.Maximum, _ => true);
                isLoose = true;
            }

            if (known is not null || narrower is not { } next || tried.Contains((next, true)))
            {
                throw new InvalidDataException(
                    $"{_path}, line {line}: the time lies beside the samples of {frequency} Hz; "
                    + $"expected steps of {1 / frequency} s, or jumps over whole samples.");
            }

            frequency = next;
        }

        throw new InvalidDataException($"{_path}: the times fit no single sampling frequency.");
    }

    private double Estimated(CsvFirstTimes times) =>
        times.FrequencyHz is { } frequency and > 0 and <= HighestFrequencyHz
            ? frequency
            : throw new SamplingFrequencyMissingException(
                $"{_path}: the times of the first {times.Instants.Count} rows fit no sampling frequency, and none was given"
                + $"; expected equal steps, at most {HighestFrequencyHz} per second.");

    /// <summary>
    /// Returns the longest step without a jump, in samples: longer than rounding makes a step, shorter than one over a missing sample.
    /// </summary>
    private static double LongestStep(IReadOnlyList<CsvInstant> instants, CsvTimeRounding rounding, double frequency)
    {
        var longest = 1.0;
        for (var i = 1; i < instants.Count; i++)
        {
            var step = instants[i].Since(instants[i - 1]) * frequency;
            var slack = 2 * rounding.Of(instants[i], instants[i].Since(instants[0])) * frequency;
            // Just below the rounding error, which a step over one missing sample reaches if times are rounded to whole samples.
            if (step - 1 < 0.99 * slack)
                longest = Math.Max(longest, step);
        }

        return longest + 0.5;
    }

    private void RemarkOnTimes(CsvTime time, CsvInstant first, CsvTimeTrack track, bool isLoose)
    {
        if (isLoose)
            _remarks.Add("The times are not those of one clock: they lie up to a quarter of a sample off the grid on which they were put.");
        if (track.JumpsOffGrid > 0)
        {
            _remarks.Add(
                $"{track.JumpsOffGrid} jumps of the times are no whole number of samples; "
                + "the rows after them were moved to the nearest sample.");
        }

        if (time.Kind is CsvTimeKind.Number or CsvTimeKind.Clock && _layout.StartTime is null && first.Mantissa != 0)
            _remarks.Add($"The times begin at {first.Seconds} s; that is sample 0 here.");
    }

    private void RemarkOnCycles(CsvScan scan, CsvTime time)
    {
        if (scan.WholeCycles > 0)
        {
            _remarks.Add(
                $"{scan.WholeCycles} times the counter has the value of the row before: "
                + $"{time.Counter!.Value.Modulus - 1} samples were taken for lost there.");
        }
    }

    private void RemarkOnFrequency(double frequency)
    {
        if (_options.SamplingFrequencyHz is not null && _layout.StatedFrequencyHz is { } stated && stated != frequency)
        {
            _remarks.Add(
                string.Create(CultureInfo.InvariantCulture, $"The head of the file states {stated} Hz; {frequency} Hz was given."));
        }
    }

    private void RemarkOnBlanks(CsvScan scan)
    {
        if (scan.BlankLines == 0)
            return;
        _remarks.Add(
            _layout.IsBlankMissing
                ? $"{Count(scan.BlankLines, "blank line")} between the rows: each is a missing sample."
                : $"{Count(scan.BlankLines, "blank line")} between the rows: left out.");
    }

    private static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
