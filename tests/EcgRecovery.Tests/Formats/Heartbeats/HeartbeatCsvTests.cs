using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Heartbeats;

public class HeartbeatCsvTests
{
    private static readonly HeartbeatSet Beats = RandomBeats(50);

    [Fact]
    public void Reads_what_it_writes_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        var text = Write(Beats);
        var read = HeartbeatCsv.Read(folder.Write("x.csv", text), new HeartbeatCsvOptions { ComputeSha256 = true });
        AssertSame(Beats, read.Set);
        Assert.Null(read.Set.Sources);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(text)), read.Sha256);
        Assert.Equal((false, false), (read.HadHeader, read.HadIndexColumn));
        Assert.Null(HeartbeatCsv.Read(folder.File("x.csv")).Sha256);
    }

    [Fact]
    public void Reads_gzip_by_its_content()
    {
        using var folder = new TemporaryFolder();
        var text = Write(Beats);
        var read = HeartbeatCsv.Read(folder.Write("x.csv", Gzip(text)), new HeartbeatCsvOptions { ComputeSha256 = true });
        AssertSame(Beats, read.Set);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(text)), read.Sha256);
    }

    [Fact]
    public void Reads_across_its_buffers_whatever_the_length_of_the_lines()
    {
        // 4 MB of lines of growing length, the first the shortest, so that the guess of the row count is wrong.
        var beats = RandomBeats(2000);
        var text = Lines(
            beats,
            row => string.Join(
                ',', Cells(beats, row).Select((cell, i) => i == 187 ? cell : cell.TrimEnd('0') + new string('0', row % 19))));
        using var folder = new TemporaryFolder();
        AssertSame(beats, HeartbeatCsv.Read(folder.Write("x.csv", text)).Set);
        AssertSame(beats, HeartbeatCsv.Read(folder.Write("x.csv.gz", Gzip(Encoding.UTF8.GetBytes(text)))).Set);
    }

    [Theory]
    [InlineData(';', ',')]
    [InlineData(';', '.')]
    [InlineData('\t', '.')]
    [InlineData('\t', ',')]
    public void Reads_other_delimiters_and_a_decimal_comma(char delimiter, char point)
    {
        using var folder = new TemporaryFolder();
        var text = Lines(Beats, row => string.Join(delimiter, Cells(Beats, row).Select(cell => cell.Replace('.', point))));
        var read = HeartbeatCsv.Read(folder.Write("x.csv", text));
        AssertSame(Beats, read.Set);
        Assert.Equal((delimiter, point == ',', true), (read.Delimiter, read.HadDecimalComma, read.HadLabels));
    }

    [Fact]
    public void Reads_rows_without_a_label_where_that_is_allowed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.csv", Lines(Beats, row => string.Join(',', Cells(Beats, row).SkipLast(1))));
        Assert.Equal(
            $"{path}, line 1: 187 columns, so rows have no label; expected 188: only recovery does without labels.", Error(path));
        var read = HeartbeatCsv.Read(path, new HeartbeatCsvOptions { AllowUnlabelled = true });
        Assert.False(read.HadLabels);
        Assert.Equal(Beats.Samples, read.Set.Samples);
        Assert.All(read.Set.Classes, one => Assert.Equal(AamiClass.Q, one));
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("\"NA\"")]
    [InlineData("na")]
    public void NA_is_a_missing_sample_as_R_writes_it(string word)
    {
        using var folder = new TemporaryFolder();
        var text = Lines(Beats, row => string.Join(',', Cells(Beats, row).Select((cell, i) => i == 7 ? word : cell)));
        var path = folder.Write("x.csv", text);
        Assert.Contains("line 1, column 8", Error(path), StringComparison.Ordinal);
        var read = HeartbeatCsv.Read(path, new HeartbeatCsvOptions { AllowMissing = true });
        Assert.True(float.IsNaN(read.Set[0][7]));
        Assert.Equal(Beats.Count, read.Set.Samples.Count(float.IsNaN));
    }

    [Theory]
    [InlineData(",0,1,2,…", true)]
    [InlineData("0,1,2,…", false)]
    [InlineData("Unnamed: 0,c0,c1,c2,…", true)]
    [InlineData("\"\",\"V1\",\"V2\",…", true)]
    [InlineData("V1,V2,…", true)]
    public void Reads_a_header_line_and_an_index_column(string style, bool hasIndex)
    {
        var header = style switch
        {
            ",0,1,2,…" => "," + string.Join(',', Enumerable.Range(0, 188)),
            "0,1,2,…" => string.Join(',', Enumerable.Range(0, 188)),
            "Unnamed: 0,c0,c1,c2,…" => "Unnamed: 0," + string.Join(',', Enumerable.Range(0, 188).Select(i => $"c{i}")),
            "V1,V2,…" => string.Join(',', Enumerable.Range(1, 188).Select(i => $"V{i}")),
            _ => "\"\"," + string.Join(',', Enumerable.Range(1, 188).Select(i => $"\"V{i}\"")),
        };
        using var folder = new TemporaryFolder();
        var text = header + "\n"
            + Lines(Beats, row => (hasIndex ? $"{(style[0] == '"' ? "\"7\"" : row)}," : "") + string.Join(',', Cells(Beats, row)));
        var read = HeartbeatCsv.Read(folder.Write("x.csv", text));
        AssertSame(Beats, read.Set);
        Assert.Equal((true, hasIndex), (read.HadHeader, read.HadIndexColumn));
    }

    [Fact]
    public void Reads_other_habits()
    {
        // A byte order mark, CR LF, blanks and quotes about numbers, no line end after the last row or empty lines after it.
        var rows = Enumerable.Range(0, Beats.Count)
            .Select(row => string.Join(", ", Cells(Beats, row).Select((cell, i) => i == 3 ? $"\"{cell}\" " : cell)));
        var text = "\uFEFF" + string.Join("\r\n", rows);
        using var folder = new TemporaryFolder();
        AssertSame(Beats, HeartbeatCsv.Read(folder.Write("x.csv", text)).Set);
        AssertSame(Beats, HeartbeatCsv.Read(folder.Write("x.csv", text + "\r\n\r\n  \r\n")).Set);
    }

    [Theory]
    [InlineData("8.434163928031921387e-01")]
    [InlineData("0.000000000000000000e+00")]
    [InlineData("-0")]
    [InlineData("+.5")]
    [InlineData("5.")]
    [InlineData("1E2")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.00000000000000000000000000000000000000000000012")]
    [InlineData("3.4028235e38")]
    [InlineData("1e-400")]
    [InlineData("1e-99999999999")]
    [InlineData("0e99999999999")]
    public void A_number_becomes_what_the_runtime_reads(string text) => AssertReads([text]);

    [Fact]
    public void A_number_becomes_the_nearest_float()
    {
        var random = new Random(1);
        var texts = new List<string>();
        for (var i = 0; i < 100_000; i++)
        {
            // All magnitudes in one half, those of heartbeats in the other.
            var value = i % 2 == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : random.NextSingle();
            if (float.IsFinite(value))
                texts.Add(((double)value).ToString("E18", CultureInfo.InvariantCulture));
            var digits = string.Concat(Enumerable.Range(0, random.Next(1, 22)).Select(_ => random.Next(10)));
            texts.Add(digits.Insert(random.Next(digits.Length + 1), ".") + (i % 3 == 0 ? "" : $"e{random.Next(-50, 17)}"));
        }

        // Beside the middle of two floats a number must be rounded once.
        for (var i = 0; i < 10_000; i++)
        {
            var low = random.NextSingle();
            var middle = ((double)low + MathF.BitIncrement(low)) / 2;
            foreach (var near in new[] { middle, Math.BitIncrement(middle), Math.BitDecrement(middle) })
                texts.AddRange(new[] { "E16", "E17", "E18", "E25" }.Select(format => near.ToString(format, CultureInfo.InvariantCulture)));
        }

        AssertReads(texts);
    }

    [Fact]
    public void Reads_missing_samples_only_when_asked()
    {
        using var folder = new TemporaryFolder();
        var cells = Cells(Beats, 0);
        (cells[2], cells[3], cells[4], cells[186]) = ("", "NaN", " \"nan\" ", "");
        var path = folder.Write("x.csv", string.Join(',', cells) + "\n");
        var row = HeartbeatCsv.Read(path, new HeartbeatCsvOptions { AllowMissing = true }).Set[0].ToArray();
        Assert.Equal([2, 3, 4, 186], Enumerable.Range(0, 187).Where(i => float.IsNaN(row[i])));
        Assert.Equal(Beats[0][5], row[5]);
        Assert.Equal($"{path}, line 1, column 3: empty cell; expected a number.", Error(path));
    }

    [Theory]
    [InlineData(6, "abc", "column 6: 'abc' is not a number.")]
    [InlineData(1, "abc", "column 1: 'abc' is not a number.")]
    [InlineData(187, "0.5 0.5", "column 187: '0.5 0.5' is not a number.")]
    [InlineData(6, "0,5", "189 columns; expected 188 as in the rows before.")]
    [InlineData(6, "NaN", "column 6: 'NaN' is not a number.")]
    [InlineData(6, "", "column 6: empty cell; expected a number.")]
    [InlineData(6, "inf", "column 6: 'inf' is infinite; expected a finite number.")]
    [InlineData(6, "-Infinity", "column 6: '-Infinity' is infinite; expected a finite number.")]
    [InlineData(6, "1e39", "column 6: '1e39' is infinite; expected a finite number.")]
    [InlineData(6, "1.5e", "column 6: '1.5e' is not a number.")]
    [InlineData(
        6,
        "a\tvery long text that would bury the message in its noise",
        "column 6: 'a?very long text that would bury the mes…' is not a number.")]
    [InlineData(188, "5", "column 188: label 5 is out of range; expected 0, 1, 2, 3 or 4.")]
    [InlineData(188, "-1", "column 188: label -1 is out of range; expected 0, 1, 2, 3 or 4.")]
    [InlineData(188, "1.5", "column 188: label 1.5 is out of range; expected 0, 1, 2, 3 or 4.")]
    [InlineData(188, "nan", "column 188: 'nan' is not a number.")]
    [InlineData(188, "", "column 188: empty cell; expected a number.")]
    [InlineData(188, "N", "column 188: 'N' is not a number.")]
    [InlineData(188, "0,0", "189 columns; expected 188 as in the rows before.")]
    [InlineData(188, "0,", "189 columns; expected 188 as in the rows before.")]
    public void Names_a_bad_cell_by_line_and_column(int column, string cell, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(
            "x.csv", Lines(Beats, row => string.Join(',', Cells(Beats, row).Select((c, i) => row == 6 && i == column - 1 ? cell : c))));
        Assert.Equal($"{path}, line 7{(message.StartsWith("col", StringComparison.Ordinal) ? ", " : ": ")}{message}", Error(path));
    }

    [Theory]
    [InlineData(187, "line 3: 187 columns; expected 188 as in the rows before.")]
    [InlineData(1, "line 3: 1 columns; expected 188 as in the rows before.")]
    public void Names_a_row_that_is_too_short(int columns, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.csv", Lines(Beats, row => string.Join(',', Cells(Beats, row).Take(row == 2 ? columns : 188))));
        Assert.Equal($"{path}, {message}", Error(path));
    }

    [Fact]
    public void Names_a_row_of_another_width_beside_an_index_column()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.csv", Lines(Beats, row => (row == 4 ? "" : $"{row},") + string.Join(',', Cells(Beats, row))));
        Assert.Equal($"{path}, line 5: 188 columns; expected 189 as in the rows before.", Error(path));
        path = folder.Write("x.csv", Lines(Beats, row => "0.5," + string.Join(',', Cells(Beats, row))));
        Assert.Equal($"{path}, line 1, column 1: '0.5' is no row number; expected one in the first of 189 columns.", Error(path));
    }

    [Theory]
    [InlineData(
        "1,2,3\n",
        "{0}, line 1: 3 columns; expected 188 (187 samples and a label) or 189 (a row number before them), with commas between.")]
    [InlineData(
        "<!DOCTYPE html>\n",
        "{0}, line 1: 1 columns; expected 188 (187 samples and a label) or 189 (a row number before them), with commas between.")]
    [InlineData("", "{0} is empty; expected rows of 187 samples and a label.")]
    [InlineData("\n\n", "{0} is empty; expected rows of 187 samples and a label.")]
    [InlineData("PK\u0003\u0004…", "{0} is a ZIP archive; unpack it first.")]
    public void Says_what_the_file_is_instead(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.csv", text);
        Assert.Equal(string.Format(CultureInfo.InvariantCulture, message, path), Error(path));
    }

    [Fact]
    public void Names_an_empty_line_between_rows_and_a_lone_header()
    {
        using var folder = new TemporaryFolder();
        var row = string.Join(',', Cells(Beats, 0));
        var path = folder.Write("x.csv", $"{row}\n\n\n{row}\n");
        Assert.Equal($"{path}, line 2: empty line between rows.", Error(path));
        path = folder.Write("x.csv", string.Join(',', Enumerable.Range(0, 188)));
        Assert.Equal($"{path} has a header line only; expected rows of 187 samples and a label.", Error(path));
        path = folder.Write("x.csv", new string('x', 2_000_000));
        Assert.Equal($"{path} has a line of more than 65536 bytes; is it a heartbeat CSV?", Error(path));
    }

    [Fact]
    public void Says_that_a_gzip_is_truncated_wherever_it_ends()
    {
        using var folder = new TemporaryFolder();
        var gzip = Gzip(Write(RandomBeats(3)));
        for (var length = 2; length < gzip.Length; length += length > 20 && length < gzip.Length - 120 ? 97 : 1)
        {
            var path = folder.Write("x.csv.gz", gzip[..length]);
            Assert.Equal($"{path} is a truncated, broken or multi-part gzip file.", Error(path));
        }

        gzip[gzip.Length / 2] ^= 0x10;
        var broken = folder.Write("x.csv.gz", gzip);
        Assert.Equal($"{broken} is a truncated, broken or multi-part gzip file.", Error(broken));
    }

    [Fact]
    public void Says_that_a_file_is_missing_or_a_directory()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("absent.csv");
        Assert.Equal($"Input {path} does not exist.", Assert.Throws<FileNotFoundException>(() => HeartbeatCsv.Read(path)).Message);
        Directory.CreateDirectory(path);
        Assert.Equal($"{path} is a directory; expected a file.", Error(path));
    }

    [Fact]
    public void Ends_when_cancelled()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.csv", Write(Beats));
        Assert.Throws<OperationCanceledException>(() => HeartbeatCsv.Read(path, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(
            () => HeartbeatCsv.Write(Stream.Null, RandomBeats(400), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Reads_the_sources_beside_the_file()
    {
        using var folder = new TemporaryFolder();
        var sources = Enumerable.Range(0, Beats.Count)
            .Select(row => new HeartbeatSource("208", row * 300, "NAVF/"[row % 5].ToString()))
            .ToArray();
        var path = folder.Write("x.csv.gz", Gzip(Write(Beats)));
        using (var companion = File.Create(folder.File("x.rows.csv")))
            HeartbeatSources.Write(companion, sources);
        Assert.StartsWith(
            "record,sample,symbol\n208,0,N\n208,300,A\n", File.ReadAllText(folder.File("x.rows.csv")), StringComparison.Ordinal);
        Assert.Equal(sources, HeartbeatCsv.Read(path).Set.Sources);

        HeartbeatSource[] recordsOnly = [.. sources.Select(source => HeartbeatSource.RecordOnly(source.Record))];
        using (var companion = File.Create(folder.File("x.rows.csv")))
            HeartbeatSources.Write(companion, recordsOnly);
        Assert.Equal(recordsOnly, HeartbeatCsv.Read(path).Set.Sources);

        var rows = folder.File("x.rows.csv");
        using (var companion = File.Create(rows))
            HeartbeatSources.Write(companion, [.. sources.Reverse()]);
        Assert.Equal(
            $"{rows}, line 2: symbol / is no beat of class N, which that row of {path} has; is it the companion of another file?",
            Error(path));

        folder.Write("x.rows.csv", "record,sample,symbol\n208,0,N\n");
        Assert.Equal($"{rows} names 1 rows; {path} has 50.", Error(path));
        folder.Write("x.rows.csv", "record,sample,symbol\n208,zero,N\n");
        Assert.Equal($"{rows}, line 2: '208,zero,N' is not record,sample,symbol.", Error(path));
        folder.Write("x.rows.csv", "");
        Assert.Equal($"{rows}, line 1: expected record,sample,symbol.", Error(path));
    }

    // The excerpts' first values, as `head -1 FILE | cut -d, -f1-3` prints them, and label counts by `cut -d, -f188 | sort | uniq -c`.
    [Theory]
    [InlineData("test_500rows.csv", 500, false, 0.84341639f, 0.93416369f)]
    [InlineData("train_500rows.csv", 500, false, 1f, 0.89054728f)]
    [InlineData("test_999rows_with_header_and_index.csv", 999, true, 0.90842491f, 0.7838828f)]
    public void Reads_excerpts_of_the_real_files(string name, int rows, bool isCopy, float first, float second)
    {
        var path = TestData.Folder("kaggle/excerpts/" + name);
        Assert.SkipWhen(path is null, "kaggle/excerpts is absent");
        var read = HeartbeatCsv.Read(path!);
        Assert.Equal(rows, read.Set.Count);
        Assert.Equal((isCopy, isCopy), (read.HadHeader, read.HadIndexColumn));
        Assert.Equal([first, second], read.Set[0][..2].ToArray());

        // Every value as the runtime reads it.
        var lines = File.ReadLines(path!).Skip(isCopy ? 1 : 0).Select(line => line.Split(',').Skip(isCopy ? 1 : 0).ToArray()).ToArray();
        Assert.Equal(
            lines.SelectMany(cells => cells[..187]).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)), read.Set.Samples);
        Assert.Equal(lines.Select(cells => (AamiClass)(int)float.Parse(cells[187], CultureInfo.InvariantCulture)), read.Set.Classes);
    }

    private static string Error(string path) => Assert.Throws<InvalidDataException>(() => HeartbeatCsv.Read(path)).Message;

    private static void AssertReads(List<string> texts)
    {
        var rows = texts
            .Chunk(HeartbeatSet.BeatLength)
            .Select(row => string.Join(',', row.Concat(Enumerable.Repeat("0", HeartbeatSet.BeatLength + 1 - row.Length))));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        var samples = HeartbeatCsv.Read(stream, "x").Set.Samples;
        for (var i = 0; i < texts.Count; i++)
        {
            var expected = float.Parse(texts[i], CultureInfo.InvariantCulture);
            if (BitConverter.SingleToInt32Bits(expected) != BitConverter.SingleToInt32Bits(samples[i]))
                Assert.Fail($"{texts[i]}: {samples[i]:R}; expected {expected:R}");
        }
    }

    private static HeartbeatSet RandomBeats(int count)
    {
        var random = new Random(count);
        var samples = new float[count * HeartbeatSet.BeatLength];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = i % HeartbeatSet.BeatLength > 150 ? 0 : random.NextSingle();
        return new HeartbeatSet(samples, [.. Enumerable.Range(0, count).Select(row => (AamiClass)(row % 5))]);
    }

    private static byte[] Write(HeartbeatSet set)
    {
        using var stream = new MemoryStream();
        HeartbeatCsv.Write(stream, set);
        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            gzip.Write(content);
        return stream.ToArray();
    }

    private static string[] Cells(HeartbeatSet set, int row) =>
        [
            .. set[row].ToArray().Select(value => ((double)value).ToString("F18", CultureInfo.InvariantCulture)),
            ((int)set.Classes[row]).ToString(CultureInfo.InvariantCulture),
        ];

    private static string Lines(HeartbeatSet set, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, set.Count).Select(row => line(row) + "\n"));

    private static void AssertSame(HeartbeatSet expected, HeartbeatSet actual)
    {
        Assert.True(expected.Samples.AsSpan().SequenceEqual(actual.Samples));
        Assert.Equal(expected.Classes, actual.Classes);
    }
}
