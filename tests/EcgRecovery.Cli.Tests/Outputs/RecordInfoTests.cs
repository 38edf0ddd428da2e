using System.Text.Json;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Outputs;

public sealed class RecordInfoTests : IDisposable
{
    private static readonly string s_demo = Checkout.PathOf("src", "EcgRecovery.Cli", "DemoData", "208-1935");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recording_is_shown_with_its_leads_and_what_is_missing()
    {
        // Format 16, 10 Hz: of 20 samples the third to fifth hold the format's mark for "no sample".
        var samples = Enumerable.Range(0, 20).SelectMany(t => BitConverter.GetBytes(t is >= 2 and < 5 ? short.MinValue : (short)t))
            .ToArray();
        File.WriteAllBytes(_folder.PathOf("r.dat"), samples);
        _folder.Write("r.hea", "r 1 10 20 09:30:00 04/03/2021\nr.dat 16 100(5)/uV 16 0 0 -32587 0 II\n# 65 F\n");

        var result = InProcess.Run("info", _folder.PathOf("r"));
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            $"""
            record        r, from {_folder.PathOf("r")}
            start         2021-03-04 09:30:00
            duration      0:00:02.000, annotations count 10 samples a second

               lead  Hz  samples  unit  steps a unit  zero at   missing  spans
            0  II    10       20  uV             100        5  3 (15 %)      1

            missing       II: 0:00:00.200 to 0:00:00.500 (sentinel)
            annotations   none
            comment       65 F

            """,
            result.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void As_JSON_it_has_the_documented_keys()
    {
        var result = InProcess.Run("info", s_demo, "--json", "--from", "1:00", "--to", "1:30", "--lead", "MLII");
        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(
            [
                "file", "record", "startDate", "startTime", "durationSeconds", "samplingFrequencyHz", "patient", "recording", "leads",
                "annotations", "rhythms", "notes", "provenance", "comments", "remarks",
            ],
            document.RootElement.EnumerateObject().Select(property => property.Name));
        var lead = Assert.Single(document.RootElement.GetProperty("leads").EnumerateArray());
        Assert.Equal("MLII", lead.GetProperty("name").GetString());
        Assert.Equal(30 * 360, lead.GetProperty("samples").GetInt64());
        Assert.Equal(200, lead.GetProperty("gain").GetDouble());
        Assert.Equal(0, lead.GetProperty("missingSamples").GetInt64());
        Assert.Equal(30, document.RootElement.GetProperty("durationSeconds").GetDouble());
    }

    [Fact]
    public void Rhythms_are_in_words_with_their_total_time_and_notes_with_their_texts()
    {
        // 100 Hz, half an hour: fibrillation from 60 s to 783 s and from 1,500 s to the end, a code that nobody knows in between.
        var path = _folder.PathOf("r.hea");
        using (var record = new EcgRecord
        {
            Name = "r",
            SamplingFrequencyHz = 100,
            Leads = [new EcgLead { Name = "II", SamplingFrequencyHz = 100, AdcUnits = new MemorySamples<int>(new int[180_000]) }],
            Annotations =
            [
                Mark(6000, "+", "(AFIB"), Mark(78_300, "+", "(N"), Mark(80_000, "+", "(XYZ"), Mark(80_450, "+", "(N"),
                .. Enumerable.Range(0, 12).Select(i => Mark(100_000 + (100 * i), "\"", $"event {i}")),
                Mark(150_000, "+", "(AFIB\0"),
            ],
        })
        {
            record.Write(path);
        }

        var lines = InProcess.Run("info", path).Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(
            [
                "rhythm        atrial fibrillation 17 min 3 s (AFIB), 2 episodes",
                "rhythm        normal sinus rhythm 11 min 53 s (N), 2 episodes",
                "rhythm        XYZ 4.5 s",
            ],
            lines.Where(line => line.StartsWith("rhythm", StringComparison.Ordinal)));
        string[] notes = [.. lines.Where(line => line.StartsWith("note", StringComparison.Ordinal))];
        Assert.Equal(11, notes.Length);
        Assert.Equal("note          0:16:40.000 event 0", notes[0]);
        Assert.Equal("note          and 2 more, 12 in all", notes[^1]);

        // A rhythm that began before the part counts from the part's start.
        using var document = JsonDocument.Parse(InProcess.Run("info", path, "--json", "--from", "2:00", "--to", "16:41.5").Output);
        var rhythms = document.RootElement.GetProperty("rhythms");
        Assert.Equal(3, rhythms.GetArrayLength());
        Assert.Equal(
            ("(AFIB", "atrial fibrillation", 1, 663.0),
            (
                rhythms[0].GetProperty("code").GetString(),
                rhythms[0].GetProperty("name").GetString(),
                rhythms[0].GetProperty("episodes").GetInt32(),
                rhythms[0].GetProperty("seconds").GetDouble()));
        Assert.Equal(JsonValueKind.Null, rhythms[2].GetProperty("name").ValueKind);
        var all = document.RootElement.GetProperty("notes");
        Assert.Equal(2, all.GetArrayLength());
        Assert.Equal(
            (100_100, 1001.0, "event 1"),
            (all[1].GetProperty("sample").GetInt64(), all[1].GetProperty("seconds").GetDouble(), all[1].GetProperty("text").GetString()));

        static Annotation Mark(long sample, string symbol, string text) => new(sample, BeatCode.FromSymbol(symbol)!.Value, Aux: text);
    }

    [Fact]
    public void A_wrong_checksum_is_told_and_can_be_passed_over()
    {
        File.WriteAllBytes(_folder.PathOf("r.dat"), [1, 0, 2, 0]);
        _folder.Write("r.hea", "r 1 10 2\nr.dat 16 100 16 0 1 4 0 II\n");
        InProcess.Run("info", _folder.PathOf("r")).AssertOneErrorLine(3, "signal II: checksum is 3; header r expects 4");
        Assert.Equal(0, InProcess.Run("info", _folder.PathOf("r"), "--skip-checksums").ExitCode);
    }

    [Fact]
    public void What_is_neither_a_model_nor_a_recording_is_refused_in_one_line()
    {
        InProcess.Run("info", "nothing-of-this-name").AssertOneErrorLine(
            2,
            "'nothing-of-this-name' is neither a shipped model nor a file; "
                + "expected autoencoder, beat, record, a model file, or a recording");
        InProcess.Run("info", _folder.PathOf("absent")).AssertOneErrorLine(3, "absent.hea does not exist");
        InProcess.Run("info", _folder.Write("binary.doc", "\u0001\u0002"))
            .AssertOneErrorLine(3, "binary.doc is of no format that is read; expected .hea");
        InProcess.Run("info", _folder.Root).AssertOneErrorLine(3, "is a directory; expected a recording");
        InProcess.Run("info", s_demo, "--lead", "V9").AssertOneErrorLine(2, "has no lead 'V9'");
        InProcess.Run("info", s_demo, "--from", "1:00:00").AssertOneErrorLine(2, "1:00:00 is after the end");
    }
}
