using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>What a pass over a lead finds before it is written: the range of its samples, and which are missing.</summary>
internal sealed class EdfSurvey
{
    // Each is an annotation: a file of more of them is no EDF file that anybody opens.
    private const int MaximumSpans = 1_000_000;

    /// <summary>The least value that is not missing; NaN where there is none.</summary>
    public double Minimum { get; private set; } = double.NaN;

    /// <summary>The largest value that is not missing; NaN where there is none.</summary>
    public double Maximum { get; private set; } = double.NaN;

    /// <summary>The missing samples, in order, as long as possible, half-open.</summary>
    public List<SampleSpan> Missing { get; } = [];

    /// <summary>Reads a lead once, window by window.</summary>
    /// <exception cref="InvalidDataException">It has more gaps than EDF can tell, or an infinite value.</exception>
    public static EdfSurvey Of(EcgLead lead, CancellationToken cancellationToken)
    {
        var survey = new EdfSurvey();
        var isWhole = lead.AdcUnits is not null;
        var adcUnits = isWhole ? new int[SampleWindow.Length] : [];
        var values = isWhole ? [] : new double[SampleWindow.Length];
        var missingFrom = -1L;
        for (var from = 0L; from < lead.SampleCount; from += SampleWindow.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = (int)Math.Min(SampleWindow.Length, lead.SampleCount - from);
            if (isWhole)
                lead.ReadAdcUnits(from, adcUnits.AsSpan(0, length));
            else
                lead.ReadPhysicalValues(from, values.AsSpan(0, length));
            for (var t = 0; t < length; t++)
            {
                var value = !isWhole ? values[t] : adcUnits[t] == EcgLead.MissingAdcUnits ? double.NaN : adcUnits[t];
                if (double.IsNaN(value))
                {
                    missingFrom = missingFrom < 0 ? from + t : missingFrom;
                    continue;
                }

                if (missingFrom >= 0)
                    survey.Add(lead, new SampleSpan(missingFrom, from + t));
                missingFrom = -1;
                // Written so that a NaN, which is less than nothing, gives way.
                if (!(value >= survey.Minimum))
                    survey.Minimum = value;
                if (!(value <= survey.Maximum))
                    survey.Maximum = value;
            }
        }

        if (missingFrom >= 0)
            survey.Add(lead, new SampleSpan(missingFrom, lead.SampleCount));
        if (double.IsInfinity(survey.Minimum) || double.IsInfinity(survey.Maximum))
            throw new InvalidDataException($"Lead {lead.Name} has an infinite value; EDF has none.");
        return survey;
    }

    private void Add(EcgLead lead, SampleSpan missing)
    {
        if (Missing.Count == MaximumSpans)
            throw new InvalidDataException($"Lead {lead.Name} has more than {MaximumSpans} runs of missing samples; EDF, which says each in an annotation, cannot hold them.");
        Missing.Add(missing);
    }
}
