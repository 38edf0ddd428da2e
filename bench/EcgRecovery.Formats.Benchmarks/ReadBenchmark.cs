using System.Diagnostics;
using System.Text.Json;
using EcgRecovery.Benchmarks;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Benchmarks;

/// <summary>How a recording is read.</summary>
/// <param name="Whole">Each lead into one array; otherwise window by window, of all leads in turn.</param>
/// <param name="VerifyChecksums">Whether checksums are compared with the header.</param>
/// <param name="MissingAs">What a missing sample counts as.</param>
internal sealed record ReadOptions(bool Whole, bool VerifyChecksums, int MissingAs);

/// <summary>Reads a recording to its end, some times, and prints one JSON object of the form that ../rivals/biosig.c prints.</summary>
internal static class ReadBenchmark
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <returns>The exit status, 3 where the recording cannot be read.</returns>
    public static int Run(string path, int repeats, ReadOptions options)
    {
        try
        {
            Console.WriteLine(Measure(path, repeats, options));
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            Console.Error.WriteLine(e.Message);
            return 3;
        }
    }

    private static string Measure(string path, int repeats, ReadOptions options)
    {
        var times = new List<double>();
        IReadOnlyList<LeadSummary> leads = [];
        for (var i = 0; i < Math.Max(1, repeats); i++)
        {
            var clock = new Stopwatch();
            leads = Read(path, options, clock);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        using var process = Process.GetCurrentProcess();
        return JsonSerializer.Serialize(
            new
            {
                Reader = "EcgRecovery",
                Milliseconds = Math.Round(Median.Of(times), 3),
                FirstMilliseconds = Math.Round(times[0], 3),
                PeakMiB = Math.Round(process.PeakWorkingSet64 / 1048576.0, 1),
                Leads = leads,
            },
            Json);
    }

    /// <summary>Reads every sample; the clock runs only while the reader works, not while its samples are summed up.</summary>
    private static List<LeadSummary> Read(string path, ReadOptions options, Stopwatch clock)
    {
        clock.Start();
        var record = RecordFormats.Open(path, new WfdbReadOptions { VerifyChecksums = options.VerifyChecksums });
        clock.Stop();
        var leads = record.Leads.Select(lead => new LeadSummary(lead.Name, lead.SamplingFrequencyHz, options.MissingAs)).ToList();
        if (options.Whole)
            ReadWhole(record, leads, clock);
        else
            ReadWindows(record, leads, clock);
        clock.Start();
        record.Dispose();
        clock.Stop();
        return leads;
    }

    private static void ReadWhole(EcgRecord record, List<LeadSummary> leads, Stopwatch clock)
    {
        clock.Start();
        var samples = record.Leads.Select(lead => lead.ToAdcUnits()).ToList();
        clock.Stop();
        for (var i = 0; i < leads.Count; i++)
            leads[i].Add(samples[i]);
    }

    private static void ReadWindows(EcgRecord record, List<LeadSummary> leads, Stopwatch clock)
    {
        var window = new int[SampleWindow.Length];
        var end = record.Leads.Select(lead => lead.SampleCount).Append(0).Max();
        for (var start = 0L; start < end; start += window.Length)
        {
            for (var i = 0; i < leads.Count; i++)
            {
                if (record.Leads[i].SampleCount <= start)
                    continue;
                var part = window.AsSpan(0, (int)Math.Min(record.Leads[i].SampleCount - start, window.Length));
                clock.Start();
                record.Leads[i].ReadAdcUnits(start, part);
                clock.Stop();
                leads[i].Add(part);
            }
        }
    }
}
