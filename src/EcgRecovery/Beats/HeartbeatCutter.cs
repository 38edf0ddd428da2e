using EcgRecovery.Records;

namespace EcgRecovery.Beats;

/// <summary>Cuts a recording into heartbeat rows, exactly as Kaggle's MIT-BIH heartbeat files were cut.</summary>
/// <remarks>
/// With t the times of <em>all</em> annotations, the record's length appended, every beat j but the record's last annotation gives
/// <code>
/// end = t[j+1] + ⌊0.2·(t[j+2] − t[j+1])⌋
/// s   = x[t[j]], x[t[j]+3], x[t[j]+6], … before end
/// row = float32((s − min s) / (max s − min s)), cut or zero-padded to 187
/// </code>
/// At 360 Hz every third sample is 120 Hz (not the 125 Hz that the data set's page states). There is no filter before the decimation, and
/// the row ends with the start of the next beat. The rule was found by exact matching; the official file's SHA-256 proves it.
/// </remarks>
internal static class HeartbeatCutter
{
    private const int Step = 3;
    private const double SamplingFrequencyHz = 360;
    private const double ShareOfNextInterval = 0.2;

    /// <summary>Cuts one lead of a record at its annotations.</summary>
    /// <param name="record">The record; cut in raw ADC units.</param>
    /// <param name="annotations">All of its annotations, non-beats included, in time order.</param>
    /// <param name="lead">The lead, counted from 0.</param>
    /// <returns>One row per beat, in time order, with its source.</returns>
    /// <exception cref="InvalidDataException">
    /// The record has no such lead or is not sampled at 360 Hz, or the annotations are outside it or not in time order.
    /// </exception>
    public static HeartbeatSet Cut(EcgRecord record, IReadOnlyList<Annotation> annotations, int lead = 0)
    {
        if (record.Leads.Count <= lead)
            throw new InvalidDataException($"Record {record.Name} has {record.Leads.Count} leads; expected at least {lead + 1}.");
        if (record.SamplingFrequencyHz != SamplingFrequencyHz)
        {
            throw new InvalidDataException(
                $"Record {record.Name} is sampled at {record.SamplingFrequencyHz} Hz; "
                + $"expected {SamplingFrequencyHz} Hz, of which every third sample is a row's.");
        }

        return Cut(record.Leads[lead].ToAdcUnits(), record.Name, annotations);
    }

    /// <summary>Cuts a signal at its annotations.</summary>
    /// <param name="signal">x, one lead at 360 Hz; any unit, as the rows are scaled to 0…1.</param>
    /// <param name="recordName">The record's name, for the rows' sources.</param>
    /// <param name="annotations">All annotations, non-beats included, in time order.</param>
    /// <returns>One row per beat, in time order, with its source.</returns>
    /// <exception cref="InvalidDataException">The annotations are outside the signal or not in time order.</exception>
    public static HeartbeatSet Cut(ReadOnlySpan<int> signal, string recordName, IReadOnlyList<Annotation> annotations)
    {
        var times = Times(annotations, signal.Length, recordName);
        var samples = new List<float>();
        var classes = new List<AamiClass>();
        var sources = new List<HeartbeatSource>();
        Span<float> row = stackalloc float[HeartbeatSet.BeatLength];
        for (var j = 0; j < annotations.Count - 1; j++)
        {
            if (BeatCode.ClassOf(annotations[j].Code) is not { } beatClass)
                continue;
            var end = times[j + 1] + (int)Math.Floor(ShareOfNextInterval * (times[j + 2] - times[j + 1]));
            CutRow(signal[times[j]..end], row);
            samples.AddRange(row);
            classes.Add(beatClass);
            sources.Add(new HeartbeatSource(recordName, times[j], annotations[j].Symbol));
        }

        return new HeartbeatSet([.. samples], [.. classes], [.. sources]);
    }

    private static int[] Times(IReadOnlyList<Annotation> annotations, int signalLength, string recordName)
    {
        var times = new int[annotations.Count + 1];
        for (var j = 0; j < annotations.Count; j++)
        {
            var sample = annotations[j].Sample;
            if (sample >= signalLength || sample < (j > 0 ? times[j - 1] : 0))
            {
                throw new InvalidDataException(
                    $"Record {recordName}: annotation {j} at sample {sample} is out of order or beyond the {signalLength} samples.");
            }

            times[j] = (int)sample;
        }

        times[^1] = signalLength;
        return times;
    }

    /// <summary>Decimates a beat, scales it to 0…1, then cuts or pads it; a constant beat becomes zeros.</summary>
    private static void CutRow(ReadOnlySpan<int> beat, Span<float> row)
    {
        var minimum = int.MaxValue;
        var maximum = int.MinValue;
        for (var i = 0; i < beat.Length; i += Step)
        {
            minimum = Math.Min(minimum, beat[i]);
            maximum = Math.Max(maximum, beat[i]);
        }

        row.Clear();
        for (var i = 0; i < beat.Length && i / Step < row.Length; i += Step)
            row[i / Step] = maximum > minimum ? (float)((beat[i] - (double)minimum) / ((double)maximum - minimum)) : 0;
    }
}
