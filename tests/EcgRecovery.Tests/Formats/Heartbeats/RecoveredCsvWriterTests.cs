using System.IO.Compression;
using System.Text;
using EcgRecovery.Beats;
using EcgRecovery.Formats.Heartbeats;

namespace EcgRecovery.Tests.Formats.Heartbeats;

public class RecoveredCsvWriterTests
{
    private const int L = HeartbeatSet.BeatLength;

    [Fact]
    public void Only_the_filled_cells_change_and_everything_else_keeps_its_bytes()
    {
        // Everything unusual that the reader accepts: header, row numbers, blanks, quotes, +, exponents, \r\n, empty lines at the end.
        var header = $",{string.Join(',', Enumerable.Range(0, 188))}\r\n";
        var rest = string.Concat(Enumerable.Repeat(",0.125000000000000000e+00", L - 5));
        var first = $"0, 0.50,,+1e-1,\"0.25\",NaN{rest},2.000000000000000000e+00\r\n";
        var second = $"1,0.1{string.Concat(Enumerable.Repeat(",0", L - 1))},0\n";
        Check(
            header + first + second + "\n",
            (samples, isFilled) =>
            {
                (samples[1], isFilled[1]) = (1f / 3, true);
                (samples[4], isFilled[4]) = (1e-7f, true);
                (samples[(2 * L) - 1], isFilled[(2 * L) - 1]) = (1, true);
            },
            header
            + first.Replace(",,", ",0.33333334,", StringComparison.Ordinal).Replace("NaN", "1E-07", StringComparison.Ordinal)
            + second.Replace(",0,0\n", ",1,0\n", StringComparison.Ordinal)
            + "\n");
    }

    [Fact]
    public void Delimiter_decimal_comma_and_a_missing_label_stay_as_they_are()
    {
        var row = $"NA;0,25{string.Concat(Enumerable.Repeat(";0,5", L - 3))};\r\n";
        Check(
            row,
            (samples, isFilled) =>
            {
                (samples[0], isFilled[0]) = (0.125f, true);
                (samples[L - 1], isFilled[L - 1]) = (0.75f, true);
            },
            row.Replace("NA;", "0,125;", StringComparison.Ordinal).Replace(";\r", ";0,75\r", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_without_a_last_line_end_stays_so()
    {
        var row = $"{string.Join(',', Enumerable.Repeat("0.5", L))},0";
        Check(row, (_, _) => { }, row);
        Check(row, (samples, isFilled) => (samples[0], isFilled[0]) = (0.25f, true), "0.25" + row[3..]);
    }

    [Fact]
    public void A_gzip_comes_out_as_plain_text()
    {
        using var folder = new TemporaryFolder();
        var row = $"{string.Join(',', Enumerable.Repeat("0.5", L))},0\n";
        var path = folder.File("beats.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            gzip.Write(Encoding.ASCII.GetBytes(row));
        using var written = new MemoryStream();
        RecoveredCsvWriter.Write(written, path, HeartbeatCsv.Read(path), new float[L], new bool[L]);
        Assert.Equal(row, Encoding.ASCII.GetString(written.ToArray()));
    }

    [Fact]
    public void What_was_filled_reads_back_as_the_same_float()
    {
        var row = $"{string.Join(',', Enumerable.Repeat("", L))},0\n";
        using var folder = new TemporaryFolder();
        var path = folder.Write("beats.csv", row);
        var file = HeartbeatCsv.Read(path, new HeartbeatCsvOptions { AllowMissing = true, AllowUnlabelled = true });
        var samples = Enumerable.Range(0, L).Select(i => MathF.Sin(i) * MathF.Pow(10, (i % 20) - 10)).ToArray();
        using var written = new MemoryStream();
        RecoveredCsvWriter.Write(written, path, file, samples, [.. Enumerable.Repeat(true, L)]);
        written.Position = 0;
        Assert.Equal(samples, HeartbeatCsv.Read(written, "written").Set.Samples);
    }

    [Fact]
    public void A_file_that_changed_since_it_was_read_is_refused()
    {
        using var folder = new TemporaryFolder();
        var row = $"{string.Join(',', Enumerable.Repeat("0.5", L))},0\n";
        var path = folder.Write("beats.csv", row + row);
        var file = HeartbeatCsv.Read(path);
        foreach (var changed in new[] { row, row + row + row, row + "0.5,0\n" })
        {
            File.WriteAllText(path, changed);
            var error = Assert.Throws<InvalidDataException>(
                () => RecoveredCsvWriter.Write(Stream.Null, path, file, new float[2 * L], new bool[2 * L]));
            Assert.Equal($"{path} changed while it was being read.", error.Message);
        }
    }

    [Fact]
    public void The_mask_has_a_line_a_row_and_a_one_for_a_filled_sample()
    {
        var isFilled = new bool[2 * L];
        isFilled[1] = isFilled[(2 * L) - 1] = true;
        using var written = new MemoryStream();
        RecoveredCsvWriter.WriteMask(written, isFilled);
        var zeros = string.Concat(Enumerable.Repeat(",0", L - 2));
        Assert.Equal($"0,1{zeros}\n0{zeros},1\n", Encoding.ASCII.GetString(written.ToArray()));
    }

    [Fact]
    public void The_intervals_have_a_line_for_every_filled_sample_and_read_back_as_the_same_floats()
    {
        var (samples, isFilled, lower, upper) = (new float[2 * L], new bool[2 * L], new float[2 * L], new float[2 * L]);
        (samples[3], isFilled[3], lower[3], upper[3]) = (1f / 3, true, -0.25f, 0.5f);
        (samples[L + 186], isFilled[L + 186], lower[L + 186], upper[L + 186]) = (1, true, -1.1754944E-38f, -3.4028235E+38f);
        using var written = new MemoryStream();
        RecoveredCsvWriter.WriteInterval(written, samples, isFilled, lower, upper, TestContext.Current.CancellationToken);
        Assert.Equal(
            "row,sample,recovered,lower,upper\n0,3,0.33333334,-0.25,0.5\n1,186,1,-1.1754944E-38,-3.4028235E+38\n",
            Encoding.ASCII.GetString(written.ToArray()));
        Assert.Throws<OperationCanceledException>(
            () => RecoveredCsvWriter.WriteInterval(Stream.Null, samples, isFilled, lower, upper, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("out.csv", "out.mask.csv", "out.interval.csv")]
    [InlineData("a.b/out", "a.b/out.mask.csv", "a.b/out.interval.csv")]
    public void The_companions_names_follow_the_files(string path, string mask, string interval) =>
        Assert.Equal((mask, interval), (RecoveredCsvWriter.MaskPathFor(path), RecoveredCsvWriter.IntervalPathFor(path)));

    private static void Check(string text, Action<float[], bool[]> fill, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("beats.csv", text);
        var file = HeartbeatCsv.Read(path, new HeartbeatCsvOptions { AllowMissing = true, AllowUnlabelled = true });
        var samples = (float[])file.Set.Samples.Clone();
        var isFilled = new bool[samples.Length];
        fill(samples, isFilled);
        using var written = new MemoryStream();
        RecoveredCsvWriter.Write(written, path, file, samples, isFilled);
        Assert.Equal(expected, Encoding.UTF8.GetString(written.ToArray()));
    }
}
