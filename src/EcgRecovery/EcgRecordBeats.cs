using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery;

/// <summary>Finds the R peaks of recordings.</summary>
public static class EcgRecordBeats
{
    /// <param name="record">The recording.</param>
    extension(EcgRecord record)
    {
        /// <summary>Finds the R peaks in all ECG leads together, and the stretches in which they are not to be trusted.</summary>
        /// <remarks>
        /// Leads are taken by name; where no name is that of an ECG lead, all voltages and raw counts whose names say nothing are.
        /// Of leads of several sampling frequencies or lengths, those like the best one count. The recording is read by windows.
        /// </remarks>
        /// <param name="leads">The leads by number, from 0; null = chosen as above.</param>
        /// <param name="cancellationToken">Checked once per window.</param>
        /// <exception cref="ArgumentOutOfRangeException">A number is not that of a lead.</exception>
        /// <exception cref="InvalidDataException">
        /// There is no such lead, or none has between <see cref="RPeakDetector.MinimumSamplingFrequencyHz"/> and
        /// <see cref="RPeakDetector.MaximumSamplingFrequencyHz"/> samples a second.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public FoundRPeaks FindRPeaks(IReadOnlyList<int>? leads = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(record);
            var chosen = leads is { Count: > 0 } ? leads : LeadNames.EcgLeads(record.Leads);
            foreach (var number in chosen)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(leads));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, record.Leads.Count, nameof(leads));
            }

            if (chosen.Count == 0)
            {
                throw new InvalidDataException(
                    $"Record {record.Name} has no lead that its name and unit allow to be an ECG; "
                    + $"its leads are {string.Join(", ", record.Leads.Select(lead => $"{lead.Name} ({lead.Unit})"))}.");
            }

            int[] fast = [.. chosen.Where(number => RPeakDetector.Takes(record.Leads[number].SamplingFrequencyHz))];
            if (fast.Length == 0)
            {
                var lead = record.Leads[chosen[0]];
                throw new InvalidDataException(
                    $"Lead {lead.Name} of record {record.Name} has {lead.SamplingFrequencyHz} samples a second; "
                    + $"R peaks are found in {RPeakDetector.MinimumSamplingFrequencyHz} to {RPeakDetector.MaximumSamplingFrequencyHz}.");
            }

            return RPeakSearch.Find([.. fast.Select(number => record.Leads[number])], SampleWindow.Length, cancellationToken)
                .Moved(number => fast[number], 0);
        }
    }
}
