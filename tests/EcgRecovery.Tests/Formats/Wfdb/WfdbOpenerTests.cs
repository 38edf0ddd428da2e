using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Wfdb;

public class WfdbOpenerTests
{
    // 2 leads × 3 samples in format 16: lead a is 1 2 −3, lead b 10 20 30.
    private static readonly byte[] Samples = [1, 0, 10, 0, 2, 0, 20, 0, 0xFD, 0xFF, 30, 0];

    private const int Missing = EcgLead.MissingAdcUnits;

    [Fact]
    public void Reads_the_leads_of_a_file_and_of_several()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("y.dat", [99, 0, 0, 0, 8, 0, 0]);
        var path = folder.Write(
            "x.hea",
            "x 4 100 3 1:02:03 4/5/2006\nx.dat 16 100/mV 16 0 1 0 0 a\nx.dat 16 -100(7)/uV 12 5 10 60 0 b\n"
            + "y.dat 16+1 1 16 0 0 2048 0 c\n~ 0 5/NU\n# said\n");
        using var record = RecordFormats.Open(path);
        Assert.Equal(("x", 100.0, 3L), (record.Name, record.SamplingFrequencyHz, record.SampleCount));
        Assert.Equal((new TimeOnly(1, 2, 3), new DateOnly(2006, 5, 4)), (record.StartTime, record.StartDate));
        Assert.Equal(["said"], record.Comments);
        Assert.Equal(["a", "b", "c", "record x, signal 3"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([1, 2, -3], record.Leads[0].ToAdcUnits());
        Assert.Equal([10, 20, 30], record.Leads[1].ToAdcUnits());
        Assert.Equal([0, 2048, 0], record.Leads[2].ToAdcUnits());
        Assert.Equal([Missing, Missing, Missing], record.Leads[3].ToAdcUnits());
        Assert.Equal([new MissingSpan(new SampleSpan(0, 3), MissingCause.NullSegment)], record.Leads[3].UnrecordedSpans);
        var b = record.Leads[1];
        Assert.Equal(("uV", -100.0, 7.0, 5, -2043, 2052), (b.Unit, b.Gain, b.AdcBaseline, b.AdcZero, b.AdcMinimum, b.AdcMaximum));
        Assert.Empty(record.Remarks);
        Assert.Equal(["x.hea", "x.dat", "y.dat"], record.Files.Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public void Many_leads_without_a_file_have_a_bound_together()
    {
        using var folder = new TemporaryFolder();
        string Header(int leads) => $"x {leads} 100 4294967296\n{string.Concat(Enumerable.Repeat("~ 0\n", leads))}";
        folder.Write("x.hea", Header(4));
        using (var record = RecordFormats.Open(folder.File("x")))
            Assert.Equal(1L << 32, record.Leads[3].SampleCount);
        folder.Write("x.hea", Header(5));
        Assert.Equal(
            $"{folder.File("x.hea")}: 5 leads have 21474836480 samples without a signal file; expected at most 17179869184.",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("x"))).Message);
    }

    [Theory]
    [InlineData("250/999.56(-100.5)", "The header's counter (999.56 Hz, -100.5 at sample 0) is not kept.")]
    [InlineData("250(7)", "The header's counter (250 Hz, 7 at sample 0) is not kept.")]
    [InlineData("250/250(0)", null)]
    public void A_counter_of_its_own_is_remarked(string frequency, string? remark)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.hea", $"x 0 {frequency} 0\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(remark is null ? [] : [remark], record.Remarks);
    }

    [Fact]
    public void Takes_the_length_from_the_shortest_file_where_the_header_gives_none()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("y.dat", [1, 0, 2, 0, 3]);
        folder.Write("x.hea", "x 3\nx.dat 16 200 0 0 1 9999 0 a\nx.dat 16\ny.dat 16\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal([10, 20], record.Leads[1].ToAdcUnits());
        Assert.Equal([1, 2], record.Leads[2].ToAdcUnits());
        Assert.Equal(["The header does not give the number of samples, so its checksums are not compared."], record.Remarks);
    }

