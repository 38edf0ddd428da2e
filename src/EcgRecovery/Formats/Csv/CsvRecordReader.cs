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

    // A given frequency may differ by this share from that of the times: a converter's clock is inexact, and a few rounded times are.
    private const double GivenTolerance = 0.2;

    // Every pass halves the bounds of the frequency at least.
    private const int MaximumPasses = 40;

    private readonly string _path;
    private readonly CsvReadOptions _options;
    private readonly CsvLayout _layout;
    private readonly CsvLines _lines;
    private readonly List<string> _remarks = [];

    private CsvRecordReader(SafeFileHandle file, string path, CsvReadOptions options)
    {
        (_path, _options) = (path, options);
        _lines = new CsvLines(file, path);
        _layout = new CsvLayoutDetector(_lines, path, options).Detect();
        _remarks.AddRange(_layout.Remarks);
    }

    /// <summary>Opens a recording.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no recording; the error names the line.</exception>
    /// <exception cref="SamplingFrequencyMissingException">Neither file nor options give a frequency.</exception>
    /// <exception cref="HeartbeatFileException">The file holds heartbeats.</exception>
    public static EcgRecord Open(string path, CsvReadOptions options)
    {
        var file = InputFile.OpenHandle(path, FileOptions.RandomAccess);
        try
        {
            return new CsvRecordReader(file, path, options).Read(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private EcgRecord Read(SafeFileHandle file)
    {
        var (scan, frequency) = _layout.Time is { } time ? ScanTimed(time) : ScanUntimed();
        if (scan.Rows == 0)
            throw new InvalidDataException($"{_path} has no rows; expected the samples of a recording.");
        var blocks = new CsvBlocks(file, _layout, scan, _path);
        if (_layout.Leads.Any(lead => lead.Unit is null))
            _remarks.Add($"The header names no unit: the values were taken for {_options.Unit}.");
        return new EcgRecord
        {
            Name = Path.GetFileNameWithoutExtension(_path),
            SamplingFrequencyHz = frequency,
            Leads = [.. _layout.Leads.Select(column => Lead(column, scan, blocks, frequency))],
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
            Unit = column.Unit ?? _options.Unit,
            Gain = scale.IsExact ? CsvNumber.PowerOfTen(scale.Decimals) : 1,
            SamplingFrequencyHz = frequency,
            MissingMark = MissingCause.NotANumber,
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

    private (CsvScan Scan, double FrequencyHz) ScanUntimed()
    {
        var frequency = GivenFrequency()
            ?? throw new SamplingFrequencyMissingException($"{_path} has no time column, and no sampling frequency was given.");
        var scan = NewScan();
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
    private (CsvScan Scan, double FrequencyHz) ScanTimed(CsvTime time)
    {
        var (instants, rounding) = ReadFirstTimes(time);
        var isIndex = time.Kind == CsvTimeKind.SampleIndex;
        var known = isIndex ? 1 : GivenFrequency() is { } given && _options.SamplingFrequencyHz is not null ? given : (double?)null;
        var isLoose = false;
        var frequency = known ?? Estimate(instants, rounding, out isLoose);
        if (isIndex && GivenFrequency() is null)
        {
            throw new SamplingFrequencyMissingException(
                $"{_path} has sample numbers instead of times, and no sampling frequency was given.");
        }

        if (!isIndex && known is not null)
            RefuseOther(frequency, instants, rounding);
        var longest = LongestStep(instants, rounding, frequency);
        var tried = new HashSet<(double FrequencyHz, bool IsLoose)>();
        for (var pass = 0; pass < MaximumPasses; pass++)
        {
            var jitter = isLoose || known is not null ? CsvFrequency.JitterSamples : 0;
            var track = new CsvTimeTrack(frequency, jitter, longest, rounding, instants[0]);
            var scan = NewScan();
            var line = scan.Run(_lines, track, out var drifted);
            if (line == 0)
            {
                RemarkOnTimes(time, instants[0], track, isLoose);
                return (scan, isIndex ? GivenFrequency()!.Value : frequency);
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

    private (List<CsvInstant> Instants, CsvTimeRounding Rounding) ReadFirstTimes(CsvTime time)
    {
        var column = _layout.TimeColumn;
        var instants = new List<CsvInstant>();
        var rounding = new CsvTimeRounding();
        var days = new CsvClockDays(time);
        _lines.Seek(_layout.DataOffset);
        while (instants.Count < CsvFrequency.RowsLookedAt && _lines.TryRead(out var line))
        {
            if (CsvLayoutDetector.IsComment(line) || CsvLayoutDetector.IsBlank(line))
                continue;
            var cells = new CsvCells(line, _layout.Dialect.Delimiter);
            ReadOnlySpan<byte> cell = default;
            for (var c = 0; c <= column; c++)
                cells.TryNext(out cell);
            // The pass over all rows reports the error with its line.
            if (!time.TryParse(cell, out var instant) || days.Unwrap(ref instant).Since(instants.Count > 0 ? instants[^1] : instant) < 0)
                break;
            instants.Add(instant);
            rounding.Add(instant);
        }

        return instants.Count > 0
            ? (instants, rounding)
            : throw new InvalidDataException($"{_path}, line {_layout.DataLine}: the first time cannot be read.");
    }

    private double Estimate(List<CsvInstant> instants, CsvTimeRounding rounding, out bool isLoose)
    {
        var estimate = CsvFrequency.Estimate(instants, rounding, out var isRounded);
        // If a row occurs twice, the rows before it give the frequency, and the pass over all rows reports its line.
        if (estimate is null
            && Enumerable.Range(1, instants.Count - 1).FirstOrDefault(i => instants[i].Since(instants[i - 1]) == 0) is var twice and > 2)
        {
            estimate = CsvFrequency.Estimate(instants[..twice], rounding, out isRounded);
        }

        isLoose = !isRounded;
        if (estimate is not { } frequency || !(frequency is > 0 and <= HighestFrequencyHz))
        {
            throw new SamplingFrequencyMissingException(
                $"{_path}: the times of the first {instants.Count} rows fit no sampling frequency, and none was given"
                + $"; expected equal steps, at most {HighestFrequencyHz} per second.");
        }

        return frequency;
    }

    /// <summary>Refuses a given frequency that contradicts the times; a small difference is allowed, as the times may be inexact.</summary>
    private void RefuseOther(double given, List<CsvInstant> instants, CsvTimeRounding rounding)
    {
        if (CsvFrequency.Estimate(instants, rounding, out _) is { } measured && Math.Abs((measured / given) - 1) > GivenTolerance)
            throw new InvalidDataException($"{_path}: its times have {measured} Hz; {given} Hz is given.");
    }

    /// <summary>
    /// Returns the longest step without a jump, in samples: longer than rounding makes a step, shorter than one over a missing sample.
    /// </summary>
    private static double LongestStep(List<CsvInstant> instants, CsvTimeRounding rounding, double frequency)
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
}
