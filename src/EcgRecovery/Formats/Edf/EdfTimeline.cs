using System.Globalization;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Edf;

/// <summary>The times of a file's data records, as runs of records without a gap.</summary>
/// <remarks>Onsets are exact decimal numbers; a lead's samples are placed at the nearest samples of its own frequency.</remarks>
internal sealed class EdfTimeline
{
    /// <summary>The longest recording: 400 days. Missing samples need no memory, but reading them takes time.</summary>
    public const decimal LongestSeconds = 400m * 86400;

    /// <summary>The highest sampling frequency: 10 MHz. It keeps every number of samples far from the limit of a long.</summary>
    public const decimal FastestHz = 1e7m;

    /// <summary>The largest number of samples of a lead, with time gaps: 2³², 400 days at 124 Hz or 50 days at 1,000 Hz.</summary>
    public const long MaximumSamples = 1L << 32;

    // The largest number of samples in the time gaps of all leads: a few bytes of onsets can claim them, but reading them takes time.
    private const long MaximumUnrecordedSamples = 1L << 34;

    // The runs are kept in memory, with one start per lead; no recording has more time gaps.
    private const int MaximumStarts = 4_000_000;

    private readonly EdfFile _file;
    private readonly EdfHeader _header;
    private readonly List<(long Record, decimal Onset)> _runs = [];
    private decimal _last;
    private long _unrecordedSamples;
    private long _unkept, _jumps;
    private decimal _largestJump;

    public EdfTimeline(EdfFile file, EdfHeader header)
    {
        _file = file;
        _header = header;
        if (header.RecordSeconds > LongestSeconds || header.RecordCount * header.RecordSeconds > LongestSeconds)
        {
            throw new InvalidDataException(
                $"{file.Path}: {header.RecordCount} data records of {EdfTal.Seconds(header.RecordSeconds)} s; expected at most 400 days.");
        }

        var fastest = FastestHz * header.RecordSeconds;
        if (header.Signals.FirstOrDefault(signal => !signal.HoldsAnnotations && signal.SamplesPerRecord > fastest) is { } fast)
        {
            throw new InvalidDataException(
                $"{file.Path}: signal \"{InputFile.Shorten(fast.Label)}\" has {fast.SamplesPerRecord} samples "
                + $"in {header.RecordSeconds.ToString("G6", CultureInfo.InvariantCulture)} s; expected at most {FastestHz} a second.");
        }

        _runs.Add((0, 0));
    }

    /// <summary>Seconds from the header's start time to the first data record.</summary>
    public decimal Start { get; private set; }

    /// <summary>Adds the onset of a data record; called for every record in order.</summary>
    /// <exception cref="InvalidDataException">A discontinuous file has no onset, or an impossible one.</exception>
    public void KeepTime(long record, decimal? onset)
    {
        var follows = _last + _header.RecordSeconds;
        if (onset is not { } stated)
        {
            if (_header.Continuity == EdfContinuity.Discontinuous)
            {
                throw new InvalidDataException(
                    $"{_file.Path}: data record {record} has no onset; in {_header.Kind.Name}+D each must have one.");
            }

            _unkept++;
            _last = record == 0 ? 0 : follows;
        }
        else if (record == 0)
        {
            Start = _last = stated;
            if (decimal.Abs(stated) > LongestSeconds)
            {
                throw new InvalidDataException(
                    $"{_file.Path}: data record 0 begins {EdfTal.Seconds(stated)} s after the header's start time; "
                    + "expected less than 1 s.");
            }

            _runs[0] = (0, stated);
        }
        else if (_header.RecordSeconds == 0)
        {
            // A file of annotations only, whose onsets do not depend on data records.
            _last = stated;
        }
        else if (_header.Continuity == EdfContinuity.Discontinuous)
        {
            Place(record, stated, follows);
        }
        else
        {
            // The header states that records have no gaps, and they are read so; a contradicting onset is reported.
            var jump = decimal.Abs(stated - (Start + (record * _header.RecordSeconds)));
            _jumps += jump > 0.001m ? 1 : 0;
            _largestJump = Math.Max(_largestJump, jump);
            _last = stated;
        }
    }

