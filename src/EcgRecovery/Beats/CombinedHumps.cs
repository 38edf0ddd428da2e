namespace EcgRecovery.Beats;

/// <summary>The detection signals of several leads as one: their weighted geometric mean.</summary>
/// <remarks>
/// <code>
/// h(t) = exp(Σ wₖ·log(hₖ(t)/Lₖ + c) / Σ wₖ) − c,   c = 0.05
/// wₖ = qₖ¹⁶ · sₖ⁴
/// </code>
/// hₖ is a lead's detection signal (<see cref="HumpFilter"/>), Lₖ the typical height of its beats, qₖ its quality
/// (<see cref="LeadQuality.Value"/>, 0 in noise) and sₖ its contrast (<see cref="LeadStretch.Contrast"/>) in a stretch of 10 s; between the
/// middles of two stretches the weights are on a straight line. A lead has no weight where it is constant or missing. In a mean of
/// logarithms a hump has to be high in most of the leads: a T wave or noise of one lead is not. Weights by quality are those of
/// Li, Mark and Clifford 2008 (doi:10.1088/0967-3334/29/1/002) in kind; the powers, c and the mean were chosen as docs/r-peaks.md tells.
/// </remarks>
internal sealed class CombinedHumps : IHumpSource
{
    private const double QualityPower = 16;
    private const double ContrastPower = 4;
    private const double Floor = 0.05;

    private readonly Part[] _parts;
    private readonly double[] _weights;
    private readonly long _delay;
    private long _position;

    /// <param name="leads">The leads, all of one sampling frequency and length.</param>
    /// <param name="windowLength">Samples of each lead in memory.</param>
    /// <param name="options">The constants of the detector.</param>
    /// <param name="cancellationToken">Checked once per window.</param>
    public CombinedHumps(
        IReadOnlyList<LeadSurvey> leads, int windowLength, RPeakDetectorOptions options, CancellationToken cancellationToken)
    {
        _parts = [.. leads.Select(lead => new Part(lead, windowLength, options, cancellationToken))];
        _weights = new double[_parts.Length];
        _delay = HumpFilter.Samples(HumpFilter.DelaySeconds, leads[0].Lead.SamplingFrequencyHz);
    }

    /// <inheritdoc/>
    /// <remarks>A sample is missing if it is in all leads.</remarks>
    public long MissingSoFar { get; private set; }

    /// <summary>Returns the weight of a lead in a stretch.</summary>
    public static double Weight(LeadSurvey lead, int stretch)
    {
        var (quality, _, contrast) = lead.Stretches[stretch];
        // Where the quality is not known, it is taken for that of the rest; in a recording too short for any, the contrast decides.
        var value = quality is { } known ? LeadSurvey.Usable(known) : lead.Quality;
        if (quality is null && Array.TrueForAll(lead.Stretches, other => other.Quality is null))
            value = 1;
        return lead.Level > 0 ? Math.Pow(value, QualityPower) * Math.Pow(contrast, ContrastPower) : 0;
    }

    /// <inheritdoc/>
    public double Next()
    {
        var isMissing = true;
        var sum = 0d;
        for (var k = 0; k < _parts.Length; k++)
        {
            isMissing &= !_parts[k].Next();
            _weights[k] = _parts[k].WeightAt(_position - _delay);
            sum += _weights[k];
        }

        MissingSoFar += isMissing ? 1 : 0;
        _position++;
        // Where no lead is usable, all count alike: a beat in noise is better guessed than left out, and the stretch is reported.
        if (sum <= 0)
        {
            for (var k = 0; k < _parts.Length; k++)
                sum += _weights[k] = _parts[k].Level > 0 ? 1 : 0;
        }

        return sum > 0 ? Mean(sum) : 0;
    }

    /// <inheritdoc/>
    public double Steepest()
    {
        double steepest = 0, sum = 0;
        for (var k = 0; k < _parts.Length; k++)
        {
            if (_weights[k] <= 0)
                continue;
            steepest += _weights[k] * _parts[k].Steepest() / _parts[k].Level;
            sum += _weights[k];
        }

        return sum > 0 ? steepest / sum : 0;
    }

    private double Mean(double sum)
    {
        var logarithm = 0d;
        for (var k = 0; k < _parts.Length; k++)
        {
            if (_weights[k] > 0)
                logarithm += _weights[k] / sum * Math.Log((_parts[k].Height / _parts[k].Level) + Floor);
        }

        return Math.Max(0, Math.Exp(logarithm) - Floor);
    }

    /// <summary>One lead.</summary>
    private sealed class Part(LeadSurvey survey, int windowLength, RPeakDetectorOptions options, CancellationToken cancellationToken)
    {
        private readonly WindowedValues _values = new(new LeadWindow(survey.Lead, windowLength, cancellationToken));
        private readonly BridgedReader _reader = new();
        private readonly HumpFilter _filter = new(survey.Lead.SamplingFrequencyHz, options);
        private readonly double[] _weights = [.. Enumerable.Range(0, survey.Grid.Count).Select(stretch => Weight(survey, stretch))];
        private readonly double _stretchSamples = LeadSurvey.StretchSeconds * survey.Lead.SamplingFrequencyHz;
        private int _silent;

        public double Level => survey.Level;

        public double Height => _filter.Height;

        public double Steepest() => _filter.Steepest();

        /// <summary>Moves to the next sample; returns whether it was observed.</summary>
        public bool Next()
        {
            var missing = _reader.MissingSoFar;
            _filter.Next(_reader.Next(new ValuesWithoutSpikes<WindowedValues>(_values, survey.Disturbing)));
            return _reader.MissingSoFar == missing;
        }

        /// <summary>Returns the weight at a sample; the samples ascend.</summary>
        public double WeightAt(long sample)
        {
            while (_silent < survey.Silent.Count && survey.Silent[_silent].End <= sample)
                _silent++;
            if (_silent < survey.Silent.Count && survey.Silent[_silent].Contains(sample))
                return 0;
            var position = Math.Clamp((sample / _stretchSamples) - 0.5, 0, _weights.Length - 1);
            var stretch = Math.Min((int)position, Math.Max(0, _weights.Length - 2));
            var next = Math.Min(stretch + 1, _weights.Length - 1);
            return _weights[stretch] + ((position - stretch) * (_weights[next] - _weights[stretch]));
        }
    }
}
