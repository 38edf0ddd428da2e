using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>How a record's leads, whose frequencies may differ, share frames.</summary>
/// <param name="FrequencyHz">Frames a second.</param>
/// <param name="SamplesPerFrame">Of each lead.</param>
/// <param name="Frames">As many as the longest lead needs.</param>
internal sealed record WfdbFramePlan(double FrequencyHz, IReadOnlyList<int> SamplesPerFrame, long Frames)
{
    // The least frequency is divided by so many, and the ratios are trusted to so many digits: 500 and 499.5 Hz have frames of 0.5 Hz.
    private const int MaximumDivisors = 10_000;
    private const double Tolerance = 1e-9;

    /// <summary>Plans the frames of a record: of its own frequency where every lead's is a multiple, otherwise of the leads' greatest common divisor.</summary>
    /// <param name="record">The record.</param>
    /// <param name="lost">Receives a sentence where a lead ends inside a frame, or before the longest.</param>
    /// <exception cref="InvalidDataException">The frequencies have no common divisor that makes sense.</exception>
    public static WfdbFramePlan For(EcgRecord record, List<string> lost)
    {
        if (record.Leads.Count == 0)
            return new WfdbFramePlan(record.SamplingFrequencyHz, [], 0);
        var minimum = record.Leads.Min(lead => lead.SamplingFrequencyHz);
        var candidates = Enumerable.Range(1, MaximumDivisors).Select(divisor => minimum / divisor).Prepend(record.SamplingFrequencyHz);
        foreach (var frequency in candidates)
        {
            if (PerFrame(record, frequency) is { } perFrame)
            {
                var plan = new WfdbFramePlan(frequency, perFrame, record.Leads.Select((lead, i) => (lead.SampleCount + perFrame[i] - 1) / perFrame[i]).Max());
                plan.TellPadding(record, lost);
                return plan;
            }
        }

        throw new InvalidDataException(
            $"Leads of {string.Join(", ", record.Leads.Select(lead => lead.SamplingFrequencyHz.ToString(CultureInfo.InvariantCulture)).Distinct().Take(6))} Hz "
            + "have no common frame; expected multiples of one frequency, as WFDB needs them. Resample them.");
    }

    private static int[]? PerFrame(EcgRecord record, double frequency)
    {
        var ratios = record.Leads.Select(lead => lead.SamplingFrequencyHz / frequency).ToArray();
        return ratios.All(ratio => ratio >= 1 - Tolerance && ratio <= WfdbFrame.MaximumSamples && Math.Abs(ratio - Math.Round(ratio)) <= Tolerance * ratio)
            && ratios.Sum() <= WfdbFrame.MaximumSamples
            ? Array.ConvertAll(ratios, ratio => (int)Math.Round(ratio))
            : null;
    }

    private void TellPadding(EcgRecord record, List<string> lost)
    {
        var padded = record.Leads.Where((lead, i) => lead.SampleCount < Frames * SamplesPerFrame[i]).ToArray();
        if (padded.Length > 0)
        {
            lost.Add($"Leads must end together: {string.Join(", ", padded.Take(4).Select(lead => lead.Name))}{(padded.Length > 4 ? ", …" : "")} "
                + $"{(padded.Length == 1 ? "gets" : "get")} missing samples at the end.");
        }
    }
}