    /// <summary>Adds remarks on contradictions to the format.</summary>
    public void Remark(List<string> remarks)
    {
        if (_unkept > 0)
        {
            remarks.Add(
                $"{_unkept} of {_header.RecordCount} data records have no onset; each is taken to follow the one before.");
        }

        if (_jumps > 0)
        {
            remarks.Add(
                $"By the header, data records follow each other; {_jumps} of them have other onsets, "
                + $"by up to {EdfTal.Seconds(_largestJump)} s. They are read as the header states.");
        }
    }

    /// <summary>Computes the runs of a lead's samples.</summary>
    /// <param name="samplesPerRecord">Samples of the lead in each data record.</param>
    /// <param name="sampleRuns">Receives, in order, each run's first data record and its first sample.</param>
    /// <param name="shift">The largest difference, in seconds, of samples from the times of their records.</param>
    /// <returns>Number of samples to the end of the last data record, missing ones included.</returns>
    /// <exception cref="InvalidDataException">There are too many samples, or a record begins more than a record too early.</exception>
    public long Lay(int samplesPerRecord, List<(long Record, long Sample)> sampleRuns, out decimal shift)
    {
        shift = 0;
        var end = 0L;
        for (var i = 0; i < _runs.Count; i++)
        {
            var (record, onset) = _runs[i];
            var exact = (onset - Start) * samplesPerRecord / _header.RecordSeconds;
            // If records overlap, the later one is delayed, so that no sample is lost.
            var sample = Math.Max(end, (long)Math.Round(exact, MidpointRounding.AwayFromZero));
            shift = Math.Max(shift, decimal.Abs(sample - exact) * _header.RecordSeconds / samplesPerRecord);
            if (shift >= _header.RecordSeconds && sample - exact > 1)
            {
                throw new InvalidDataException(
                    $"{_file.Path}: data record {record} begins at {EdfTal.Seconds(onset)} s, "
                    + $"{EdfTal.Seconds(shift)} s before the record before it ends; "
                    + $"expected less than a record's {EdfTal.Seconds(_header.RecordSeconds)} s.");
            }

            var next = i + 1 < _runs.Count ? _runs[i + 1].Record : _header.RecordCount;
            if (sampleRuns.Count == 0 || sample > end)
                sampleRuns.Add((record, sample));
            end = sample + ((next - record) * samplesPerRecord);
        }

        Check(end, end - (_header.RecordCount * samplesPerRecord));
        return end;
    }

    private void Check(long samples, long unrecorded)
    {
        _unrecordedSamples += unrecorded;
        if (samples > MaximumSamples)
        {
            throw new InvalidDataException(
                $"{_file.Path}: by the times of its data records, a lead has {samples} samples; expected at most {MaximumSamples}.");
        }

        if (_unrecordedSamples > MaximumUnrecordedSamples)
        {
            throw new InvalidDataException(
                $"{_file.Path}: the time gaps of its leads have {_unrecordedSamples} samples; "
                + $"expected at most {MaximumUnrecordedSamples}.");
        }
    }

    private void Place(long record, decimal stated, decimal follows)
    {
        if (stated <= _last)
        {
            throw new InvalidDataException(
                $"{_file.Path}: data record {record} begins at {EdfTal.Seconds(stated)} s, the one before it at {EdfTal.Seconds(_last)} s; "
                + "expected a later time.");
        }

        if (stated - Start > LongestSeconds)
        {
            throw new InvalidDataException(
                $"{_file.Path}: data record {record} begins {EdfTal.Seconds(stated - Start)} s after the first; "
                + "expected at most 400 days.");
        }

        if (stated != follows)
        {
            if (_runs.Count * (long)_header.Signals.Count >= MaximumStarts)
            {
                throw new InvalidDataException(
                    $"{_file.Path} has more than {_runs.Count} time gaps for {_header.Signals.Count} signals; expected fewer.");
            }

            _runs.Add((record, stated));
        }

        _last = stated;
    }
}
