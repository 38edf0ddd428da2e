using System.Text.Json;

namespace EcgRecovery.Cli.Tests.Outputs;

public sealed class RecordInfoTests : IDisposable
{
    private static readonly string s_demo = Path.Combine(AppContext.BaseDirectory, "DemoData", "208-1935");
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
                "annotations", "provenance", "comments", "remarks",
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
            2, "'nothing-of-this-name' is neither a shipped model nor a file; expected autoencoder, beat, a model file, or a recording");
        InProcess.Run("info", _folder.PathOf("absent")).AssertOneErrorLine(3, "absent.hea does not exist");
        InProcess.Run("info", _folder.Write("binary.doc", "\u0001\u0002"))
            .AssertOneErrorLine(3, "binary.doc is of no format that is read; expected .hea");
        InProcess.Run("info", _folder.Root).AssertOneErrorLine(3, "is a directory; expected a recording");
        InProcess.Run("info", s_demo, "--lead", "V9").AssertOneErrorLine(2, "has no lead 'V9'");
        InProcess.Run("info", s_demo, "--from", "1:00:00").AssertOneErrorLine(2, "1:00:00 is after the end");
    }
}
