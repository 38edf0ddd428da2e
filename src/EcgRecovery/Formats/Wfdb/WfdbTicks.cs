using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Converts annotation times from ticks to samples and back.</summary>
internal static class WfdbTicks
{
    // More decimals would be inexact in products of frequencies; 10⁷ ticks per second is the resolution of .NET's clock.
    private const int MaximumDecimals = 7;

    /// <summary>Converts an annotation in ticks to the nearest sample; halves away from 0, as in WFDB.</summary>
    /// <exception cref="InvalidDataException">The sample number is too large.</exception>
    public static Annotation ToSamples(Annotation annotation, double ticksPerSecond, double samplingFrequencyHz)
    {
        var sample = Math.Round(annotation.Sample * samplingFrequencyHz / ticksPerSecond, MidpointRounding.AwayFromZero);
        if (!(Math.Abs(sample) < long.MaxValue / 2))
        {
            throw new InvalidDataException(
                $"Annotation at {annotation.Sample} of {ticksPerSecond} ticks a second lies at no sample of {samplingFrequencyHz} Hz "
                + "that can be counted.");
        }

        return annotation with
        {
            Sample = (long)sample,
            OnsetSeconds = sample * ticksPerSecond == annotation.Sample * samplingFrequencyHz || ticksPerSecond is < 1e-9 or > 1e9
                ? null
                : annotation.Sample / (decimal)ticksPerSecond,
        };
    }

    /// <summary>Returns a record's annotations for an annotation file, in samples or, if these are inexact, in ticks.</summary>
    /// <param name="record">The record.</param>
    /// <param name="frameFrequencyHz">The frequency of the header.</param>
    /// <param name="lost">Receives a sentence if annotations are dropped or times are rounded.</param>
    public static WfdbAnnotationFile FromRecord(EcgRecord record, double frameFrequencyHz, List<string> lost)
    {
        Annotation[] annotations =
            [.. record.Annotations.Where(annotation => annotation.Sample >= 0 && annotation.OnsetSeconds is null or >= 0)];
        if (annotations.Length < record.Annotations.Count)
        {
            lost.Add(
                $"{record.Annotations.Count - annotations.Length} annotations lie before the first sample, where WFDB has none; "
                + "they are left out.");
        }

        double? ticks = null;
        foreach (var resolution in Resolutions(record.SamplingFrequencyHz))
        {
            if (annotations.All(annotation => Exact(annotation, record, resolution) is not null))
            {
                ticks = resolution;
                break;
            }
        }

        if (ticks is null)
        {
            lost.Add("Times of annotations that lie between samples are rounded to the nearest sample.");
            ticks = record.SamplingFrequencyHz;
        }

        return new WfdbAnnotationFile
        {
            Annotations =
            [
                .. annotations.Select(annotation => annotation with
                {
                    Sample = Exact(annotation, record, ticks.Value) ?? annotation.Sample,
                    OnsetSeconds = null,
                    DurationSeconds = null,
                }),
            ],
            TicksPerSecond = ticks == frameFrequencyHz ? null : ticks,
            Definitions = record.AnnotationDefinitions,
        };
    }

    private static IEnumerable<double> Resolutions(double samplingFrequencyHz) =>
        Enumerable.Range(0, MaximumDecimals + 1).Select(decimals => Math.Pow(10, decimals)).Prepend(samplingFrequencyHz);

    // Returns the annotation's time in ticks, or null if it lies between two.
    private static long? Exact(Annotation annotation, EcgRecord record, double ticksPerSecond)
    {
        if (annotation.OnsetSeconds is null && ticksPerSecond == record.SamplingFrequencyHz)
            return annotation.Sample;
        try
        {
            var seconds = annotation.OnsetSeconds ?? annotation.Sample / (decimal)record.SamplingFrequencyHz;
            var ticks = seconds * (decimal)ticksPerSecond;
            // A time of n/f seconds that is no finite decimal fraction equals its tick except for the last digits.
            var nearest = decimal.Round(ticks);
            return Math.Abs(ticks - nearest) < 1e-12m && nearest >= 0 ? (long)nearest : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
