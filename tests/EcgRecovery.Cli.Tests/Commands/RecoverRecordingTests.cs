using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Commands;

/// <summary><c>recover</c> for recordings, by <c>linear</c>, whose values are worked by hand.</summary>
public sealed class RecoverRecordingTests : IDisposable
{
    private const int M = EcgLead.MissingAdcUnits;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("in", "out")]
    [InlineData("in.edf", "out.bdf")]
    [InlineData("in.csv", "out.edf")]
    [InlineData("in.bdf", "out.csv")]
    public void What_the_file_states_as_missing_is_filled_and_marked_in_every_format(string from, string to)
    {
        var (input, output) = (Write(from), _folder.PathOf(to));
        var result = Recover(input, "--output", output, "--self-test-gaps", "0");
        Assert.Equal((ExitCode.PartlyRecovered, ""), (result.ExitCode, result.Error));
        Assert.StartsWith(
            $"""
             {output}: 3 of 4 gaps filled by linear
             lead  gaps  filled  left  filled s  left s  interval
             I        2       1     1     0.200   3.000         -
             II       2       2     0     0.300   0.000         -

             left missing:
             lead        start          end  duration  samples   method  reason
             I     0:00:20.000  0:00:23.000   3.000 s  200..230  -       longer than 2 s

             """.ReplaceLineEndings("\n"),
            result.Output);

        using var before = RecordFormats.Open(input);
        using var after = RecordFormats.Open(output);
        Assert.Equal(
            [(0, 10, 12), (1, 0, 2), (1, 50, 51)],
            after.Provenance.Select(span => (span.Lead, span.Span.Start, span.Span.End)).Order());
        Assert.All(after.Provenance, span => Assert.Equal((SampleOrigin.Recovered, "linear"), (span.Origin, span.Method)));
        for (var lead = 0; lead < 2; lead++)
        {
            var (old, filled) = (before.Leads[lead].ToMilliVolts(), after.Leads[lead].ToMilliVolts());
            Assert.All(Enumerable.Range(0, old.Length), t => Assert.True(float.IsNaN(old[t]) || old[t] == filled[t]));
        }

        Assert.Equal([0.09f, 0.1f, 0.11f, 0.12f], after.Leads[0].ToMilliVolts()[9..13]);
        Assert.Equal([0.02f, 0.02f, 0.02f], after.Leads[1].ToMilliVolts()[..3]);
    }

    [Fact]
    public void Json_holds_every_gap()
    {
        var result = Recover(Write("in"), "--output", _folder.PathOf("out.csv"), "--json");
        using var document = JsonDocument.Parse(result.Output);
        var root = document.RootElement;
        Assert.Equal(
            ["record", "output", "method", "version", "leads", "totals", "lost"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"gaps":4,"filled":3,"left":1,"filledSeconds":0.5,"leftSeconds":3}""", root.GetProperty("totals").GetRawText());
        Assert.Equal(
            """{"startSample":200,"endSample":230,"startSeconds":20,"endSeconds":23,"method":null,"""
                + "\"reason\":\"longer than 2 s\",\"origin\":\"missing\",\"intervalWidth\":null,\"rPeaks\":[]}",
            root.GetProperty("leads")[0].GetProperty("gaps")[1].GetRawText());
        var second = root.GetProperty("leads")[1];
        Assert.Equal(("II", 1), (second.GetProperty("lead").GetString(), second.GetProperty("number").GetInt32()));
        Assert.Equal("linear", second.GetProperty("gaps")[0].GetProperty("method").GetString());
        Assert.Equal("[]", root.GetProperty("lost").GetRawText());
    }

    [Fact]
    public void A_report_shows_every_gap_also_where_some_are_left()
    {
        var (input, folder) = (Write("in.csv"), _folder.PathOf("report"));
        var result = Recover(input, "--output", _folder.PathOf("out.csv"), "--json", "--report", folder);
        Assert.Equal((ExitCode.PartlyRecovered, ""), (result.ExitCode, result.Error));
        using (var document = JsonDocument.Parse(result.Output))
            Assert.Equal(4, document.RootElement.GetProperty("totals").GetProperty("gaps").GetInt32());
        Assert.Equal(["report.html"], Directory.GetFiles(folder).Select(Path.GetFileName));
        var page = File.ReadAllText(Path.Combine(folder, "report.html"));
        Assert.Contains("3 of 4 gaps recovered, 1 left missing", page, StringComparison.Ordinal);
        Assert.Contains("left missing · longer than 2 s", page, StringComparison.Ordinal);
        Assert.Equal(1 + 4, page.Split("<svg ").Length - 1);

        // The same input gives the same bytes, over the earlier report only if that is asked for.
        Recover(input, "--output", _folder.PathOf("new.csv"), "--report", folder)
            .AssertOneErrorLine(2, "report.html", "--overwrite");
        Assert.False(File.Exists(_folder.PathOf("new.csv")));
        Recover(input, "--output", _folder.PathOf("out.csv"), "--report", folder, "--overwrite");
        Assert.Equal(page, File.ReadAllText(Path.Combine(folder, "report.html")));
    }

    [Fact]
    public void A_report_needs_a_recovery()
    {
        var folder = _folder.PathOf("report");
        Recover(Write("in.csv"), "--dry-run", "--report", folder).AssertOneErrorLine(2, "--report", "--dry-run");
        Assert.False(Directory.Exists(folder));
        File.WriteAllText(folder, "");
        Recover(_folder.PathOf("in.csv"), "--output", _folder.PathOf("out.csv"), "--report", folder).AssertOneErrorLine(2, "is a file");
    }

    [Fact]
    public void A_self_test_prints_what_hidden_gaps_tell_and_writes_nothing()
    {
        var result = Recover(Write("in"), "--self-test", "--lead", "I", "--self-test-gaps", "20");
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        var lines = result.Output.Split('\n');
        Assert.Matches(@"^in: \d+ observed stretches hidden and recovered by linear; nothing is written$", lines[0]);
        // At 80 characters a heading may need a second line.
        Assert.Matches("^lead +gap( s)? +method +gaps +error +line +50 % +80 % +95 % +width +R", lines[1]);
        // A straight line is as good as a straight line.
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^I +0\.20 +linear +\d+ +(\d\.\d{3}) +\1 "));
        Assert.Equal(["in.dat", "in.hea"], _folder.Names());

        result = Recover(_folder.PathOf("in"), "--self-test", "--json", "--lead", "I", "--self-test-gaps", "20");
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("I", document.RootElement.GetProperty("selfTest")[0].GetProperty("lead").GetString());
        Assert.Equal(ExitCode.Usage, Recover(_folder.PathOf("in"), "--self-test", "--output", _folder.PathOf("out")).ExitCode);
        Assert.Equal(ExitCode.Usage, Recover(_folder.PathOf("in"), "--self-test", "--interval", "0.9").ExitCode);
    }

    [Fact]
    public void A_dry_run_decides_and_writes_nothing()
    {
        var input = Write("in.csv");
        var result = Recover(input, "--dry-run", "--max-gap", "3");
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("in: 4 of 4 gaps would be filled by linear; nothing is written\n", result.Output);
        Assert.Equal(["in.csv"], _folder.Names());
    }

    [Theory]
    [InlineData("200..230", "I", "--max-gap", "3", "--from", "5", "--lead", "i")]
    [InlineData("10..12", "I", "--to", "5", "--lead", "0")]
    [InlineData("50..51", "II", "--from", "s1", "--max-gap", "2", "--lead", "II")]
    public void Lead_and_time_choose_what_is_recovered_and_all_is_written(string filled, string lead, params string[] options)
    {
        Assert.Equal(ExitCode.Done, Recover([Write("in"), "--output", _folder.PathOf("out"), "--no-bounds", .. options]).ExitCode);
        using var before = RecordFormats.Open(_folder.PathOf("in"));
        using var after = RecordFormats.Open(_folder.PathOf("out"));
        var span = Assert.Single(after.Provenance);
        Assert.Equal((filled, lead), (span.Span.ToString(), after.Leads[span.Lead].Name));
        Assert.Equal(before.Leads.Select(all => all.SampleCount), after.Leads.Select(all => all.SampleCount));
        Assert.Equal(before.Leads[1 - span.Lead].ToAdcUnits(), after.Leads[1 - span.Lead].ToAdcUnits());
    }

    // A second at the end of the converter's range: samples 100..110.
    [Theory]
    [InlineData("0..2 50..51 100..110")]
    [InlineData("100..110", "--only", "saturation")]
    [InlineData("0..2 50..51", "--only", "sentinel")]
    [InlineData("0..2 50..51 100..110", "--without", "packet-loss", "--without", "flat-line")]
    [InlineData("", "--without", "sentinel", "--without", "saturation")]
    [InlineData("3..5 7..8", "--gaps", "3..5,7..8")]
    [InlineData("0..5 50..51", "--gaps", "1..5", "--only", "sentinel")]
    [InlineData("0..2 3..5 50..51 100..110", "--gaps", "3..5", "--without", "flat-line")]
    public void Causes_and_lists_choose_the_gaps(string expected, params string[] options)
    {
        // Without an option, only what the file states.
        expected = options.Length == 0 ? "0..2 50..51" : expected;
        var result = Recover([Write("in", saturated: true), "--lead", "II", "--dry-run", "--json", .. options]);
        using var document = JsonDocument.Parse(result.Output);
        var gaps = document.RootElement.GetProperty("leads")[0].GetProperty("gaps").EnumerateArray()
            .Select(gap => $"{gap.GetProperty("startSample")}..{gap.GetProperty("endSample")}");
        Assert.Equal(expected, string.Join(' ', gaps));
        Assert.Equal(expected.Length == 0 ? "note: there is no gap to recover in II\n" : "", result.Error);
    }

    [Theory]
    [InlineData("list.csv")]
    [InlineData("list.json")]
    [InlineData("in.gaps")]
    public void A_list_of_gaps_is_read_as_it_was_written(string list)
    {
        var (input, path) = (Write("in", saturated: true), _folder.PathOf(list));
        Assert.Equal(ExitCode.Done, InProcess.Run("gaps", input, "--output", path).ExitCode);
        var byList = Recover(input, "--gaps", path, "--dry-run", "--max-gap", "9");
        Assert.StartsWith("in: 5 of 5 gaps would be filled", byList.Output);
        Assert.Equal(Recover(input, "--without", "nan", "--dry-run", "--max-gap", "9").Output, byList.Output);
    }

    [Theory]
    [InlineData("x.csv", "start,end\n", "x.csv, line 1: 'start,end' is not the heading of a list of gaps")]
    [InlineData("x.csv", "", "x.csv, line 1: '' is not the heading")]
    [InlineData("x.csv", "lead,start_sample,end_sample\nI,1,2\nI,1\n", "x.csv, line 3: 'I,1' is no gap")]
    [InlineData("x.csv", "lead,start_sample,end_sample\nI,1,x\n", "x.csv, line 2: 'I,1,x' is no gap")]
    [InlineData("x.csv", "lead,start_sample,end_sample\n\"I,1,2\n", "x.csv, line 2: '\"I,1,2' is no gap")]
    [InlineData("x.csv", "lead,start_sample,end_sample\nV9,1,2\n", "x.csv, line 2: record in has no lead 'V9'; expected 0 I, 1 II")]
    [InlineData("x.csv", "lead,start_sample,end_sample\n\"I\",1,999\n", "line 2: 1..999 is no gap of lead I; expected START < END within")]
    [InlineData("x.csv", "lead,start_sample,end_sample\nI,7,7\n", "x.csv, line 2: 7..7 is no gap")]
    [InlineData("x.json", "{", "x.json, line 1: ")]
    [InlineData("x.json", "null", "x.json, line 1: there is null")]
    [InlineData("x.json", "{}", "x.json, line 1: ")]
    [InlineData("x.json", """{"leads":[{"lead":"I","number":0,"gaps":[{"startSample":1,"endSample":"2"}]}]}""", "gaps[0].endSample")]
    [InlineData("x.json", """{"leads":[{"lead":"I","number":0,"gaps":[{"startSample":3,"endSample":2}]}]}""", "gaps[0]: 3..2 is no gap")]
    [InlineData("x.json", """{"leads":[{"lead":"I","number":1,"gaps":[]}]}""", "leads[0]: record in has no lead 1 'I'")]
    [InlineData("x.json", """{"leads":[null]}""", "leads[0]: there is null; expected a lead and its gaps")]
    [InlineData("x.json", """{"leads":[{"lead":"I","number":0,"gaps":[null]}]}""", "leads[0].gaps[0]: there is null")]
    [InlineData("x.gaps", "no annotations", "x.gaps")]
    public void A_corrupt_list_is_one_line_with_its_place(string name, string text, string expected)
    {
        var list = _folder.Write(name, text);
        Recover(Write("in"), "--gaps", list, "--output", _folder.PathOf("out"))
            .AssertOneErrorLine(ExitCode.InvalidInput, expected);
        Assert.DoesNotContain("out.hea", _folder.Names());
    }

    [Fact]
    public void The_list_of_gaps_is_an_input_that_must_not_be_lost()
    {
        var (input, list) = (Write("in"), _folder.PathOf("list.csv"));
        Assert.Equal(ExitCode.Done, InProcess.Run("gaps", input, "--output", list).ExitCode);
        var before = File.ReadAllBytes(list);
        Recover(input, "--gaps", list, "--output", list, "--overwrite")
            .AssertOneErrorLine(ExitCode.Usage, "list.csv is a file of the input, which must not be lost");
        Assert.Equal(before, File.ReadAllBytes(list));
    }

    [Theory]
    [InlineData(ExitCode.Usage, "'12..10' is not a range of samples", "12..10")]
    [InlineData(ExitCode.Usage, "'x' is not a range of samples", "1..2,x")]
    [InlineData(ExitCode.Usage, "--gaps: 1..301 reaches outside record in; expected samples within 0..300", "1..301")]
    [InlineData(ExitCode.InvalidInput, "nowhere.csv does not exist", "nowhere.csv")]
    public void Ranges_that_are_none_are_refused(int code, string expected, string gaps) =>
        Recover(Write("in"), "--gaps", gaps, "--dry-run").AssertOneErrorLine(code, expected);

    [Fact]
    public void Annotations_of_something_else_are_no_list_of_gaps()
    {
        var input = Write("in");
        Assert.Equal(ExitCode.Done, InProcess.Run("beats", Demo, "--output", _folder.PathOf("in.qrs")).ExitCode);
        Recover(input, "--gaps", _folder.PathOf("in.qrs"), "--dry-run")
            .AssertOneErrorLine(3, "in.qrs, annotation 1: '' is no gap; expected a note as in missing start=100 end=137");
    }

    [Fact]
    public void Ranges_count_as_annotations_do_for_leads_of_any_frequency()
    {
        var record = Record(saturated: false);
        record = new EcgRecord(record)
        {
            Leads = [record.Leads[1], record.Leads[0] with { Name = "fast", SamplingFrequencyHz = 20 }],
        };
        RecordFormats.Write(record, _folder.PathOf("two"));
        Recover(_folder.PathOf("two"), "--output", _folder.PathOf("out.csv"))
            .AssertOneErrorLine(ExitCode.InvalidInput, "Lead fast has 20 Hz, others 10 Hz; a row of CSV has a sample of each");
        var result = Recover(_folder.PathOf("two"), "--gaps", "60..63", "--dry-run", "--json");
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(
            ["60..63", "120..126"],
            document.RootElement.GetProperty("leads").EnumerateArray().Select(lead => lead.GetProperty("gaps")[0])
                .Select(gap => $"{gap.GetProperty("startSample")}..{gap.GetProperty("endSample")}"));
    }

    [Fact]
    public void Leads_that_are_no_voltage_are_named_once_and_not_recovered()
    {
        var record = Record(saturated: false);
        var (first, second) = (record.Leads[0], record.Leads[1]);
        EcgLead[] leads = [first, second with { Name = "Resp", Unit = "l" }, second with { Name = "SpO2", Unit = "%" }];
        RecordFormats.Write(new EcgRecord(record) { Leads = leads }, _folder.PathOf("in"));
        var result = Recover(_folder.PathOf("in"), "--output", _folder.PathOf("out"), "--max-gap", "9");
        Assert.Equal(
            (ExitCode.Done, "note: not recovered, because no voltage: Resp, SpO2; name a lead with --lead to recover it\n"),
            (result.ExitCode, result.Error));
        Assert.DoesNotContain("Resp", result.Output);
        Assert.Contains("Resp     2       2", Recover(_folder.PathOf("in"), "--lead", "resp", "--dry-run").Output);
    }

    [Fact]
    public void What_was_recovered_before_is_missing_again_and_convert_takes_it_back()
    {
        var input = Write("in");
        Assert.Equal(4, Recover(input, "--method", "zeros", "--output", _folder.PathOf("zeros.edf")).ExitCode);
        Assert.Equal(4, Recover(_folder.PathOf("zeros.edf"), "--output", _folder.PathOf("linear.csv")).ExitCode);
        Assert.Equal(0, InProcess.Run("convert", _folder.PathOf("linear.csv"), _folder.PathOf("back"), "--without-recovered").ExitCode);
        using var before = RecordFormats.Open(input);
        using var linear = RecordFormats.Open(_folder.PathOf("linear.csv"));
        using var back = RecordFormats.Open(_folder.PathOf("back"));
        Assert.Equal([0.09f, 0.1f, 0.11f, 0.12f], linear.Leads[0].ToMilliVolts()[9..13]);
        Assert.All(linear.Provenance, span => Assert.Equal("linear", span.Method));
        Assert.Empty(back.Provenance);
        Assert.Equal(before.Leads[0].ToMilliVolts(), back.Leads[0].ToMilliVolts());
        Assert.Equal(before.Leads[1].ToMilliVolts(), back.Leads[1].ToMilliVolts());
    }

    [Fact]
    public void With_nothing_missing_the_recording_is_written_all_the_same()
    {
        var result = Recover(Demo, "--output", _folder.PathOf("out"));
        Assert.Equal((ExitCode.Done, "note: there is no gap to recover in MLII\n"), (result.ExitCode, result.Error));
        using var before = RecordFormats.Open(Demo);
        using var after = RecordFormats.Open(_folder.PathOf("out"));
        Assert.Equal(before.Leads[0].ToAdcUnits(), after.Leads[0].ToAdcUnits());
        Assert.Equal(["out.dat", "out.hea"], _folder.Names());
    }

    [Fact]
    public void Fifteen_leads_are_recovered_each_by_itself()
    {
        var lead = Record(saturated: false).Leads[1];
        var record = new EcgRecord
        {
            Name = "in",
            SamplingFrequencyHz = 10,
            Leads = [.. Enumerable.Range(1, 15).Select(number => lead with { Name = $"L{number}" })],
        };
        RecordFormats.Write(record, _folder.PathOf("in"));
        var result = Recover(_folder.PathOf("in"), "--output", _folder.PathOf("out"));
        Assert.StartsWith($"{_folder.PathOf("out")}: 30 of 30 gaps", result.Output);
    }

    [Fact]
    public void What_must_not_be_written_is_refused_before_the_work()
    {
        var input = Write("in");
        var before = _folder.Names();
        _folder.Write("a.csv", "precious");
        _folder.Write("b.dat", "precious");
        Refused(2, "a.csv exists; give --overwrite", "a.csv");
        Refused(2, "b.dat exists; give --overwrite", "b");
        Refused(2, "in.dat is a file of the input", "in", "--overwrite");
        Refused(2, "in.dat is a file of the input", "in.hea");
        Refused(2, "x.pdf has no extension that is written", "x.pdf");
        Refused(3, "'a b' is no name of a WFDB record", "a b");
        Refused(1, "Cannot write", Path.Combine("a.csv", "out.edf"));
        InProcess.Run("recover", input).AssertOneErrorLine(2, "--output is missing; see 'ecg-recovery recover --help'");
        Assert.Equal([.. new[] { "a.csv", "b.dat" }.Concat(before).Order(StringComparer.Ordinal)], _folder.Names());

        void Refused(int code, string expected, string name, params string[] more) =>
            Recover([input, "--output", _folder.PathOf(name), .. more]).AssertOneErrorLine(code, expected);
    }

    [Fact]
    public void An_output_of_an_earlier_run_is_replaced_if_that_is_allowed_and_a_missing_folder_is_made()
    {
        var (input, output) = (Write("in"), _folder.PathOf(Path.Combine("new", "out.csv")));
        Assert.Equal(4, Recover(input, "--output", output).ExitCode);
        Assert.Equal(0, Recover(input, "--output", output, "--overwrite", "--max-gap", "9").ExitCode);
    }

    [Theory]
    [InlineData("'sideways' is neither a name nor a file; expected zeros", "--method", "sideways")]
    [InlineData("beat recovers single heartbeats only; for recordings expected zeros", "--method", "beat")]
    [InlineData("linear has no placed estimate; expected similar", "--method", "linear", "--estimate", "placed")]
    [InlineData("best", "--estimate", "best")]
    [InlineData("has no lead 'V9'", "--lead", "V9")]
    [InlineData("is after the end", "--from", "1:00:00")]
    [InlineData("--max-gap is 0; expected 0.001 to 86400", "--max-gap", "0")]
    [InlineData("--window is 0; expected 0.001 to 86400", "--window", "0")]
    [InlineData("--only and --without are both given", "--only", "nan", "--without", "nan")]
    [InlineData("'flat' not recognized", "--only", "flat")]
    [InlineData("--gap is for heartbeats; ", "--gap", "1..2")]
    [InlineData("--reference-data is for heartbeats; ", "--reference-data", "x.csv")]
    [InlineData("--beats is for heartbeats; ", "--beats")]
    public void What_cannot_be_meant_is_refused(string expected, params string[] options) =>
        Recover([Write("in"), "--dry-run", .. options]).AssertOneErrorLine(ExitCode.Usage, expected);

    [Fact]
    public void A_placed_estimate_has_its_name_in_the_list_and_in_the_file()
    {
        float[] lead = [.. Enumerable.Range(0, 6000).Select(t => t is >= 3000 and < 3030 ? float.NaN : (t % 80) / 80f)];
        var input = _folder.Write("saw.csv", string.Concat(lead.Select(x => FormattableString.Invariant($"{x}\n")).Prepend("I\n")));
        string[] options = ["--method", "similar", "--sampling-frequency", "100", "--estimate", "placed"];
        var dry = Recover([input, "--dry-run", .. options]);
        Assert.Contains("1 of 1 gaps would be filled by similar-placed", dry.Output, StringComparison.Ordinal);
        var result = Recover([input, "--output", _folder.PathOf("out.csv"), .. options]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("1 of 1 gaps filled by similar-placed", result.Output, StringComparison.Ordinal);
        using var after = RecordFormats.Open(_folder.PathOf("out.csv"));
        Assert.Equal("similar-placed", Assert.Single(after.Provenance).Method);
    }

    [Fact]
    public void Heartbeats_have_no_options_of_recordings()
    {
        var beats = _folder.Write("beats.csv", string.Concat(Enumerable.Repeat($"{string.Concat(Enumerable.Repeat("0.5,", 187))}0\n", 3)));
        string[] options = ["--dry-run", "--json", "--skip-checksums", "--lead=I", "--gaps=1..2", "--max-gap=1", "--only=nan", "--from=1"];
        foreach (var option in options)
        {
            InProcess.Run("recover", beats, option)
                .AssertOneErrorLine(ExitCode.Usage, $"{option.Split('=')[0]} is for recordings; {beats} holds heartbeats");
        }

        InProcess.Run("recover", beats, "--output", _folder.PathOf("out.csv"))
            .AssertOneErrorLine(ExitCode.Usage, "--method is missing; see 'ecg-recovery recover --help'");
        InProcess.Run("recover", beats, "--method", "linear").AssertOneErrorLine(ExitCode.Usage, "--output is missing");
        Assert.Equal(0, InProcess.Run("recover", beats, "--method", "linear", "--output", _folder.PathOf("out.csv")).ExitCode);
        Assert.Contains("out.mask.csv", _folder.Names());
    }

    [Fact]
    public void Wrong_inputs_are_one_line_each()
    {
        Recover(_folder.PathOf("absent.csv"), "--dry-run").AssertOneErrorLine(3, "absent.csv does not exist");
        Recover(_folder.PathOf("absent"), "--gap", "1..2").AssertOneErrorLine(3, "absent does not exist");
        Recover(_folder.PathOf("absent.edf"), "--dry-run").AssertOneErrorLine(3, "absent.edf does not exist");
        Recover(_folder.Root, "--dry-run").AssertOneErrorLine(3, "is a directory");
        Recover(_folder.Write("text.csv", "pear\n"), "--dry-run").AssertOneErrorLine(3, "text.csv");
        Recover(_folder.Write("one.csv", "1\n2\n"), "--dry-run").AssertOneErrorLine(3, "--sampling-frequency");
        Recover(_folder.Write("three.csv", $"{string.Concat(Enumerable.Repeat("0.5|", 187))}0\n"), "--dry-run")
            .AssertOneErrorLine(3, "188 numbers per row", "'recover --beats' reads heartbeats");
    }

    [Fact]
    public void A_signal_ends_it_with_130_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        // Two thousand million zeros in a sparse file: half a minute of work, that begins after the note about the lead.
        _folder.Write("long.hea", "long 2 1000 1000000000\nlong.dat 16 200 16 0 0 0 0 II\nlong.dat 16 1/l 16 0 0 0 0 Resp\n");
        using (var file = File.Create(_folder.PathOf("long.dat")))
            file.SetLength(4_000_000_000);
        using var child = ChildProcess.StartTool(
            "recover", _folder.PathOf("long"), "--skip-checksums", "--without", "nan", "--output", _folder.PathOf("out"));
        Assert.StartsWith("note: not recovered", child.StandardError.ReadLine());
        using (var kill = System.Diagnostics.Process.Start("kill", ["-s", "INT", child.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        ChildProcess.Finish(child).AssertOneErrorLine(ExitCode.Cancelled, "cancelled");
        Assert.Equal(["long.dat", "long.hea"], _folder.Names());
    }

    private static string Demo => Checkout.PathOf("src", "EcgRecovery.Cli", "DemoData", "208-1935");

    private static CommandResult Recover(params string[] args) =>
        InProcess.Run(["recover", .. args, .. args.Contains("--method") ? (string[])[] : ["--method", "linear"]]);

    /// <summary>Writes a recording with four gaps; returns its path.</summary>
    private string Write(string name, bool saturated = false)
    {
        RecordFormats.Write(Record(saturated), _folder.PathOf(name));
        return _folder.PathOf(name);
    }

    /// <summary>Half a minute of two leads at 10 Hz: a rising line, in which I lacks 10..12 and 200..230, II 0..2 and 50..51.</summary>
    private static EcgRecord Record(bool saturated)
    {
        return new EcgRecord
        {
            Name = "in",
            SamplingFrequencyHz = 10,
            Leads = [Lead("I", t => t is (>= 10 and < 12) or (>= 200 and < 230)), Lead("II", t => t is < 2 or 50)],
        };

        EcgLead Lead(string name, Func<int, bool> isMissing) => new()
        {
            Name = name,
            SamplingFrequencyHz = 10,
            Gain = 100,
            AdcMinimum = -512,
            AdcMaximum = 511,
            AdcUnits = new MemorySamples<int>(
                [.. Enumerable.Range(0, 300).Select(t => isMissing(t) ? M : saturated && name == "II" && t is >= 100 and < 110 ? 511 : t)]),
        };
    }
}
