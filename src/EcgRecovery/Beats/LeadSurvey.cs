using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Beats;

/// <summary>What was measured in one stretch of a lead.</summary>
/// <param name="Quality">Its quality; null where there is too little signal to decide.</param>
/// <param name="Level">Median of the highest humps of each second.</param>
/// <param name="Contrast">How far they stand out of the rest: 1 − the median height / <paramref name="Level"/>; 0 without signal.</param>
internal readonly record struct LeadStretch(LeadQuality? Quality, double Level, double Contrast);

/// <summary>What the search for R peaks in several leads has to know of each: measured stretch by stretch, read once by windows.</summary>
internal sealed class LeadSurvey
{
    /// <summary>Length of the stretches whose quality is measured.</summary>
    public const double StretchSeconds = 10;

    /// <summary>Length of the stretches in which fibrillation is looked for.</summary>
    public const double RhythmSeconds = 5;

    private const double MinimumFlatSeconds = 1;
    private const double MinimumMissingSeconds = 0.1;

    private LeadSurvey(EcgLead lead)
    {
        Lead = lead;
        Grid = new StretchGrid(lead.SampleCount, lead.SamplingFrequencyHz, StretchSeconds);
        RhythmGrid = new StretchGrid(lead.SampleCount, lead.SamplingFrequencyHz, RhythmSeconds);
        Stretches = new LeadStretch[Grid.Count];
        IsFibrillation = new bool?[RhythmGrid.Count];
    }

    /// <summary>The lead.</summary>
    public EcgLead Lead { get; }

    /// <summary>The division into stretches of <see cref="StretchSeconds"/>.</summary>
    public StretchGrid Grid { get; }

    /// <summary>The division into stretches of <see cref="RhythmSeconds"/>.</summary>
    public StretchGrid RhythmGrid { get; }

    /// <summary>[stretches of <see cref="Grid"/>].</summary>
    public LeadStretch[] Stretches { get; }

    /// <summary>[stretches of <see cref="RhythmGrid"/>]; null where it is not known.</summary>
    public bool?[] IsFibrillation { get; }

    /// <summary>All spikes, in order.</summary>
    public List<SampleSpan> Spikes { get; private set; } = [];

    /// <summary>The spikes that are not a pacemaker's, in order.</summary>
    public List<SampleSpan> Disturbing { get; private set; } = [];

    /// <summary>Where the lead is constant for a second or more, in order.</summary>
    public IReadOnlyList<SampleSpan> Flat { get; private set; } = [];

    /// <summary>Where it is constant or missing, so that it says nothing of beats, in order.</summary>
    public IReadOnlyList<SampleSpan> Silent { get; private set; } = [];

    /// <summary>Typical height of a beat's hump; 0 where the lead is constant or missing from end to end.</summary>
    public double Level { get; private set; }

    /// <summary>Mean quality, noise counted as 0; 0 where it is known of no stretch.</summary>
    public double Quality { get; private set; }

    /// <summary>Measures a lead.</summary>
    /// <param name="lead">The lead, of a frequency that <see cref="RPeakDetector"/> takes.</param>
    /// <param name="windowLength">Samples in memory while spikes are looked for.</param>
    /// <param name="options">The constants of the detector.</param>
    /// <param name="cancellationToken">Checked once per stretch.</param>
    public static LeadSurvey Of(EcgLead lead, int windowLength, RPeakDetectorOptions options, CancellationToken cancellationToken)
    {
        var survey = new LeadSurvey(lead);
        var values = new WindowedValues(new LeadWindow(lead, windowLength, cancellationToken));
        survey.Spikes = LeadSpikes.Find(values, lead.SamplingFrequencyHz);
        survey.Disturbing = LeadSpikes.Disturbing(values, survey.Spikes, lead.SamplingFrequencyHz, options);
        survey.Measure(values, options, cancellationToken);
        return survey;
    }

