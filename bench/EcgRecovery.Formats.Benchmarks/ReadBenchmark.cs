using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcgRecovery.Benchmarks.Timing;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Benchmarks;

/// <summary>Options for reading a recording.</summary>
/// <param name="Whole">Whether each lead is read into one array, instead of window by window of all leads.</param>
/// <param name="VerifyChecksums">Whether checksums are compared with the header.</param>
/// <param name="MissingAs">The value of a missing sample in sums and hashes.</param>
internal sealed record ReadOptions(bool Whole, bool VerifyChecksums, int MissingAs);

/// <summary>The figures of a reader, the same as in ../rivals/biosig.c.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Milliseconds">The median time of all readings.</param>
/// <param name="FirstMilliseconds">The time of the first reading.</param>
/// <param name="PeakMiB">Peak memory of the process.</param>
/// <param name="Leads">The figures of the leads.</param>
internal sealed record ReadFigures(
    string Reader, double Milliseconds, double FirstMilliseconds, double PeakMiB, IReadOnlyList<LeadSummary> Leads);

/// <summary>The JSON serializer of <see cref="ReadFigures"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadFigures))]
internal sealed partial class ReadJson : JsonSerializerContext;

/// <summary>Reads a recording some times and prints its figures as JSON.</summary>
internal static class ReadBenchmark
{
    /// <summary>Runs the benchmark.</summary>
    /// <returns>The exit code, 3 if the recording cannot be read.</returns>
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
            new ReadFigures(
                "EcgRecovery",
                Math.Round(Median.Of(times), 3),
                Math.Round(times[0], 3),
                Math.Round(process.PeakWorkingSet64 / 1048576.0, 1),
                leads),
            ReadJson.Default.ReadFigures);
    }

    /// <summary>Reads every sample; the clock runs only during the reading, not during the sums.</summary>
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
