using System.Collections.Concurrent;
using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>A lead at about 120 Hz, in which similar contexts are searched; they are compared and used at the lead's own rate.</summary>
/// <remarks>
/// Sample i is the mean of the lead's samples [i·<see cref="Step"/>, (i + 1)·<see cref="Step"/>), and missing if one of them is. So
/// nothing under a gap reaches a sample beside it, and up to step − 1 observed samples beside a gap are left out of the search, but of
/// nothing else.
/// </remarks>
internal sealed class SearchSignal
{
    /// <summary>The frequency to come near to: a QRS complex has ten samples.</summary>
    public const double NominalFrequencyHz = 120;

    private readonly ConcurrentDictionary<ContextShape, ContextSums> _sums = [];

    /// <summary>Brings a lead to the search's rate.</summary>
    public SearchSignal(LeadSignal lead)
    {
        Step = Math.Max(1, (int)Math.Round(lead.SamplingFrequencyHz / NominalFrequencyHz, MidpointRounding.AwayFromZero));
        FrequencyHz = lead.SamplingFrequencyHz / Step;
        Length = lead.Length / Step;
        Samples = new float[Length];
        Decimate(lead.Samples, Samples, Step);
        Missing = MissingRuns.Of<float>(Samples);
        IsMissing = Array.ConvertAll(Samples, float.IsNaN);
        RemoveMean(Samples);
        Squares = Array.ConvertAll(Samples, sample => sample * sample);
    }

    /// <summary>Samples of the lead in one sample of the search.</summary>
    public int Step { get; }

    /// <summary>Samples per second.</summary>
    public double FrequencyHz { get; }

    /// <summary>Number of samples.</summary>
    public int Length { get; }

    /// <summary>[<see cref="Length"/>], about 0; 0 where missing.</summary>
    public float[] Samples { get; }

    /// <summary>[<see cref="Length"/>]; the squares of <see cref="Samples"/>.</summary>
    public float[] Squares { get; }

    /// <summary>[<see cref="Length"/>].</summary>
    public bool[] IsMissing { get; }

    /// <summary>The runs of missing samples, in order.</summary>
    public IReadOnlyList<SampleSpan> Missing { get; }

    /// <summary>Returns the weighted sums of every context of a shape, computed at the first call.</summary>
    public ContextSums Sums(ContextShape shape) => _sums.GetOrAdd(shape, shape => ContextSums.Of(this, shape));

    /// <summary>Sums over any span, computed at the first call.</summary>
    public RunningSums Running => field ??= new RunningSums(this);

    /// <summary>Returns every sample of the search that a sample of a span of the lead lies in.</summary>
    public SampleSpan Cover(SampleSpan span) => new(span.Start / Step, (span.End + Step - 1) / Step);

    /// <summary>Returns the samples of the search that lie within a window of the lead.</summary>
    public SampleSpan Within(SampleSpan window) =>
        new SampleSpan(window.Start / Step, window.End / Step).Intersect(new SampleSpan(0, Length));

    private static void Decimate(ReadOnlySpan<float> samples, Span<float> destination, int step)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var sum = 0.0;
            foreach (var sample in samples.Slice(i * step, step))
                sum += sample;
            destination[i] = (float)(sum / step);
        }
    }

    // Distances are differences of large sums: an offset would cost their digits.
    private static void RemoveMean(Span<float> samples)
    {
        var mean = ObservedMean.Of(samples);
        foreach (ref var sample in samples)
            sample = float.IsNaN(sample) ? 0 : (float)(sample - mean);
    }
}
