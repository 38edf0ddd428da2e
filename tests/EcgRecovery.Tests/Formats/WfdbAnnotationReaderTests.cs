using System.Globalization;
using System.Text.RegularExpressions;
using EcgRecovery.Formats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats;

public partial class WfdbAnnotationReaderTests
{
    [Fact]
    public void Decodes_every_pseudo_code()
    {
        byte[] bytes =
        [
            0x12, 0x70, // RHYTHM (28) at 18
            0x03, 0xFC, (byte)'(', (byte)'N', 0x00, 0x00, // AUX of 3 bytes, its closing zero counted in, and one byte to make it even
            0x00, 0xEC, 0x01, 0x00, 0x02, 0x00, // SKIP 0x00010002, the high word first
            0x05, 0x14, // V (5) at 18 + 65538 + 5
            0xFF, 0xF7, // SUB −1 (of this annotation only)
            0xC8, 0xF8, // CHN 200 (of this and those that follow)
            0x02, 0xF0, // NUM 2 (likewise)
            0x0A, 0x04, // N (1), 10 later
            0x00, 0xEC, 0xFF, 0xFF, 0xFF, 0xFF, // SKIP −1
            0x01, 0x04, // N, at the same place
            0x00, 0x00,
            0x77, // after the end: not looked at
        ];
        Assert.Equal(
            [
                new Annotation(18, 28, Aux: "(N"),
                new Annotation(65_561, 5, -1, 200, 2),
                new Annotation(65_571, 1, 0, 200, 2),
                new Annotation(65_571, 1, 0, 200, 2),
            ],
            WfdbAnnotationReader.Decode(bytes, "x.atr"));
    }

    [Theory]
    [InlineData(new byte[] { }, "x.atr ends at byte 0 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x12 }, "x.atr ends at byte 1 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x12, 0x70 }, "x.atr ends at byte 2 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x12, 0x70, 0x09, 0xFC, 65 }, "x.atr ends at byte 5 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x00, 0xEC, 1, 0, 2 }, "x.atr ends at byte 5 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x05, 0xF4 }, "x.atr, byte 2: a pseudo-code comes before the first annotation.")]
    [InlineData(new byte[] { 0x00, 0xD0 }, "x.atr, byte 0: 52 is no annotation code; is this a WFDB annotation file?")]
    [InlineData(new byte[] { 0x00, 0xEC, 0xFF, 0xFF, 0, 0, 1, 4 }, "x.atr, byte 6: annotation at sample -65535; expected 0 to 2147483647.")]
    public void Names_what_is_wrong_in_one_line(byte[] bytes, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => WfdbAnnotationReader.Decode(bytes, "x.atr")).Message);

    // data/README.md: "112,647 annotations in mitdb, 109,494 of them beats; record 100 has 2,274 / 2,273; AAMI classes …".
    [Fact]
    public void Counts_the_published_totals_of_the_MIT_BIH_database()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "mitdb is absent");
        var files = Directory.GetFiles(folder!, "*.atr").Where(file => !file.EndsWith("102-0.atr", StringComparison.Ordinal)).ToArray();
        var annotations = files.SelectMany(WfdbAnnotationReader.Read).ToArray();
        Assert.Equal(48, files.Length);
        Assert.Equal(112_647, annotations.Length);
        Assert.Equal(109_494, annotations.Count(annotation => annotation.IsBeat));
        Assert.Equal(
            [90_631, 2_781, 7_236, 803, 8_043],
            Enum.GetValues<AamiClass>().Select(aamiClass => annotations.Count(annotation => BeatCode.ClassOf(annotation.Code) == aamiClass)));

        var first = WfdbAnnotationReader.Read(Path.Combine(folder!, "100.atr"));
        Assert.Equal((2_274, 2_273), (first.Count, first.Count(annotation => annotation.IsBeat)));
    }

    // Expected outputs of wfdb-python's tests, made by "rdann -r sample-data/100 -a atr > target-output/ann-1" and so on.
    [Theory]
    [InlineData("100.atr", "ann-1")]
    [InlineData("12726.anI", "ann-2")]
    [InlineData("1003.atr", "ann-3")]
    public void Reads_the_same_annotations_as_rdann(string name, string output)
    {
        var folder = TestData.Folder("wfdb-conformance");
        Assert.SkipWhen(folder is null, "wfdb-conformance is absent");
        var expected = File.ReadAllLines(Path.Combine(folder!, "target-output", output)).Select(line =>
        {
            var match = RdannLine().Match(line);
            return new Annotation(Number(2), BeatCode.FromSymbol(match.Groups[3].Value)!.Value, Number(4), Number(5), Number(6), match.Groups[7].Value.Trim());

            int Number(int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        });
        // 1003.atr opens with notes at sample 0 that define its own symbols, which rdann does not list.
        var actual = WfdbAnnotationReader.Read(Path.Combine(folder!, "sample-data", name)).SkipWhile(a => a is { Sample: 0, Symbol: "\"" });
        Assert.Equal(expected, actual.Select(a => a with { Aux = a.Aux.Trim() }));
    }

    [Fact]
    public void Refuses_times_beyond_32_bits()
    {
        var folder = TestData.Folder("wfdb-conformance");
        Assert.SkipWhen(folder is null, "wfdb-conformance is absent");
        var path = Path.Combine(folder!, "sample-data", "huge.qrs");
        Assert.Contains("expected 0 to 2147483647", Assert.Throws<InvalidDataException>(() => WfdbAnnotationReader.Read(path)).Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\s*(\S+)\s+(\d+)\s+(\S+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\t?(.*)$")]
    private static partial Regex RdannLine();
}