    [Fact]
    public void Reads_several_samples_a_frame_and_skew()
    {
        using var folder = new TemporaryFolder();
        // Frames of one sample of a, two of b: a 1 2 3; b 10 11, 12 13, 14 15.
        folder.Write("x.dat", [129, 138, 139, 130, 140, 141, 131, 142, 143]);
        folder.Write("x.hea", "x 2 100 3\nx.dat 80:1 1 8 0 1 6 0 a\nx.dat 80x2:3 1 8 0 10 75 0 b\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal([2, 3, Missing], record.Leads[0].ToAdcUnits());
        Assert.Equal([13, 14, 15, Missing, Missing, Missing], record.Leads[1].ToAdcUnits());
        Assert.Equal((100.0, 200.0), (record.Leads[0].SamplingFrequencyHz, record.Leads[1].SamplingFrequencyHz));
        Assert.Equal("Lead a is skewed: its first 1 samples lie before the record, and its last 1 are missing.", record.Remarks[0]);
    }

    [Fact]
    public void Sums_differences_up_from_the_initial_value()
    {
        using var folder = new TemporaryFolder();
        // a: 1000 + 0, −128, +127; b: −5 + 1, 1, 1.
        folder.Write("x.dat", [0, 1, 0x80, 1, 0x7F, 1]);
        folder.Write("x.hea", "x 2 100 3\nx.dat 8 1 12 0 1000 2871 0 a\nx.dat 8 1 12 0 -5 -9 0 b\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal([1000, 872, 999], record.Leads[0].ToAdcUnits());
        Assert.Equal([-4, -3, -2], record.Leads[1].ToAdcUnits());
    }

    [Fact]
    public void A_longer_file_is_read_as_far_as_the_header_says_and_that_is_remarked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("y.hea", "x 2 100 2\nx.dat 16\nx.dat 16\n");
        using var record = RecordFormats.Open(folder.File("y"));
        Assert.Equal([10, 20], record.Leads[1].ToAdcUnits());
        Assert.Equal(
            ["The header y.hea is that of record x, by its first line.", "x.dat has room for 3 samples a signal; the header's 2 are read."],
            record.Remarks);
    }

    [Theory]
    [InlineData(
        "x 2 100 4\nx.dat 16\nx.dat 16\n",
        "x.dat has 12 bytes of samples; header x expects 4 frames of 2 samples in format 16. Is it truncated?")]
    [InlineData(
        "x 2 100 9223372036854775807\nx.dat 16\nx.dat 16\n",
        "x.dat has 12 bytes of samples; header x expects 9223372036854775807 frames of 2 samples in format 16. Is it truncated?")]
    [InlineData(
        "x 1 100 1\nx.dat 16x1000000\n",
        "x.dat has 12 bytes of samples; header x expects 1 frames of 1000000 samples in format 16. Is it truncated?")]
    [InlineData(
        "x 1 100 1\nx.dat 16+99\n", "x.dat has 0 bytes of samples; header x expects 1 frames of 1 samples in format 16. Is it truncated?")]
    [InlineData(
        "x 1 100 9\nx.dat 212\n", "x.dat has 12 bytes of samples; header x expects 9 frames of 1 samples in format 212. Is it truncated?")]
    [InlineData("x 2 100 3\nx.dat 16\nx.dat 212\n", "x.dat has signals of different formats or byte offsets in header x; expected one.")]
    [InlineData("x 2 100 3\nx.dat 16\nx.dat 16+2\n", "x.dat has signals of different formats or byte offsets in header x; expected one.")]
    [InlineData(
        "x 2 100 3\nx.dat 16x999999\nx.dat 16x99999\n", "x.dat has frames of more than 1048576 samples in header x; expected fewer.")]
    [InlineData("x 2 100 3\nx.dat 16 1 16 0 5\nx.dat 16\n", "x.dat, signal record x, signal 0: first sample is 1; header x expects 5.")]
    [InlineData("x 2 100 3\nx.dat 16 1 16 0 1 1 0 a\nx.dat 16\n", "x.dat, signal a: checksum is 0; header x expects 1.")]
    public void Names_what_is_wrong_in_one_line(string header, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.dat", Samples);
        folder.Write("x.hea", header);
        var error = Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("x")));
        Assert.Equal(path[..^"x.dat".Length] + message, error.Message);
    }

    [Theory]
    [InlineData(
        "x 3 100 3\nx.dat 16\ny.dat 16\nx.dat 16\n",
        "the signals of x.dat are in separate places; expected the signals of a file in consecutive lines.")]
    [InlineData(
        "x 1 100 99999999999\n~ 0 200 0 0 0 0 0 a\n", "a claims 99999999999 frames of 1 samples; expected at most 4294967296 samples.")]
    [InlineData(
        "x 1 100 99999\n~ 0x999999999 200 0 0 0 0 0 a\n",
        "a claims 99999 frames of 999999999 samples; expected at most 4294967296 samples.")]
    public void Names_what_is_wrong_in_a_header_alone(string header, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("y.dat", Samples);
        folder.Write("x.hea", header);
        Assert.Equal(
            $"{folder.File("x.hea")}: {message}", Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("x"))).Message);
    }

    [Theory]
    [InlineData("x 2 100 3\nx.dat 16 1 16 0 1 0 0 a\nx.dat 16 1 16 0 10 0 0 b\n", 1)]
    [InlineData("x 2 100 3\nx.dat 16 1 16 0 0 0 0 a\nx.dat 16 1 16 0 0 0 0 b\n", 1)]
    [InlineData("x 2 100 3\nx.dat 16 1 16 0 1 0 0 a\nx.dat 16 1 16 0 10 60 0 b\n", 0)]
    public void A_checksum_of_0_that_is_not_the_sum_is_not_given(string header, int notGiven)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples); // sums 0 and 60
        folder.Write("x.hea", header);
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal([10, 20, 30], record.Leads[1].ToAdcUnits());
        string[] remarks = ["1 lead has a checksum of 0 in the header, and another sum: taken for not given."];
        Assert.Equal(remarks[..notGiven], record.Remarks);
    }

    [Theory]
    [InlineData(80, new byte[] { 0, 129 }, -128)]
    [InlineData(16, new byte[] { 0, 0x80, 1, 0 }, -32768)]
    [InlineData(61, new byte[] { 0x80, 0, 0, 1 }, -32768)]
    [InlineData(160, new byte[] { 0, 0, 1, 0x80 }, -32768)]
    [InlineData(212, new byte[] { 0, 0x08, 1 }, -2048)]
    [InlineData(310, new byte[] { 0, 4, 2, 0 }, -512)]
    [InlineData(311, new byte[] { 0, 6, 0, 0 }, -512)]
    [InlineData(24, new byte[] { 0, 0, 0x80, 1, 0, 0 }, -8388608)]
    [InlineData(32, new byte[] { 0, 0, 0, 0x80, 1, 0, 0, 0 }, int.MinValue)]
    public void A_missing_first_sample_has_the_librarys_mark_in_the_header(int format, byte[] bytes, int mark)
    {
        foreach (var initial in new[] { mark, -32768 })
        {
            using var folder = new TemporaryFolder();
            folder.Write("x.dat", bytes);
            folder.Write("x.hea", $"x 1 100 2\nx.dat {format} 1 16 0 {initial} {(short)(initial + 1)} 0 a\n");
            using var record = RecordFormats.Open(folder.File("x"));
            Assert.Equal([Missing, 1], record.Leads[0].ToAdcUnits());
            Assert.Empty(record.Remarks);
            folder.Write("x.hea", $"x 1 100 2\nx.dat {format} 1 16 0 7 {(short)(initial + 1)} 0 a\n");
            Assert.Contains(
                $"first sample is {mark}; header x expects 7",
                Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("x"))).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_mark_of_a_missing_sample_is_not_taken_for_a_measured_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("x.hea", "x 2 100 3\nx.dat 16 1 16 0 -32768 0 0 a\nx.dat 16\n");
        Assert.Contains(
            "first sample is 1; header x expects -32768",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("x"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2006", null, null, "The header's start '2006' is not of the form HH:MM:SS[.FRACTION] [DD/MM/YYYY]; it is left out.")]
    [InlineData(
        "10:00:00 5/2/199", "10:00", null,
        "The header's start '10:00:00 5/2/199' is not of the form HH:MM:SS[.FRACTION] [DD/MM/YYYY]; only its time is kept.")]
    [InlineData(
        "10:00:00 19/7/89", "10:00", null,
        "The header's start '10:00:00 19/7/89' is not of the form HH:MM:SS[.FRACTION] [DD/MM/YYYY]; only its time is kept.")]
    [InlineData(
        "25:00:00 19/7/1989", null, "1989-07-19",
        "The header's start '25:00:00 19/7/1989' is not of the form HH:MM:SS[.FRACTION] [DD/MM/YYYY]; only its date is kept.")]
    public void An_unclear_start_is_told(string start, string? time, string? date, string remark)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("x.hea", $"x 2 100 3 {start}\nx.dat 16\nx.dat 16\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal((time, date), (record.StartTime?.ToString("HH:mm"), record.StartDate?.ToString("O")));
        Assert.Equal([remark], record.Remarks);
    }

    [Fact]
    public void What_is_wrong_passes_where_nobody_asks_for_checksums()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("x.hea", "x 2 100 3\nx.dat 16 1 16 0 7 7 0 a\nx.dat 16\n");
        using var record = RecordFormats.Open(folder.File("x"), new WfdbReadOptions { VerifyChecksums = false });
        Assert.Equal([1, 2, -3], record.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void Names_a_missing_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x");
        Assert.Equal($"Input {path}.hea does not exist.", Assert.Throws<FileNotFoundException>(() => RecordFormats.Open(path)).Message);
        folder.Write("x.hea", "x 1 100 3\nx.dat 16\n");
        Assert.Equal($"Input {path}.dat does not exist.", Assert.Throws<FileNotFoundException>(() => RecordFormats.Open(path)).Message);
        folder.Write("x.dat", Samples);
        var options = new WfdbReadOptions { Annotator = "qrs" };
        Assert.Equal(
            $"Input {path}.qrs does not exist.", Assert.Throws<FileNotFoundException>(() => RecordFormats.Open(path, options)).Message);
    }

    [Fact]
    public void Reads_the_annotations_of_the_annotator_that_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("x.hea", "x 2 100 3\nx.dat 16\nx.dat 16\n");
        using (var without = RecordFormats.Open(folder.File("x")))
            Assert.Empty(without.Annotations);
        folder.Write("x.atr", [1, 4, 0, 0]);
        folder.Write("x.qrs", [2, 20, 0, 0]);
        using (var reference = RecordFormats.Open(folder.File("x")))
            Assert.Equal([new Annotation(1, 1)], reference.Annotations);
        using var asked = RecordFormats.Open(folder.File("x"), new WfdbReadOptions { Annotator = "qrs" });
        Assert.Equal([new Annotation(2, 5)], asked.Annotations);
    }

    [Fact]
    public void A_closed_record_reads_no_more_and_one_whose_file_shrank_says_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dat", Samples);
        folder.Write("x.hea", "x 2 100 3\nx.dat 16\nx.dat 16\n");
        var options = new WfdbReadOptions { VerifyChecksums = false };
        var closed = RecordFormats.Open(folder.File("x"), options);
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => closed.Leads[0].ToAdcUnits());

        using var record = RecordFormats.Open(folder.File("x"), options);
        using (var stream = File.Open(folder.File("x.dat"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(4);
        Assert.EndsWith(
            "x.dat has become shorter since it was opened.",
            Assert.Throws<IOException>(() => record.Leads[0].ToAdcUnits()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(212)]
    [InlineData(310)]
    [InlineData(311)]
    public void Windows_of_any_place_hold_what_the_whole_holds(int code)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(code);
        // Longer than the cache holds blocks of, with frames of 4 samples: 1 + 3.
        const int Frames = 1_500_000;
        var bytes = new byte[WfdbSignalFormat.Find(code)!.ByteCount(4L * Frames)];
        random.NextBytes(bytes);
        folder.Write("x.dat", bytes);
        folder.Write("x.hea", $"x 2 100 {Frames}\nx.dat {code}\nx.dat {code}x3\n");
        using var record = RecordFormats.Open(folder.File("x"));
        var all = new int[4 * Frames];
        WfdbSignalFormat.Find(code)!.Unpack(bytes, all);
        var whole = record.Leads.Select(lead => lead.ToAdcUnits()).ToArray();
        if (code != 8)
        {
            var missing = WfdbSignalFormat.Find(code)!.Missing!.Value;
            for (var i = 0; i < all.Length; i += 997)
            {
                var actual = i % 4 == 0 ? whole[0][i / 4] : whole[1][(i / 4 * 3) + (i % 4) - 1];
                Assert.Equal(all[i] == missing ? Missing : all[i], actual);
            }
        }

        // Threads that take turns, in a fresh record, where not even the differences' sums are known.
        using var fresh = RecordFormats.Open(folder.File("x"), new WfdbReadOptions { VerifyChecksums = false });
        var starts = Enumerable.Range(0, 200)
            .Select(_ => (Lead: random.Next(2), Start: random.Next(Frames - 70_000), Length: random.Next(70_000)))
            .ToArray();
        Parallel.ForEach(starts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, window =>
        {
            var samples = new int[window.Length];
            fresh.Leads[window.Lead].ReadAdcUnits(window.Start, samples);
            Assert.True(whole[window.Lead].AsSpan(window.Start, window.Length).SequenceEqual(samples));
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => fresh.Leads[0].ReadAdcUnits(Frames - 1, new int[2]));
    }

    [Fact]
    public void Verifies_all_96_signals_of_the_MIT_BIH_database()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "mitdb is absent");
        var headers = Directory.GetFiles(folder!, "*.hea");
        Assert.Equal(48, headers.Length);
        foreach (var header in headers)
        {
            // Opening verifies initial values and checksums, which every header of the database gives.
            Assert.All(
                WfdbHeaderParser.Read(header).Signals, signal => Assert.True(signal is { InitialValue: not null, Checksum: not null }));
            using var record = RecordFormats.Open(header);
            Assert.Equal(2, record.Leads.Count);
            Assert.All(record.Leads, lead => Assert.Equal(650_000, lead.SampleCount));
            Assert.Empty(record.Remarks);
            Assert.True(record.Annotations.Count > 1500);
        }
    }
}
