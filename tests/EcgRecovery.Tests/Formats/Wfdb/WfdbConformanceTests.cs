using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Wfdb;

/// <summary>
/// Reads the sample records of wfdb-python, compares them with what PhysioNet's own programs print of them, and holds
/// docs/wfdb-conformance.md to what came out.
/// </summary>
/// <remarks>
/// The document is written anew by
/// <code>
/// ECGRECOVERY_WRITE_RECEIVED=1 dotnet test tests/EcgRecovery.Tests --filter WfdbConformance
/// </code>
/// </remarks>
public partial class WfdbConformanceTests
{
    private const string WriteVariable = "ECGRECOVERY_WRITE_RECEIVED";

    // The records of wfdb-python's tests/test_record.py, with the command that made each expected output. Outputs of more than a few
    // megabytes are not in the development data.
    private static readonly Expected[] s_outputs =
    [
        new("record-1a", "test01_00s", "rdsamp -r test01_00s", 0, [0, 1, 2, 3]),
        new("record-1b", "a103l", "rdsamp -r a103l -f 50 -t 160 -s 2 0 -P", 12_500, [2, 0], Physical: true),
        new("record-1c", "a103l", "rdsamp -r a103l -f 80 -s 0 1", 20_000, [0, 1]),
        new("record-1d", "3000003_0003", "rdsamp -r 3000003_0003 -f 1 -t 8 -s 1 -P", 125, [1], Physical: true),
        new("record-1f.gz", "binformats", "rdsamp -r binformats", 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        new("record-2b", "100", "rdsamp -r 100 -f 0.002 -t 30 -s 1", 1, [1]),
        new("record-2c", "100_3chan", "rdsamp -r 100_3chan -P", 0, [0, 1, 2], Physical: true),
        new("record-2d", "310derive", "rdsamp -r 310derive -f 0.007", 2, [0, 1]),
        new("record-2e", "311derive", "rdsamp -r 311derive -f 0.005 -t 3.91 -P", 1, [0], Physical: true),
        new("record-3b", "s0010_re", "rdsamp -r s0010_re -f 5 -t 38 -P -s 13 0 4 8 3", 5000, [13, 0, 4, 8, 3], Physical: true),
        new("record-4a", "test01_00s_skewframe", "rdsamp -r test01_00s_skewframe", 0, [0, 1, 2], Unverified: true),
        new("record-4b", "03700181", "rdsamp -r 03700181", 0, [0, 1, 2]),
        new("record-4c", "03700181", "rdsamp -r 03700181 -f 8 -t 128 -s 0 2 -P", 1000, [0, 2], Physical: true),
        new(
            "record-4d", "test01_00s_skewframe", "rdsamp -r test01_00s_skewframe -P -H", 0, [0, 1, 2],
            Physical: true, HighResolution: true, Unverified: true),
        new(
            "record-multi-fixed-c", "multi-segment/fixed1/v102s", "rdsamp -r v102s -f s70000 -t s80000 -s 1 0 3 -P",
            70_000, [1, 0, 3], Physical: true),
        new("record-multi-fixed-d.gz", "multi-segment/041s/041s", "rdsamp -r 041s -s 3 2 1 -H", 0, [3, 2, 1], HighResolution: true),
        new(
            "record-multi-variable-a",
            "multi-segment/s00001/s00001-2896-10-10-00-31",
            "rdsamp -r s00001-2896-10-10-00-31 -f s14428365 -t s14428375 -P",
            14_428_365, [0, 1, 2, 3], Physical: true, Unverified: true),
        new(
            "record-multi-variable-b",
            "multi-segment/s00001/s00001-2896-10-10-00-31",
            "rdsamp -r s00001-2896-10-10-00-31 -f s14428364 -t s14428375 -P",
            14_428_364, [0, 1, 2, 3], Physical: true, Unverified: true, SkippedLines: 1),
        new(
            "record-multi-variable-d",
            "multi-segment/p000878/p000878-2137-10-26-16-57",
            "rdsamp -r p000878-2137-10-26-16-57 -f s3550 -t s7500 -s 0 1",
            3550, [0, 1]),
    ];

    // Hashes in place of outputs that are too large: SHA-256 of all samples, frame after frame, by an independent decoder in NumPy.
    // Record 100:
    //     b = np.fromfile('100.dat', np.uint8).astype(np.int32).reshape(-1, 3)
    //     s = np.stack([b[:,0] | (b[:,1] & 15) << 8, b[:,2] | (b[:,1] >> 4) << 8], 1).ravel()
    //     s = np.where(s > 2047, s - 4096, s).astype('<i4')
    //     hashlib.sha256(s.tobytes()).hexdigest()
    // s0010_re: np.fromfile(…, '<i2') of both files side by side. v102s: its one file three times. s25047: float64 values
    // (u − 128 − baseline) / gain with each segment's own header, −1e9 where a sample is missing.
    private static readonly (string Output, string Record, string Sha256)[] s_hashes =
    [
        ("record-2a", "100", "408b577ca3b588fea7ce91cb90889b46d9d475d9205bce279d057874c113d050"),
        ("record-3a", "s0010_re", "38eedc37c7881dca616fe881ec54063faa36922ef6b5a7e4f72b475922ebd2e6"),
        ("record-multi-fixed-a", "multi-segment/fixed1/v102s", "e9368499beda59a6cc8a602ffa412771171fa92085d1a00e17331eef7acb5c2a"),
        (
            "record-multi-variable-c", "multi-segment/s25047/s25047-2704-05-04-10-44",
            "4fdf0348baecc49acb56ea1077013969fe5f2311e4f6c5b13373f9475885b556"),
    ];

    private static readonly (string Output, string File, string Command)[] s_annotations =
    [
        ("ann-1", "100.atr", "rdann -r 100 -a atr"),
        ("ann-2", "12726.anI", "rdann -r 12726 -a anI"),
        ("ann-3", "1003.atr", "rdann -r 1003 -a atr"),
    ];

    private static readonly string[] s_annotationFiles =
    [
        "03700181.gqrsh", "03700181.gqrsl", "03700181.sqrs", "100.atr", "100.qrs", "1003.atr", "12726.anI", "12726.wabp", "12726.wqrs",
        "huge.qrs",
    ];

    private static string? Folder => TestData.Folder("wfdb-conformance");

    [Fact]
    public void Sample_records_have_the_values_of_PhysioNets_programs_and_the_document_says_so()
    {
        Assert.SkipWhen(Folder is null, "wfdb-conformance is absent");
        var document = Document();
        var path = Checkout.PathOf("docs", "wfdb-conformance.md");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            File.WriteAllText(path, document);
        Assert.DoesNotContain("| differ", document, StringComparison.Ordinal);
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", document);
    }

    // wfdb-python's test_multi_record.py: record.contained_ranges("II") and so on.
    [Theory]
    [InlineData("II", new long[] { 3261, 10136, 4610865, 10370865, 10528365, 14518365 })]
    [InlineData("V", new long[] { 3261, 918261, 920865, 4438365, 4610865, 10370865, 10528365, 14518365 })]
    [InlineData("MCL1", new long[] { 10136, 918261, 920865, 4438365 })]
    [InlineData("ABP", new long[] { 14428365, 14450865, 14458365, 14495865 })]
    public void A_lead_is_left_out_where_its_segments_lack_it(string lead, long[] contained)
    {
        Assert.SkipWhen(Folder is null, "wfdb-conformance is absent");
        using var standIn = StandIn("multi-segment/s00001/s00001-2896-10-10-00-31");
        using var record = RecordFormats.Open(standIn.File("s00001-2896-10-10-00-31"), new WfdbReadOptions { VerifyChecksums = false });
        Assert.Equal(14_518_365, record.SampleCount);
        var at = 0L;
        var held = new List<long>();
        foreach (var span in record.Leads.Single(candidate => candidate.Name == lead).UnrecordedSpans)
        {
            Assert.Equal(MissingCause.NullSegment, span.Cause);
            if (span.Span.Start > at)
                held.AddRange([at, span.Span.Start]);
            at = span.Span.End;
        }

        if (at < record.SampleCount)
            held.AddRange([at, record.SampleCount]);
        Assert.Equal(contained, held);
    }

    // The records of test_infer_sig_len in tests/test_record.py, and of the comments there.
    [Theory]
    [InlineData("a103l", "a103l-no-len")]
    [InlineData("100", "100-no-len")]
    public void A_length_that_the_header_leaves_out_is_that_of_the_file(string with, string without)
    {
        Assert.SkipWhen(Folder is null, "wfdb-conformance is absent");
        using var first = RecordFormats.Open(Path.Combine(Folder!, "sample-data", with));
        using var second = RecordFormats.Open(Path.Combine(Folder!, "sample-data", without));
        Assert.Equal(first.Leads.Count, second.Leads.Count);
        for (var i = 0; i < first.Leads.Count; i++)
            Assert.Equal(first.Leads[i].ToAdcUnits(), second.Leads[i].ToAdcUnits());
    }

    private static string Document()
    {
        var text = new StringBuilder();
        text.Append(
            """
            # The sample records of wfdb-python

            Written by `tests/EcgRecovery.Tests/Formats/Wfdb/WfdbConformanceTests.cs`, which fails where this page and a run differ. The
            records and the expected outputs are those of [wfdb-python](https://github.com/MIT-LCP/wfdb-python)'s own tests; the outputs
            were made by PhysioNet's WFDB programs.

            ## Expected outputs

            Equal: every printed value, after rounding to the digits that are printed. A missing sample is printed as −32768, or `-` among
            physical values. Where signals have several samples a frame, the programs print each frame's mean, or with `-H` repeat the
            slower ones. Outputs too large for the development data are replaced by hashes of an independent decoder; the test gives its
            code.

            | output | made by | result |
            |---|---|---|

            """);
        foreach (var expected in s_outputs)
            text.Append(CultureInfo.InvariantCulture, $"| {expected.Output} | {expected.Command} | {Compare(expected)} |\n");
        text.Append(
            "| record-1e.gz | rdsamp -r n8_evoked_raw_95_F1_R9 | "
            + "neither the output nor the signal file (12 MB) is in the development data; format 24 is in record-1f.gz |\n");
        text.Append("| record-flac.gz | rdsamp -r flacformats | not read: FLAC |\n");
        foreach (var (output, record, sha256) in s_hashes)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {output} | rdsamp -r {Path.GetFileName(record)}, all of it | {CompareHash(record, sha256)} |\n");
        text.Append("| record-multi-fixed-b | rdsamp -r v102s -t s75000 -P | the first third of record-multi-fixed-a |\n");
        foreach (var (output, file, command) in s_annotations)
            text.Append(CultureInfo.InvariantCulture, $"| {output} | {command} | {CompareAnnotations(output, file)} |\n");

        text.Append(
            """

            ## Every header

            Read: the header, and all samples of all signals; where the header gives initial values and checksums, they hold.

            | header | result |
            |---|---|

            """);
        var samples = Path.Combine(Folder!, "sample-data");
        foreach (var header in Directory.EnumerateFiles(samples, "*.hea", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            text.Append(
                CultureInfo.InvariantCulture, $"| {Path.GetRelativePath(samples, header).Replace('\\', '/')} | {OpenAll(header)} |\n");
        text.Append(
            """

            ## Every annotation file

            | file | result |
            |---|---|

            """);
        foreach (var name in s_annotationFiles)
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {ReadAnnotations(Path.Combine(samples, name))} |\n");
        text.Append(
            "\nNot recordings in WFDB's format: `SC4001E0-PSG.wav` is a WAV file; "
            + "`test_edfann.edf` and `test_generator_2.edf` are EDF, read as such.\n");
        return text.ToString();
    }

    private static string Compare(Expected expected)
    {
        using var standIn = StandIn(expected.Record);
        using var record = RecordFormats.Open(
            standIn.File(Path.GetFileName(expected.Record)), new WfdbReadOptions { VerifyChecksums = !expected.Unverified });
        var lines = ReadLines(Path.Combine(Folder!, "target-output", expected.Output));
        var leads = expected.Signals.Select(signal => record.Leads[signal]).ToArray();
        var perFrame = leads.Select(lead => (int)Math.Round(lead.SamplingFrequencyHz / record.SamplingFrequencyHz)).ToArray();
        var maximum = record.Leads.Max(lead => (int)Math.Round(lead.SamplingFrequencyHz / record.SamplingFrequencyHz));
        for (var i = expected.SkippedLines; i < lines.Length; i++)
        {
            var cells = lines[i].Split('\t', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            for (var j = 0; j < leads.Length; j++)
            {
                var actual = expected.HighResolution
                    ? Print(leads[j], ((expected.FirstFrame * maximum) + i) * perFrame[j] / maximum, 1, expected.Physical)
                    : Print(leads[j], (expected.FirstFrame + i) * perFrame[j], perFrame[j], expected.Physical);
                if (cells[j] != actual && !(actual == "-" && cells[j] is "-32768" or "-2048" or "-128" or "nan"))
                    return string.Create(CultureInfo.InvariantCulture, $"differ in line {i + 1}, signal {j}: {cells[j]}, here {actual}");
            }
        }

        var count = (long)(lines.Length - expected.SkippedLines) * leads.Length;
        return string.Create(CultureInfo.InvariantCulture, $"equal: {count:N0} values{Note(expected)}");
    }

    private static string Note(Expected expected) => expected.Record switch
    {
        "test01_00s_skewframe" => "; read without verification, since the header, made by hand, has another signal's initial values",
        var record when record.Contains("s00001", StringComparison.Ordinal) && expected.SkippedLines > 0 =>
            "; without the first line, which lies in a segment whose signal file is not in the sample data",
        var record when record.Contains("s00001", StringComparison.Ordinal) =>
            "; three segments' signal files, outside the window, are not in the sample data: files of zeros stand in for them",
        var record when record.Contains("p000878", StringComparison.Ordinal) =>
            "; only the segments of the window are in the sample data: the header was cut to them",
        _ => "",
    };

    // As rdsamp 10.5.24 prints it: the mean of a frame's samples, what is behind the point cut off.
    private static string Print(EcgLead lead, long start, int count, bool physical)
    {
        if (lead.AdcUnits is null)
        {
            var value = new double[1];
            lead.ReadPhysicalValues(start, value);
            return double.IsNaN(value[0]) ? "-" : value[0].ToString("F8", CultureInfo.InvariantCulture);
        }

        var samples = new int[count];
        lead.ReadAdcUnits(start, samples);
        if (samples.Contains(EcgLead.MissingAdcUnits))
            return "-";
        var mean = samples.Sum(sample => (long)sample) / count;
        return physical
            ? ((mean - lead.AdcBaseline) / lead.Gain).ToString("F8", CultureInfo.InvariantCulture)
            : mean.ToString(CultureInfo.InvariantCulture);
    }

    private static string CompareHash(string name, string expected)
    {
        using var record = RecordFormats.Open(Path.Combine(Folder!, "sample-data", name));
        var count = record.Leads.Sum(lead => lead.SampleCount);
        using var bytes = new MemoryStream();
        if (record.Leads.All(lead => lead.AdcUnits is not null))
        {
            // The one record with missing samples is of format 212.
            Append(bytes, [.. record.Leads.Select(lead => Array.ConvertAll(lead.ToAdcUnits(), ToFormat212))]);
        }
        else
        {
            Append(bytes, [.. record.Leads.Select(PhysicalValues)]);
        }

        var actual = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
        return actual == expected
            ? string.Create(
                CultureInfo.InvariantCulture, $"equal: SHA-256 {expected[..12]}… of {count:N0} values by an independent decoder")
            : $"differ: {actual}";
    }

    private static int ToFormat212(int sample) => sample == EcgLead.MissingAdcUnits ? -2048 : sample;

    private static double[] PhysicalValues(EcgLead lead)
    {
        var values = new double[lead.SampleCount];
        lead.ReadPhysicalValues(0, values);
        return Array.ConvertAll(values, value => double.IsNaN(value) ? -1e9 : value);
    }

    private static void Append<T>(MemoryStream bytes, T[][] leads)
        where T : struct
    {
        var interleaved = new T[leads.Length * leads[0].Length];
        for (var i = 0; i < interleaved.Length; i++)
            interleaved[i] = leads[i % leads.Length][i / leads.Length];
        bytes.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(interleaved));
    }

    private static string CompareAnnotations(string output, string file)
    {
        var expected = File.ReadAllLines(Path.Combine(Folder!, "target-output", output)).Select(line =>
        {
            var match = RdannLine().Match(line);
            var code = BeatCode.FromSymbol(match.Groups[3].Value)!.Value;
            return new Annotation(Number(2), code, Number(4), Number(5), Number(6), match.Groups[7].Value.Trim());

            int Number(int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        }).ToArray();
        var actual = WfdbAnnotationFile.Read(Path.Combine(Folder!, "sample-data", file)).Annotations;
        return expected.SequenceEqual(actual.Select(annotation => annotation with { Aux = annotation.Aux.Trim() }))
            ? string.Create(CultureInfo.InvariantCulture, $"equal: {expected.Length:N0} annotations with subtype, channel, number and text")
            : "differ";
    }

    private static string OpenAll(string header)
    {
        try
        {
            using var record = RecordFormats.Open(header);
            foreach (var lead in record.Leads)
            {
                var window = new double[SampleWindow.Length];
                for (long start = 0; start < lead.SampleCount; start += window.Length)
                    lead.ReadPhysicalValues(start, window.AsSpan(0, (int)Math.Min(window.Length, lead.SampleCount - start)));
            }

            var remarks = string.Concat(record.Remarks.Select(remark => $". {remark.TrimEnd('.')}"));
            return $"read: {Count(record.Leads.Count, "signal")}, {Count(record.SampleCount, "sample")}{remarks}";
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException)
        {
            var message = exception.Message.Replace(
                Path.GetDirectoryName(header)! + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
            return exception is FileNotFoundException ? $"its files are not all in the sample data: {message}" : $"refused: {message}";
        }
    }

    private static string ReadAnnotations(string path)
    {
        var file = WfdbAnnotationFile.Read(path);
        using var stream = new MemoryStream();
        file.WriteTo(stream);
        var again = stream.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(path))
            ? "written again to the byte"
            : "written again equal but for one byte: channel −1 was written in ten bits by a WFDB library in which channels had a sign";
        var ticks = file.TicksPerSecond is { } resolution
            ? string.Create(CultureInfo.InvariantCulture, $", {resolution} ticks a second")
            : "";
        var definitions = file.Definitions.Count > 0 ? $", {Count(file.Definitions.Count, "code")} of its own" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(file.Annotations.Count, "annotation")}, the last at {file.Annotations[^1].Sample:N0}{ticks}{definitions}; {again}");
    }

    private static string Count(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    /// <summary>A folder with a record of the sample data; what the data lacks of it is stood in for as <see cref="Note"/> says.</summary>
    private static TemporaryFolder StandIn(string record)
    {
        var folder = new TemporaryFolder();
        var source = Path.GetDirectoryName(Path.Combine(Folder!, "sample-data", record))!;
        foreach (var path in Directory.GetFiles(source))
            File.CreateSymbolicLink(folder.File(Path.GetFileName(path)), path);
        if (record.Contains("s00001", StringComparison.Ordinal))
        {
            foreach (var (name, frames) in new[] { ("3975656_0009", 2_210_767), ("3975656_0010", 5_760_000), ("3975656_0011", 3_900_000) })
            {
                // Two signals of format 80.
                using var zeros = File.Create(folder.File($"{name}.dat"));
                zeros.SetLength(2L * frames);
            }
        }
        else if (record.Contains("p000878", StringComparison.Ordinal))
        {
            var header = folder.File("p000878-2137-10-26-16-57.hea");
            File.Delete(header);
            File.WriteAllText(
                header, "p000878-2137-10-26-16-57/4 4 125 7500\n3269321_layout 0\n~ 3750\n3269321_0001 2000\n3269321_0002 1750\n");
        }

        return folder;
    }

    private static string[] ReadLines(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"^\s*(\S+)\s+(\d+)\s+(\S+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\t?(.*)$")]
    private static partial Regex RdannLine();

    /// <param name="Output">File of expected values.</param>
    /// <param name="Record">What they are of.</param>
    /// <param name="Command">What made them.</param>
    /// <param name="FirstFrame">The frame of the first line.</param>
    /// <param name="Signals">The signals of the columns.</param>
    /// <param name="Physical">Whether they are physical values, else ADC units.</param>
    /// <param name="HighResolution">Whether there is a line for each sample of the fastest signal.</param>
    /// <param name="SkippedLines">Lines at the beginning whose samples are not in the sample data.</param>
    /// <param name="Unverified">Whether the header's initial values and checksums do not hold.</param>
    private sealed record Expected(
        string Output, string Record, string Command, long FirstFrame, int[] Signals, bool Physical = false, bool HighResolution = false,
        bool Unverified = false, int SkippedLines = 0);
}