    private void Measure(WindowedValues values, RPeakDetectorOptions options, CancellationToken cancellationToken)
    {
        var filter = new HumpFilter(Lead.SamplingFrequencyHz, options);
        var reader = new BridgedReader();
        var clean = new ValuesWithoutSpikes<WindowedValues>(values, Disturbing);
        var flat = new SilentRuns((long)(MinimumFlatSeconds * Lead.SamplingFrequencyHz), before: 1);
        var missing = new SilentRuns((long)(MinimumMissingSeconds * Lead.SamplingFrequencyHz), before: 0);
        for (var stretch = 0; stretch < Grid.Count; stretch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var span = Grid[stretch];
            var samples = new float[span.Length];
            var heights = new double[span.Length];
            for (var t = span.Start; t < span.End; t++)
            {
                var value = values[t];
                missing.Add(t, !float.IsFinite(value));
                flat.Add(t, t > 0 && value == values[t - 1]);
                samples[t - span.Start] = value;
                heights[t - span.Start] = filter.Next(reader.Next(clean));
            }

            BridgeSpikes(samples, span);
            var quality = SignalQuality.Of(samples, Lead.SamplingFrequencyHz);
            Stretches[stretch] = Summarise(quality, heights, Lead.SamplingFrequencyHz);
            MeasureRhythm(samples, span);
        }

        Flat = flat.Spans(Lead.SampleCount);
        Silent = SampleSpan.Merge([.. Flat, .. missing.Spans(Lead.SampleCount)]);
        Level = Median(Stretches.Where(stretch => stretch.Quality is { IsNoise: false }).Select(stretch => stretch.Level));
        if (Level == 0)
            Level = Median(Stretches.Select(stretch => stretch.Level));
        Quality = Stretches.Where(stretch => stretch.Quality is not null).Select(stretch => Usable(stretch.Quality!.Value))
            .DefaultIfEmpty(0).Average();
    }

    /// <summary>Returns the quality as one number, 0 in noise.</summary>
    public static double Usable(LeadQuality quality) => quality.IsNoise ? 0 : quality.Value;

    private void BridgeSpikes(float[] samples, SampleSpan span)
    {
        var first = OrderedSearch.CountWhile(Disturbing.Count, i => Disturbing[i].End <= span.Start);
        for (var i = first; i < Disturbing.Count && Disturbing[i].Start < span.End; i++)
        {
            var spike = Disturbing[i].Intersect(span).Shift(-span.Start);
            MissingRuns.Line<float>(samples, spike, samples.AsSpan(spike.ToRange()));
        }
    }

    // A stretch of quality holds whole stretches of rhythm.
    private void MeasureRhythm(ReadOnlySpan<float> samples, SampleSpan span)
    {
        for (var i = RhythmGrid.StretchOf(span.Start); i < RhythmGrid.Count && RhythmGrid[i].Start < span.End; i++)
        {
            var part = RhythmGrid[i].Intersect(span).Shift(-span.Start);
            IsFibrillation[i] = VentricularFibrillation.IsIn(samples[part.ToRange()], Lead.SamplingFrequencyHz);
        }
    }

    private static LeadStretch Summarise(LeadQuality? quality, double[] heights, double samplingFrequencyHz)
    {
        var second = (int)samplingFrequencyHz;
        var highest = new List<double>();
        for (var start = 0; start == 0 || start + second <= heights.Length; start += second)
            highest.Add(heights.Skip(start).Take(second).DefaultIfEmpty(0).Max());
        var level = Median(highest);
        return new LeadStretch(quality, level, level > 0 ? Math.Max(0, 1 - (Median(heights) / level)) : 0);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        return sorted.Length == 0 ? 0 : sorted.Length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    }

    /// <summary>Collects runs of samples for which a condition holds, at least as long as a minimum.</summary>
    /// <param name="minimumLength">In samples.</param>
    /// <param name="before">Samples that belong to a run before its first: a constant begins one before its first repetition.</param>
    private sealed class SilentRuns(long minimumLength, long before)
    {
        private readonly List<SampleSpan> _spans = [];
        private long _start = -1;

        public void Add(long sample, bool holds)
        {
            if (holds && _start < 0)
                _start = sample - before;
            if (holds || _start < 0)
                return;
            Close(sample);
        }

        public List<SampleSpan> Spans(long end)
        {
            if (_start >= 0)
                Close(end);
            return _spans;
        }

        private void Close(long end)
        {
            if (end - _start >= minimumLength)
                _spans.Add(new SampleSpan(_start, end));
            _start = -1;
        }
    }
}
