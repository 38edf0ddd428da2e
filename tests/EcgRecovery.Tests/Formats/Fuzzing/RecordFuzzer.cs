using System.Diagnostics;
using EcgRecovery.Formats;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>Opens broken recordings and reads all of them that can be read.</summary>
/// <remarks>
/// A mutant is known by its number alone, whatever the threads. It must be refused with one clear line, or open and give its samples: in
/// bounded time, and with bounded memory, whatever its header claims.
/// </remarks>
internal sealed class RecordFuzzer(IReadOnlyList<FuzzSeed> seeds, int seed)
{
    /// <summary>No mutant may allocate more while it is opened and read; the files have a few kilobytes.</summary>
    public const long AllocationBound = 64 << 20;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_hung = TimeSpan.FromMinutes(2);

    /// <summary>Runs the mutants [<paramref name="first"/>, <paramref name="end"/>).</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="end">Number after the last.</param>
    /// <param name="workers">Threads; the outcome does not depend on them.</param>
    public FuzzReport Run(long first, long end, int workers)
    {
        var reports = new FuzzReport[workers];
        var threads = Enumerable.Range(0, workers).Select(worker => new Thread(() =>
        {
            reports[worker] = new FuzzReport();
            using var folder = new TemporaryFolder();
            using var bench = new Bench(seeds, folder);
            for (var mutant = first + worker; mutant < end; mutant += workers)
                bench.Try(mutant, seed, reports[worker]);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        var total = new FuzzReport();
        foreach (var report in reports)
            total.Add(report);
        return total;
    }

    /// <summary>One worker's files.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly IReadOnlyList<FuzzSeed> _seeds;
        private readonly TemporaryFolder _folder;
        private readonly Timer _watchdog;
        private long _mutant;
        private long _since;

        public Bench(IReadOnlyList<FuzzSeed> seeds, TemporaryFolder folder)
        {
            _seeds = seeds;
            _folder = folder;
            for (var i = 0; i < seeds.Count; i++)
            {
                Directory.CreateDirectory(folder.File($"{i}"));
                foreach (var (name, content) in seeds[i].Files)
                    File.WriteAllBytes(PathOf(i, name), content);
            }

            // A loop without end can only be told by ending the process.
            _watchdog = new Timer(
                _ =>
                {
                    if (_since != 0 && Stopwatch.GetElapsedTime(_since) > s_hung)
                        Environment.FailFast($"Mutant {_mutant} hangs.");
                },
                null,
                s_hung,
                s_hung);
        }

        public void Dispose() => _watchdog.Dispose();

        public void Try(long mutant, int seed, FuzzReport report)
        {
            var random = new Random(HashOf(seed, mutant));
            var index = random.Next(_seeds.Count);
            var broken = _seeds[index];
            var (file, kind) = broken.Targets[random.Next(broken.Targets.Count)];
            var content = Mutator.Mutate(broken.Files[file], random);
            File.WriteAllBytes(PathOf(index, file), content);
            _mutant = mutant;
            _since = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (opened, rewritten) = (false, false);
            try
            {
                using var record = RecordFormats.Open(
                    PathOf(index, broken.Open), new WfdbReadOptions { VerifyChecksums = random.Next(2) == 0 });
                opened = true;
                ReadEverything(record, random);
                rewritten = random.Next(32) == 0 && Rewrite(record, random);
            }
            catch (Exception exception)
            {
                if (!IsClear(exception, PathOf(index, "")))
                    report.Findings.Add($"mutant {mutant} of {broken.Name}, {file}: {exception}");
            }

            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes > AllocationBound)
                report.Findings.Add($"mutant {mutant} of {broken.Name}, {file}: allocates {bytes} bytes");
            if (Stopwatch.GetElapsedTime(_since) > s_longest)
                report.Findings.Add($"mutant {mutant} of {broken.Name}, {file}: takes {Stopwatch.GetElapsedTime(_since)}");
            _since = 0;
            report.Add(kind, opened, rewritten, bytes);
            File.WriteAllBytes(PathOf(index, file), broken.Files[file]);
        }

        private string PathOf(int seed, string file) => _folder.File(Path.Combine($"{seed}", file));

        // Random's own seeds are 32 bits; numbers beside each other must not give alike sequences.
        private static int HashOf(int seed, long mutant)
        {
            var x = ((ulong)seed << 32) + (ulong)mutant + 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return (int)(x ^ (x >> 31));
        }

        private static void ReadEverything(EcgRecord record, Random random)
        {
            foreach (var lead in record.Leads.Take(16))
            {
                foreach (var start in new[] { 0, random.NextInt64(lead.SampleCount + 1), long.MaxValue })
                {
                    var length = (int)Math.Min(lead.SampleCount, 2048);
                    var from = Math.Min(start, lead.SampleCount - length);
                    lead.ReadPhysicalValues(from, new double[length]);
                    if (lead.AdcUnits is not null)
                        lead.ReadAdcUnits(from, new int[length]);
                }

                Require(
                    lead.UnrecordedSpans.All(
                        span => span.Span.Start >= 0 && span.Span.End > span.Span.Start && span.Span.End <= lead.SampleCount),
                    "a span lies outside its lead");
                Require(
                    lead.Gain != 0 && double.IsFinite(lead.Gain) && double.IsFinite(lead.AdcBaseline) && lead.SamplingFrequencyHz > 0,
                    "a lead has no scale");
            }

            Require(
                record.Provenance.All(
                    span => span.Lead >= 0 && span.Lead < record.Leads.Count
                        && span.Span.Start >= 0 && span.Span.End <= record.Leads[span.Lead].SampleCount),
                "provenance lies outside its lead");
            Require(record.SamplingFrequencyHz > 0 && double.IsFinite(record.DurationSeconds), "the record has no duration");
        }

        /// <summary>
        /// Writes what could be read in some format, and reads that; refusals are fine, what is written must be readable.
        /// </summary>
        private bool Rewrite(EcgRecord record, Random random)
        {
            if (record.Leads.Count > 16 || record.Leads.Any(lead => lead.SampleCount > 20_000))
                return false;
            // The times of a single row give no frequency: text loses it, and says so.
            if (record.SampleCount < 2)
                return false;
            if (record.Annotations.Count > 10_000 || record.Provenance.Count > 1_000)
                return false;
            var extension = RecordFormats.WrittenExtensions[random.Next(RecordFormats.WrittenExtensions.Count)];
            var path = _folder.File("rewritten" + extension);
            // Annotations of another mutant would be refused, as somebody's work.
            File.Delete(_folder.File("rewritten.atr"));
            try
            {
                RecordFormats.Write(record, path, overwrite: true);
            }
            catch (InvalidDataException exception) when (IsOneLine(exception))
            {
                return false;
            }

            using var again = Reopened(path, record);
            Require(
                again.Leads.Count == record.Leads.Count, $"{extension} has {again.Leads.Count} leads; {record.Leads.Count} were written");
            ReadEverything(again, random);
            return true;
        }

        private static EcgRecord Reopened(string path, EcgRecord written)
        {
            try
            {
                return RecordFormats.Open(path);
            }
            catch (InvalidDataException exception)
            {
                throw new InvalidOperationException($"What was written of {written.Name} is not read: {exception.Message}", exception);
            }
        }

        private static bool IsClear(Exception exception, string folder) =>
            exception is InvalidDataException or FileNotFoundException or SamplingFrequencyMissingException or ArrayNotChosenException
                or HeartbeatFileException
            && IsOneLine(exception) && exception.Message.Contains(folder, StringComparison.Ordinal);

        private static bool IsOneLine(Exception exception) =>
            exception.Message is { Length: > 20 and < 1000 } message && !message.Any(char.IsControl);

        private static void Require(bool holds, string what)
        {
            if (!holds)
                throw new InvalidOperationException(what);
        }
    }
}
