using System.Text;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Wfdb;

public class WfdbAnnotationFileTests
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
            0x00, 0xEC, 0xFF, 0xFF, 0xF5, 0xFF, // SKIP −11
            0x00, 0x04, // N, before the one before
            0x00, 0xEC, 0x00, 0x00, 0x09, 0x00, // SKIP 9
            0x01, 0x00, // an annotation without a code: nothing, but its time counts
            0x02, 0xFC, (byte)'h', (byte)'i', // its text: nothing either
            0x00, 0x04, // N
            0x00, 0x00,
            0x77, // after the end: not looked at
        ];
        Annotation[] expected =
        [
            new Annotation(18, 28, Aux: "(N"),
            new Annotation(65_561, 5, -1, 200, 2),
            new Annotation(65_571, 1, 0, 200, 2),
            new Annotation(65_560, 1, 0, 200, 2),
            new Annotation(65_570, 1, 0, 200, 2),
        ];
        Assert.Equal(expected, MitAnnotationReader.Decode(bytes, "x.atr").Annotations);
    }

    [Theory]
    [InlineData(new byte[] { }, "x.atr ends at byte 0 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x12 }, "x.atr ends at byte 1 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x12, 0x70 }, "x.atr ends at byte 2 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x12, 0x70, 0x09, 0xFC, 65 }, "x.atr ends at byte 5 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x00, 0xEC, 1, 0, 2 }, "x.atr ends at byte 5 without its end mark; is it truncated?")]
    [InlineData(new byte[] { 0x05, 0xF4 }, "x.atr, byte 0: a pseudo-code comes before the first annotation.")]
    [InlineData(new byte[] { 0x01, 0xFC, 65, 0 }, "x.atr, byte 0: a pseudo-code comes before the first annotation.")]
    [InlineData(new byte[] { 0x00, 0xD0 }, "x.atr, byte 0: 52 is no annotation code; is this a WFDB annotation file?")]
    [InlineData(new byte[] { 0x00, 0xEC, 0xFF, 0xFF, 0, 0, 1, 4, 0, 0 }, "x.atr, byte 6: annotation at sample -65535; expected 0 or more.")]
    public void Names_what_is_wrong_in_one_line(byte[] bytes, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => MitAnnotationReader.Decode(bytes, "x.atr")).Message);

    [Fact]
    public void Refuses_AHA_format_by_its_name()
    {
        byte[] bytes = [0, (byte)'N', 0, 0, 18, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        Assert.Equal(
            "x.atr is an annotation file in AHA format, which is not read; expected MIT format, which WFDB's rdann and wrann make of it.",
            Assert.Throws<InvalidDataException>(() => MitAnnotationReader.Decode(bytes, "x.atr")).Message);
    }

    [Fact]
    public void Writes_bytes_worked_by_hand()
    {
        var file = new WfdbAnnotationFile
        {
            Annotations =
            [
                new Annotation(18, 28, Aux: "(N"),
                new Annotation(1041, 5, -1, 200, 2),
                new Annotation(2065, 1, 0, 200, 2),
                new Annotation(2060, 1, 0, 0, -1, "odd"),
            ],
        };
        using var stream = new MemoryStream();
        Assert.Empty(file.WriteTo(stream));
        byte[] expected =
        [
            0x12, 0x70, 0x02, 0xFC, (byte)'(', (byte)'N', // RHYTHM at 18, AUX of 2 bytes
            0xFF, 0x17, 0xFF, 0xF7, 0xC8, 0xF8, 0x02, 0xF0, // V 1023 later, SUB −1, CHN 200, NUM 2
            0x00, 0xEC, 0x00, 0x00, 0x00, 0x04, 0x00, 0x04, // SKIP 1024, N
            0x00, 0xEC, 0xFF, 0xFF, 0xFB, 0xFF, 0x00, 0x04, // SKIP −5, N
            0x00, 0xF8, 0xFF, 0xF3, 0x03, 0xFC, (byte)'o', (byte)'d', (byte)'d', 0x00, // CHN 0, NUM −1, AUX of 3 bytes, a pad byte
            0x00, 0x00,
        ];
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var random = new Random(22);
        var annotations = new List<Annotation>();
        for (var i = 0; i < 2000; i++)
        {
            annotations.Add(new Annotation(
                random.Next(5) == 0 ? random.NextInt64(1L << 40) : random.Next(5000),
                random.Next(1, 50),
                random.Next(-128, 128) * random.Next(2),
                random.Next(256) * random.Next(2),
                random.Next(-128, 128) * random.Next(2),
                // Whatever is not about the file itself.
                random.Next(3) == 0 ? "x" + new string('ä', random.Next(127)) : ""));
        }

        var file = new WfdbAnnotationFile
        {
            Annotations = annotations,
            TicksPerSecond = 1.5,
            Definitions = [new AnnotationDefinition(42, "CAL", "Calibration of pressure"), new AnnotationDefinition(1, "n")],
        };
        var back = Decode(file);
        Assert.Equal(annotations, back.Annotations);
        Assert.Equal(1.5, back.TicksPerSecond);
        Assert.Equal(file.Definitions, back.Definitions);
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut_between_characters_and_that_is_said()
    {
        var file = new WfdbAnnotationFile { Annotations = [new Annotation(0, 22, Aux: "x" + new string('ä', 200))] };
        using var stream = new MemoryStream();
        Assert.Equal(["The texts of 1 annotations are cut to 255 bytes."], file.WriteTo(stream));
        Assert.Equal("x" + new string('ä', 127), Assert.Single(MitAnnotationReader.Decode(stream.ToArray(), "x").Annotations).Aux);
    }

    [Theory]
    [InlineData(-1, 1, 0, 0, 0)]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(0, 50, 0, 0, 0)]
    [InlineData(0, 1, 128, 0, 0)]
    [InlineData(0, 1, 0, 256, 0)]
    [InlineData(0, 1, 0, -1, 0)]
    [InlineData(0, 1, 0, 0, -129)]
    public void What_has_no_room_is_refused(long sample, int code, int subtype, int channel, int number)
    {
        var file = new WfdbAnnotationFile { Annotations = [new Annotation(sample, code, subtype, channel, number)] };
        Assert.StartsWith(
            $"Annotation {code} at {sample} (subtype {subtype}",
            Assert.Throws<InvalidDataException>(() => file.WriteTo(Stream.Null)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_about_the_file_are_told_apart_from_notes_about_the_signal()
    {
        // As gqrs writes them: the time resolution, an annotation without code, then a note of its own at sample 0.
        var file = Decode(
            new WfdbAnnotationFile { TicksPerSecond = 500, Annotations = [new Annotation(0, 22, Aux: "gqrs -H"), new Annotation(7, 1)] });
        Assert.Equal(500, file.TicksPerSecond);
        Assert.Equal(["gqrs -H", ""], file.Annotations.Select(annotation => annotation.Aux));
    }

    [Fact]
    public void A_note_that_begins_with_a_number_defines_a_code_only_where_definitions_are_announced_or_the_code_is_free()
    {
        Annotation[] notes = [new(0, 22, Aux: "1 mV calibration"), new(5, 1)];
        var said = Decode(new WfdbAnnotationFile { Annotations = notes });
        Assert.Equal(notes, said.Annotations);
        Assert.Empty(said.Definitions);
        // Without the line before definitions, as 12726.wabp has it: 42 is a code that ecgcodes.h leaves free.
        Assert.Equal(
            [new AnnotationDefinition(42, "CAL", "Calibration")],
            Decode(new WfdbAnnotationFile { Annotations = [new(0, 22, Aux: "42 CAL Calibration")] }).Definitions);
        // With it, any code.
        AnnotationDefinition[] definitions = [new(1, "mV", "calibration")];
        var defined = Decode(new WfdbAnnotationFile { Annotations = notes, Definitions = definitions });
        Assert.Equal(definitions, defined.Definitions);
        Assert.Equal(notes, defined.Annotations);
    }

    [Fact]
    public void Ticks_become_samples()
    {
        var file = new WfdbAnnotationFile
        {
            TicksPerSecond = 500,
            Annotations = [new Annotation(4, 1), new Annotation(6, 1), new Annotation(7, 1)],
        };
        Assert.Equal(
            [new Annotation(1, 1), new Annotation(2, 1, OnsetSeconds: 0.012m), new Annotation(2, 1, OnsetSeconds: 0.014m)],
            file.InSamples(125));
        Assert.Equal(file.Annotations, file.InSamples(500));
    }

    [Fact]
    public void A_time_resolution_that_is_none_is_refused()
    {
        var bytes = new List<byte> { 0x00, 0x58, 22, 0xFC };
        bytes.AddRange(Encoding.ASCII.GetBytes("## time resolution: -1"));
        bytes.AddRange([0, 0]);
        Assert.Equal(
            "x.atr: '-1' is no time resolution; expected a positive number of ticks a second.",
            Assert.Throws<InvalidDataException>(() => MitAnnotationReader.Decode(bytes.ToArray(), "x.atr")).Message);
    }

    [Fact]
    public void Every_annotation_file_at_hand_is_written_again_to_the_byte()
    {
        var folder = TestData.Folder("mitdb");
        var conformance = TestData.Folder("wfdb-conformance");
        Assert.SkipWhen(folder is null || conformance is null, "mitdb or wfdb-conformance is absent");
        string[] extensions = [".atr", ".qrs", ".anI", ".wabp", ".wqrs", ".gqrsh", ".gqrsl", ".sqrs"];
        var files = Directory.GetFiles(folder!, "*.atr")
            .Concat(
                Directory.GetFiles(Path.Combine(conformance!, "sample-data")).Where(path => extensions.Contains(Path.GetExtension(path))))
            .ToArray();
        Assert.Equal(49 + 10, files.Length);
        var differing = files.Where(path =>
        {
            using var stream = new MemoryStream();
            WfdbAnnotationFile.Read(path).WriteTo(stream);
            return !stream.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(path));
        });
        // 12726.anI has a channel of −1, written in ten bits by a WFDB library in which channels had a sign; they have none now, and 255 is
        // written in eight.
        Assert.Equal(["12726.anI"], differing.Select(path => Path.GetFileName(path)));
    }

    // data/README.md: "112,647 annotations in mitdb, 109,494 of them beats; record 100 has 2,274 / 2,273; AAMI classes …".
    [Fact]
    public void Counts_the_published_totals_of_the_MIT_BIH_database()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "mitdb is absent");
        var files = Directory.GetFiles(folder!, "*.atr").Where(file => !file.EndsWith("102-0.atr", StringComparison.Ordinal)).ToArray();
        var annotations = files.SelectMany(file => WfdbAnnotationFile.Read(file).Annotations).ToArray();
        Assert.Equal(48, files.Length);
        Assert.Equal(112_647, annotations.Length);
        Assert.Equal(109_494, annotations.Count(annotation => annotation.IsBeat));
        Assert.Equal(
            [90_631, 2_781, 7_236, 803, 8_043],
            Enum.GetValues<AamiClass>()
                .Select(aamiClass => annotations.Count(annotation => BeatCode.ClassOf(annotation.Code) == aamiClass)));

        var first = WfdbAnnotationFile.Read(Path.Combine(folder!, "100.atr")).Annotations;
        Assert.Equal((2_274, 2_273), (first.Count, first.Count(annotation => annotation.IsBeat)));
    }

    [Fact]
    public void Definitions_of_real_files_are_read()
    {
        var folder = TestData.Folder("wfdb-conformance");
        Assert.SkipWhen(folder is null, "wfdb-conformance is absent");
        var file = WfdbAnnotationFile.Read(Path.Combine(folder!, "sample-data", "1003.atr"));
        Assert.Equal(
            [
                (15, "c", "calibration pulse"),
                (17, "#", "pressure line flushed"),
                (20, "x", "signal source change"),
                (21, "w", "wedge recording (PCW)"),
                (23, "*", "pop test"),
                (24, "z", "zero pressure"),
            ],
            file.Definitions.Select(definition => (definition.Code, definition.Symbol, definition.Description)));
        Assert.Equal(
            new AnnotationDefinition(42, "CAL", "Calibration"),
            Assert.Single(WfdbAnnotationFile.Read(Path.Combine(folder!, "sample-data", "12726.wabp")).Definitions));
    }

    private static WfdbAnnotationFile Decode(WfdbAnnotationFile file)
    {
        using var stream = new MemoryStream();
        Assert.Empty(file.WriteTo(stream));
        return MitAnnotationReader.Decode(stream.ToArray(), "x");
    }
}
