using System.Collections.Concurrent;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Neural;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Evaluation.Records.Noise;

/// <summary>Noise of a record of the MIT-BIH Noise Stress Test Database, added to leads at a stated signal-to-noise ratio.</summary>
/// <remarks>
/// Only the second half of the record is used, 15 minutes of each of two channels, and resampled to the frequency of a lead by itself: the
/// first half may augment training. In a lead that is longer, or where it begins late, the noise repeats from the start of that half; the
/// first sample of a repetition continues the last one's level, as in <c>nst</c>. Over the observed samples of a lead its mean is 0, so
/// that the lead's level stays.
/// <para>Source of the data: Moody, Muldrow and Mark 1984, doi:10.13026/C2HS3T. Safe for concurrent calls.</para>
/// </remarks>
internal sealed class NoiseSource
{
    private readonly double[][] _channels;
    private readonly double _samplingFrequencyHz;
    private readonly ConcurrentDictionary<(int Channel, double Hz), Lazy<(double[] Noise, double Level)>> _resampled = new();

    private NoiseSource(NoiseKind kind, double[][] channels, double samplingFrequencyHz)
    {
        Kind = kind;
        _channels = channels;
        _samplingFrequencyHz = samplingFrequencyHz;
    }

    /// <summary>What disturbs.</summary>
    public NoiseKind Kind { get; }

    /// <summary>Number of channels.</summary>
    public int Channels => _channels.Length;

    /// <summary>Duration of the noise before it repeats, in seconds.</summary>
    public double DurationSeconds => _channels[0].Length / _samplingFrequencyHz;

    /// <summary>Reads the second half of a record of noise.</summary>
    /// <param name="folder">The folder of the database.</param>
    /// <param name="kind">The noise.</param>
    /// <exception cref="FileNotFoundException">The record does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or samples are missing.</exception>
    public static NoiseSource Open(string folder, NoiseKind kind)
    {
        var path = Path.Combine(folder, NoiseKinds.NameOf(kind));
        using var record = RecordFormats.Open(path, new WfdbReadOptions());
        return new NoiseSource(kind, [.. record.Leads.Select(lead => SecondHalf(lead, path))], record.SamplingFrequencyHz);
    }

    /// <summary>Draws the time at which the noise of a record begins, in seconds from the start of the half.</summary>
    /// <param name="seed">The seed of all records.</param>
    /// <param name="record">Name of the record.</param>
    public double StartOf(int seed, string record)
    {
        var random = record.Aggregate(new SeededRandom((ulong)seed), (random, letter) => random.Fork(letter));
        return random.NextDouble() * DurationSeconds;
    }

    /// <summary>Adds noise to a lead.</summary>
    /// <param name="milliVolts">The lead, [N]; NaN = missing, and stays it.</param>
    /// <param name="samplingFrequencyHz">Its samples per second.</param>
    /// <param name="rPeaks">Samples of its R peaks, from which the power of the signal is measured.</param>
    /// <param name="decibels">The signal-to-noise ratio in dB, see <see cref="SignalToNoise"/>; of the noise as it is added.</param>
    /// <param name="channel">Number of the lead: leads take the channels in turn, as in <c>nst</c>.</param>
    /// <param name="startSeconds">When the noise begins, 0 to <see cref="DurationSeconds"/>.</param>
    /// <returns>The noisy lead, [N].</returns>
    /// <exception cref="InvalidDataException">No QRS complex is observed as a whole.</exception>
    public float[] AddTo(
        float[] milliVolts, double samplingFrequencyHz, IEnumerable<int> rPeaks, double decibels, int channel, double startSeconds)
    {
        var amplitude = SignalToNoise.QrsAmplitude(milliVolts, samplingFrequencyHz, rPeaks);
        if (double.IsNaN(amplitude))
            throw new InvalidDataException("No QRS complex of the lead is observed as a whole; expected some to measure the signal by.");
        var (noise, level) = At(channel % Channels, samplingFrequencyHz);
        var gain = SignalToNoise.Gain(amplitude, level, decibels);
        var added = Repeat(noise, (int)(startSeconds * samplingFrequencyHz) % noise.Length, milliVolts.Length);
        var mean = added.Where((_, t) => !float.IsNaN(milliVolts[t])).Average();
        return [.. milliVolts.Select((value, t) => (float)(value + (gain * (added[t] - mean))))];
    }

    private (double[] Noise, double Level) At(int channel, double samplingFrequencyHz) =>
        _resampled.GetOrAdd((channel, samplingFrequencyHz), _ => new(() =>
        {
            var noise = new Resampler(_samplingFrequencyHz, samplingFrequencyHz).Resample(_channels[channel]);
            return (noise, SignalToNoise.NoiseLevel(noise, samplingFrequencyHz));
        })).Value;

    private static double[] Repeat(double[] noise, int start, int count)
    {
        var repeated = new double[count];
        var (at, offset) = (start, 0.0);
        for (var t = 0; t < count; t++)
        {
            repeated[t] = noise[at] + offset;
            if (++at < noise.Length)
                continue;
            (at, offset) = (0, offset + noise[^1] - noise[0]);
        }

        return repeated;
    }

    private static double[] SecondHalf(EcgLead lead, string path)
    {
        var start = lead.SampleCount / 2;
        var noise = new double[lead.SampleCount - start];
        lead.ReadPhysicalValues(start, noise);
        return noise.Contains(double.NaN)
            ? throw new InvalidDataException($"Lead {lead.Name} of {path} has missing samples; expected noise without gaps.")
            : noise;
    }
}
