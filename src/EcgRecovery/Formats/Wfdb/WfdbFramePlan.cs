using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>The frames of a record whose leads may have different frequencies.</summary>
/// <param name="FrequencyHz">Frames per second.</param>
/// <param name="SamplesPerFrame">Samples of each lead in a frame.</param>
/// <param name="Frames">Number of frames, enough for the longest lead.</param>
internal sealed record WfdbFramePlan(double FrequencyHz, IReadOnlyList<int> SamplesPerFrame, long Frames)
{
    // The lowest frequency is divided by up to this number, and ratios are whole within this tolerance: 500 and 499.5 Hz have frames of 0.5
    // Hz.
    private const int MaximumDivisors = 10_000;
    private const double Tolerance = 1e-9;

    /// <summary>
    /// Plans the frames of a record: at the record's frequency if every lead's is a multiple of it, otherwise at the leads' greatest common
    /// divisor.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="lost">Receives a sentence if a lead ends inside a frame, or before the longest.</param>
    /// <exception cref="InvalidDataException">The frequencies have no common divisor.</exception>
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
                var frames = record.Leads.Select((lead, i) => (lead.SampleCount + perFrame[i] - 1) / perFrame[i]).Max();
                var plan = new WfdbFramePlan(frequency, perFrame, frames);
                plan.AddPadding(record, lost);
                return plan;
            }
        }

        var frequencies = record.Leads.Select(lead => lead.SamplingFrequencyHz.ToString(CultureInfo.InvariantCulture)).Distinct().Take(6);
        throw new InvalidDataException(
            $"Leads of {string.Join(", ", frequencies)} Hz "
            + "have no common frame; expected multiples of one frequency, as WFDB needs them. Resample them.");
    }

    private static int[]? PerFrame(EcgRecord record, double frequency)
    {
        var ratios = record.Leads.Select(lead => lead.SamplingFrequencyHz / frequency).ToArray();
        return ratios.All(ratio => ratio >= 1 - Tolerance && ratio <= WfdbFrame.MaximumSamples
                && Math.Abs(ratio - Math.Round(ratio)) <= Tolerance * ratio)
            && ratios.Sum() <= WfdbFrame.MaximumSamples
            ? Array.ConvertAll(ratios, ratio => (int)Math.Round(ratio))
            : null;
    }

    private void AddPadding(EcgRecord record, List<string> lost)
    {
        var padded = record.Leads.Where((lead, i) => lead.SampleCount < Frames * SamplesPerFrame[i]).ToArray();
        if (padded.Length > 0)
        {
            var names = string.Join(", ", padded.Take(4).Select(lead => lead.Name)) + (padded.Length > 4 ? ", …" : "");
            lost.Add($"Leads must end together: {names} "
                + $"{(padded.Length == 1 ? "gets" : "get")} missing samples at the end.");
        }
    }
}
