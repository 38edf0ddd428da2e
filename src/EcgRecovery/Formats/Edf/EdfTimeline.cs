using System.Globalization;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Edf;

/// <summary>Where the data records of a file lie in time, as runs of records that follow each other.</summary>
/// <remarks>Onsets are exact decimal numbers; a lead's samples lie at the nearest samples of its own frequency.</remarks>
internal sealed class EdfTimeline
{
    /// <summary>A recording does not span more: 400 days. Missing samples cost no memory, but somebody will read them.</summary>
    public const decimal LongestSeconds = 400m * 86400;

    /// <summary>No recorder is faster: 10 MHz. It keeps every count of samples far from the end of a long.</summary>
    public const decimal FastestHz = 1e7m;

    /// <summary>A lead does not have more samples, time gaps counted: 2³², 400 days at 124 Hz or 50 days at 1,000 Hz.</summary>
    public const long MaximumSamples = 1L << 32;

    // Of all leads, the samples that the file does not hold: what a few bytes of onsets claim, somebody will read.
    private const long MaximumUnrecordedSamples = 1L << 34;

    // Runs are kept in memory, one start per lead; a file of more time gaps was not recorded.
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
                $"{file.Path}: {header.RecordCount} data records of {Seconds(header.RecordSeconds)} s; expected at most 400 days.");
        }

        if (header.Signals.FirstOrDefault(signal => !signal.HoldsAnnotations && signal.SamplesPerRecord > FastestHz * header.RecordSeconds) is { } fast)
        {
            throw new InvalidDataException(
                $"{file.Path}: signal \"{InputFile.Shorten(fast.Label)}\" has {fast.SamplesPerRecord} samples in {header.RecordSeconds.ToString("G6", CultureInfo.InvariantCulture)} s; expected at most {FastestHz} a second.");
        }

        _runs.Add((0, 0));
    }

    /// <summary>Seconds from the header's start time to the first data record.</summary>
    public decimal Start { get; private set; }

    /// <summary>Takes the time that a data record says; called for every record in turn.</summary>
    /// <exception cref="InvalidDataException">A discontinuous file does not say it, or says what cannot be.</exception>
    public void KeepTime(long record, decimal? onset)
    {
        var follows = _last + _header.RecordSeconds;
        if (onset is not { } stated)
        {
            if (_header.Continuity == EdfContinuity.Discontinuous)
                throw new InvalidDataException($"{_file.Path}: data record {record} does not say when it begins; in {_header.Kind.Name}+D each must.");
            _unkept++;
            _last = record == 0 ? 0 : follows;
        }
        else if (record == 0)
        {
            Start = _last = stated;
            if (decimal.Abs(stated) > LongestSeconds)
                throw new InvalidDataException($"{_file.Path}: data record 0 begins {Seconds(stated)} s after the header's start time"
                    + $"; expected less than 1 s.");
            _runs[0] = (0, stated);
        }
        else if (_header.RecordSeconds == 0)
        {
            // annotations only: their onsets need no data record's time
            _last = stated;
        }
        else if (_header.Continuity == EdfContinuity.Discontinuous)
        {
            Place(record, stated, follows);
        }
        else
        {
            // The header says that records follow each other, and so they are read; a file that contradicts itself is told of.
            var jump = decimal.Abs(stated - (Start + (record * _header.RecordSeconds)));
            _jumps += jump > 0.001m ? 1 : 0;
            _largestJump = Math.Max(_largestJump, jump);
            _last = stated;
        }
    }

    /// <summary>Says what was found that the format does not allow.</summary>
    public void Remark(List<string> remarks)
    {
        if (_unkept > 0)
            remarks.Add($"{_unkept} of {_header.RecordCount} data records do not say when they begin; each is taken to follow the one before.");
        if (_jumps > 0)
        {
            remarks.Add(
                $"The header says that data records follow each other; {_jumps} of them say another time, by up to {Seconds(_largestJump)} s. The header is believed.");
        }
    }

    /// <summary>The runs of a lead's samples.</summary>
    /// <param name="samplesPerRecord">Samples of the lead in each data record.</param>
    /// <param name="sampleRuns">Receives, in order, each run's first data record and its first sample.</param>
    /// <param name="shift">The most seconds by which samples lie beside the time that their record says.</param>
    /// <returns>How many samples there are, missing ones counted, to the end of the last data record.</returns>
    /// <exception cref="InvalidDataException">There are more than any recording has, or records overlap by more than one.</exception>
    public long Lay(int samplesPerRecord, List<(long Record, long Sample)> sampleRuns, out decimal shift)
    {
        shift = 0;
        var end = 0L;
        for (var i = 0; i < _runs.Count; i++)
        {
            var (record, onset) = _runs[i];
            var exact = (onset - Start) * samplesPerRecord / _header.RecordSeconds;
            // Where records overlap, the later one is moved back: no sample is lost.
            var sample = Math.Max(end, (long)Math.Round(exact, MidpointRounding.AwayFromZero));
            shift = Math.Max(shift, decimal.Abs(sample - exact) * _header.RecordSeconds / samplesPerRecord);
            if (shift >= _header.RecordSeconds && sample - exact > 1)
            {
                throw new InvalidDataException(
                    $"{_file.Path}: data record {record} begins at {Seconds(onset)} s, {Seconds(shift)} s before the record before it ends"
                        + $"; expected less than a record's {Seconds(_header.RecordSeconds)} s.");
            }

            var next = i + 1 < _runs.Count ? _runs[i + 1].Record : _header.RecordCount;
            if (sampleRuns.Count == 0 || sample > end)
                sampleRuns.Add((record, sample));
            end = sample + ((next - record) * samplesPerRecord);
        }

        RefuseEndless(end, end - (_header.RecordCount * samplesPerRecord));
        return end;
    }

    private void RefuseEndless(long samples, long unrecorded)
    {
        _unrecordedSamples += unrecorded;
        if (samples > MaximumSamples)
            throw new InvalidDataException($"{_file.Path}: by the times of its data records, a lead has {samples} samples; expected at most {MaximumSamples}.");
        if (_unrecordedSamples > MaximumUnrecordedSamples)
            throw new InvalidDataException($"{_file.Path}: the time gaps leave {_unrecordedSamples} samples of its leads out; expected at most {MaximumUnrecordedSamples}.");
    }

    private void Place(long record, decimal stated, decimal follows)
    {
        if (stated <= _last)
            throw new InvalidDataException($"{_file.Path}: data record {record} begins at {Seconds(stated)} s, the one before it at {Seconds(_last)} s"
                + $"; expected a later time.");
        if (stated - Start > LongestSeconds)
            throw new InvalidDataException($"{_file.Path}: data record {record} begins {Seconds(stated - Start)} s after the first"
                + $"; expected at most 400 days.");
        if (stated != follows)
        {
            if (_runs.Count * (long)_header.Signals.Count >= MaximumStarts)
                throw new InvalidDataException($"{_file.Path} has more than {_runs.Count} time gaps for {_header.Signals.Count} signals; expected fewer.");
            _runs.Add((record, stated));
        }

        _last = stated;
    }

    private static string Seconds(decimal seconds) => seconds.ToString("0.#######", CultureInfo.InvariantCulture);
}
