using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>The range of a lead's samples and the missing ones, found in a pass over the lead before it is written.</summary>
internal sealed class EdfSurvey
{
    // Each span becomes an annotation; no program could open a file with more.
    private const int MaximumSpans = 1_000_000;

    /// <summary>The smallest value; NaN if all samples are missing.</summary>
    public double Minimum { get; private set; } = double.NaN;

    /// <summary>The largest value; NaN if all samples are missing.</summary>
    public double Maximum { get; private set; } = double.NaN;

    /// <summary>The runs of missing samples, in order.</summary>
    public List<SampleSpan> Missing { get; } = [];

    /// <summary>Reads a lead once, window by window.</summary>
    /// <exception cref="InvalidDataException">The lead has too many gaps for EDF, or an infinite value.</exception>
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
                // Comparisons with the initial NaN are false.
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
        {
            throw new InvalidDataException(
                $"Lead {lead.Name} has more than {MaximumSpans} runs of missing samples; "
                + "EDF, with an annotation for each, cannot hold them.");
        }

        Missing.Add(missing);
    }
}
