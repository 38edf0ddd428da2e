using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>Builds a lead from the segments of a record.</summary>
/// <param name="name">Name of the lead.</param>
/// <param name="firstLine">Its line in the layout or the first segment, used if no segment has samples of it.</param>
internal sealed class SegmentedLead(string name, WfdbSignalLine firstLine)
{
    // 400 days at 125 Hz, 50 days at 1,000 Hz. Null segments need no file, so nothing else limits their length.
    private const long MaximumSamples = 1L << 32;

    // For all leads of a record: twenty unconnected leads for 80 days at 125 Hz.
    private const long MaximumNullSamples = 1L << 34;

    private readonly List<LeadPart> _parts = [];
    private WfdbSignalLine _line = firstLine;

    /// <summary>Name of the lead.</summary>
    public string Name => name;

    /// <summary>Returns whether a segment's signal can be a part of the lead: unit and sampling frequency must be the same.</summary>
    public bool Accepts(WfdbSignalLine other) =>
        (_line.IsNull && _parts.Count == 0) || (other.SamplesPerFrame == _line.SamplesPerFrame && other.Unit == _line.Unit);

    /// <summary>Adds a segment's samples; called in the order of segments.</summary>
    /// <param name="startFrame">The segment's first frame.</param>
    /// <param name="samples">The segment's samples.</param>
    /// <param name="own">The line in the segment's header.</param>
    public void Add(long startFrame, ISamples<int> samples, WfdbSignalLine own)
    {
        if (samples.Count == 0)
            return;
        if (_parts.Count == 0)
            _line = own;
        _parts.Add(new LeadPart(startFrame * _line.SamplesPerFrame, samples, own));
    }

    /// <summary>Builds the lead.</summary>
    /// <param name="header">The name of the record's header in errors.</param>
    /// <param name="frames">Frames of the record.</param>
    /// <param name="frameFrequencyHz">Frames per second.</param>
    /// <param name="remarks">Receives a sentence for each decision.</param>
    /// <exception cref="InvalidDataException">The lead is longer than any recording.</exception>
    public EcgLead Build(string header, long frames, double frameFrequencyHz, List<string> remarks)
    {
        CheckLength(header, name, frames, _line.SamplesPerFrame);
        var count = frames * _line.SamplesPerFrame;
        var gains = _parts.Select(part => part.Line.Gain).Distinct().ToArray();
        var isUniform = gains.Length <= 1 && _parts.All(part => part.Line.AdcBaseline == _line.AdcBaseline);
        var commonGain = isUniform ? null : CommonGain(gains);
        if (!isUniform)
            remarks.Add(Remark(gains, commonGain));
        var hasOneRange = isUniform && _parts.All(part => part.Line.AdcRange == _line.AdcRange && part.Line.AdcZero == _line.AdcZero);
        var range = hasOneRange ? _line.AdcRange : null;
        return new EcgLead
        {
            Name = name,
            Unit = _line.Unit,
            Gain = isUniform ? _line.Gain : commonGain ?? 1,
            IsCalibrated = _parts.Count == 0 ? _line.IsCalibrated : _parts.All(part => part.Line.IsCalibrated),
            AdcBaseline = isUniform ? _line.AdcBaseline : 0,
            AdcZero = hasOneRange ? _line.AdcZero : 0,
            AdcMinimum = range?.Minimum,
            AdcMaximum = range?.Maximum,
            SamplingFrequencyHz = frameFrequencyHz * _line.SamplesPerFrame,
            MissingMark = MissingCause.Sentinel,
            AdcUnits = isUniform || commonGain is not null ? new SegmentedAdcUnits(_parts, count, commonGain) : null,
            PhysicalValues = isUniform || commonGain is not null ? null : new SegmentedPhysicalValues(_parts, count),
            UnrecordedSpans = [.. UnrecordedSpans(count)],
        };
    }

    /// <summary>Checks the length of a lead, parts of which may have no file.</summary>
    /// <exception cref="InvalidDataException">The lead is longer than any recording.</exception>
    public static void CheckLength(string header, string name, long frames, int samplesPerFrame)
    {
        if (frames > MaximumSamples / samplesPerFrame)
        {
            throw new InvalidDataException(
                $"{header}: {InputFile.Shorten(name)} claims {frames} frames of {samplesPerFrame} samples; "
                + $"expected at most {MaximumSamples} samples.");
        }
    }

    /// <summary>
    /// Checks the samples without a file in all leads of a record: a short header can claim them, but reading them takes time.
    /// </summary>
    /// <exception cref="InvalidDataException">They are more than any recording has.</exception>
    public static void CheckLength(string header, IReadOnlyList<EcgLead> leads)
    {
        // At most 2³² per lead, and less than a million leads: the sum does not overflow.
        var unrecorded = leads.Sum(lead => lead.UnrecordedSpans.Sum(span => span.Span.Length));
        if (unrecorded > MaximumNullSamples)
        {
            throw new InvalidDataException(
                $"{header}: {leads.Count} leads have {unrecorded} samples without a signal file; expected at most {MaximumNullSamples}.");
        }
    }

    private IEnumerable<MissingSpan> UnrecordedSpans(long count)
    {
        var at = 0L;
        foreach (var part in _parts)
        {
            if (part.Start > at)
                yield return new MissingSpan(new SampleSpan(at, part.Start), MissingCause.NullSegment);
            at = part.End;
        }

        if (count > at)
            yield return new MissingSpan(new SampleSpan(at, count), MissingCause.NullSegment);
    }

    // The least common multiple of whole gains, if all rescaled samples fit 32 bits; then (k·u)/(k·g) = u/g, to the bit.
    private long? CommonGain(double[] gains)
    {
        var multiple = 1L;
        foreach (var gain in gains)
        {
            if (gain != Math.Floor(gain) || gain is < 1 or > int.MaxValue)
                return null;
            multiple = multiple / (long)System.Numerics.BigInteger.GreatestCommonDivisor(multiple, (long)gain) * (long)gain;
            if (multiple > int.MaxValue)
                return null;
        }

        return _parts.All(part => Fits(part.Line, multiple)) ? multiple : null;
    }

    private static bool Fits(WfdbSignalLine part, long multiple)
    {
        var format = WfdbSignalFormat.Find(part.Format)!;
        var largest = Math.Max(Math.Abs((long)format.Minimum - part.AdcBaseline), Math.Abs((long)format.Maximum - part.AdcBaseline));
        return largest * (multiple / (long)part.Gain) <= int.MaxValue;
    }

    private string Remark(double[] gains, long? commonGain)
    {
        var smallest = string.Join(", ", gains.Order().Take(4).Select(gain => gain.ToString(CultureInfo.InvariantCulture)));
        var differ = gains.Length > 1
            ? $"{gains.Length} different gains ({smallest}{(gains.Length > 4 ? ", …" : "")})"
            : "different baselines";
        return commonGain is { } gain
            ? $"Lead {InputFile.Shorten(name)} has {differ} in its segments; its ADC units are rescaled, exactly, to a gain of {gain}."
            : $"Lead {InputFile.Shorten(name)} has {differ} in its segments, which no gain of 32 bits joins exactly; "
                + $"it is given in {_line.Unit}, without ADC units.";
    }
}
