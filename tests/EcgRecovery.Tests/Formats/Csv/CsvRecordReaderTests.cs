using System.Globalization;
using System.Text;
using EcgRecovery.Formats;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Csv;

public sealed class CsvRecordReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // rdsamp -r mitdb/100 -t 0:00.02 -c -p -v, and as PhysioBank ATM exports
    [Theory]
    [InlineData(
        "'Elapsed time','MLII','V5'\n'hh:mm:ss.mmm','mV','mV'\n'0:00.000',-0.145,-0.065\n'0:00.003',-0.145,-0.065\n"
        + "'0:00.006',-0.145,-0.065\n'0:00.008',-0.145,-0.065\n'0:00.011',-0.145,-0.065\n'0:00.014',-0.120,-0.080\n")]
    [InlineData(
        "time\t   MLII\t     V5\n(sec)\t   (mV)\t   (mV)\n  0.000\t -0.145\t -0.065\n  0.003\t -0.145\t -0.065\n"
        + "  0.006\t -0.145\t -0.065\n  0.008\t -0.145\t -0.065\n  0.011\t -0.145\t -0.065\n  0.014\t -0.120\t -0.080\n")]
    [InlineData(
        "   time    MLII     V5\n  (sec)    (mV)   (mV)\n  0.000  -0.145 -0.065\n  0.003  -0.145 -0.065\n  0.006 -0.145 -0.065\n"
        + "  0.008 -0.145 -0.065\n  0.011 -0.145 -0.065\n  0.014 -0.120 -0.080\n")]
    [InlineData(
        "time (s),MLII (mV),V5 (mV)\r\n0.000,-0.145,-0.065\r\n0.003,-0.145,-0.065\r\n0.006,-0.145,-0.065\r\n0.008,-0.145,-0.065\r\n"
        + "0.011,-0.145,-0.065\r\n0.014,-0.120,-0.080\r\n")]
    [InlineData(
        "\uFEFFtime;MLII [mV];V5 [mV]\r0,000;-0,145;-0,065\r0,003;-0,145;-0,065\r0,006;-0,145;-0,065\r0,008;-0,145;-0,065\r"
        + "0,011;-0,145;-0,065\r0,014;-0,120;-0,080\r")]
    [InlineData(
        "# a comment\n\"time_ms\"|\"MLII_mV\"|\"V5_mV\"\n0.000|-0.145|-0.065\n2.778|-0.145|-0.065\n5.556|-0.145|-0.065\n"
        + "8.333|-0.145|-0.065\n\n11.111|-0.145|-0.065\n13.889|\"-0.120\"|-0.08\n")]
    [InlineData(
        "timestamp,MLII (mV),V5 (mV),\n2005-06-14T10:00:00.000,-0.145,-0.065,\n2005-06-14T10:00:00.003,-0.145,-0.065,\n"
        + "2005-06-14T10:00:00.006,-0.145,-0.065,\n2005-06-14T10:00:00.008,-0.145,-0.065,\n2005-06-14T10:00:00.011,-0.145,-0.065,\n"
        + "2005-06-14T10:00:00.014,-0.120,-0.080,\n")]
    public void Every_usual_layout_gives_the_same_recording(string text)
    {
        using var record = Open(text);

        Assert.Equal(360, record.SamplingFrequencyHz);
        Assert.Equal(["MLII", "V5"], record.Leads.Select(lead => lead.Name));
        Assert.All(
            record.Leads,
            lead => Assert.Equal(("mV", 1000.0, 0.0, true), (lead.Unit, lead.Gain, lead.AdcBaseline, lead.UnrecordedSpans.Count == 0)));
        Assert.Equal([-145, -145, -145, -145, -145, -120], record.Leads[0].ToAdcUnits());
        Assert.Equal([-65, -65, -65, -65, -65, -80], record.Leads[1].ToAdcUnits());
    }

    [Fact]
    public void What_is_missing_was_no_number_in_the_text()
    {
        using var record = Open("time,ECG\n0,1\n0.004,\n0.008,3\n");

        Assert.Equal([1, EcgLead.MissingAdcUnits, 3], record.Leads[0].ToAdcUnits());
        Assert.Equal(MissingCause.NotANumber, record.Leads[0].MissingMark);
    }

    [Fact]
    public void A_date_and_time_give_the_start()
    {
        using var record = Open("time,ECG\n[10:00:00.250 14/06/2005],1\n[10:00:00.254 14/06/2005],2\n[10:00:00.258 14/06/2005],3\n");

        Assert.Equal(
            (250, new DateOnly(2005, 6, 14), new TimeOnly(10, 0, 0, 250)),
            (record.SamplingFrequencyHz, record.StartDate, record.StartTime));
    }

    [Fact]
    public void A_clock_goes_on_past_midnight()
    {
        using var record = Open("time,ECG\n'[23:59:59.996]',1\n'[0:00:00.000]',2\n'[0:00:00.004]',3\n'[0:00:00.012]',5\n");

        Assert.Equal((250, null, new TimeOnly(23, 59, 59, 996)), (record.SamplingFrequencyHz, record.StartDate, record.StartTime));
        Assert.Equal([1, 2, 3, EcgLead.MissingAdcUnits, 5], record.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void Values_only_need_the_frequency()
    {
        using var record = Open("0.5\n0.25\n-1\n", new CsvReadOptions { SamplingFrequencyHz = 125, Unit = "V" });

        Assert.Equal(
            (125, "ECG", "V", 100.0), (record.SamplingFrequencyHz, record.Leads[0].Name, record.Leads[0].Unit, record.Leads[0].Gain));
        Assert.Equal([50, 25, -100], record.Leads[0].ToAdcUnits());
        Assert.Contains(
            "has no time column, and no sampling frequency was given", FrequencyMissing("0.5\n0.25\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_watchs_lines_above_the_samples_tell_the_frequency()
    {
        using var record = Open("Name,X\nClassification,Sinus Rhythm\nDevice,\"Watch4,2\"\nSample Rate,512 hertz\n\n-2.3\n-1.7\n4.0\n");

        Assert.Equal((512, 3), (record.SamplingFrequencyHz, record.Leads[0].SampleCount));
        Assert.Contains("Classification,Sinus Rhythm", record.Comments);
    }

    [Theory]
    [InlineData("sample #,MLII (mV)\n0,1\n1,2\n2,3\n")]
    [InlineData(",MLII (mV)\n0,1\n1,2\n2,3\n")]
    [InlineData("MLII (mV)\n1,1\n2,2\n3,3\n")] // R: row names without a heading
    [InlineData("0,1\n1,2\n2,3\n")]
    public void Numbers_of_samples_are_no_lead_and_no_time(string text)
    {
        using var record = Open(text, new CsvReadOptions { SamplingFrequencyHz = 360 });

        Assert.Equal([1, 2, 3], Assert.Single(record.Leads).ToAdcUnits());
        Assert.Contains("has sample numbers instead of times", FrequencyMissing(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_without_a_unit_are_milliseconds_or_microseconds()
    {
        using var milliseconds = Open("0,5\n4,6\n8,7\n12,7\n");
        using var microseconds = Open("0,5\n2778,6\n5556,7\n8333,7\n");

        Assert.Equal((250, 360), (milliseconds.SamplingFrequencyHz, microseconds.SamplingFrequencyHz));
        Assert.Contains(milliseconds.Remarks, remark => remark.Contains("milliseconds", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("-")]
    public void Missing_cells_are_missing_and_zero_is_not(string cell)
    {
        using var record = Open($"time (s),A (mV),B (mV)\n0.000,{cell},0\n0.004,0.0,{cell}\n0.008,1,{cell}\n");

        Assert.Equal([EcgLead.MissingAdcUnits, 0, 1], record.Leads[0].ToAdcUnits());
        Assert.Equal(MissingCause.NotANumber, record.Leads[0].MissingMark);
        Assert.Equal([0, EcgLead.MissingAdcUnits, EcgLead.MissingAdcUnits], record.Leads[1].ToAdcUnits());
    }

    [Fact]
    public void Numbers_with_more_digits_than_an_int_holds_stay_doubles()
    {
        using var record = Open("time (s),A (mV),B (mV)\n0.000,0.1234567890123456789,0.5\n0.004,,0.25\n0.008,1e-300,-1\n");

        Assert.Null(record.Leads[0].AdcUnits);
        var values = new double[3];
        record.Leads[0].ReadPhysicalValues(0, values);
        Assert.Equal([0.1234567890123456789, double.NaN, 1e-300], values);
        Assert.Equal([50, 25, -100], record.Leads[1].ToAdcUnits());
    }

    [Theory]
    [InlineData(360, 3)]
    [InlineData(1000, 3)]
    [InlineData(128, 4)]
    public void Jumps_of_the_times_are_time_gaps(double frequency, int decimals)
    {
        var text = new StringBuilder("time (s),A (mV)\n");
        long[] samples = [.. Enumerable.Range(0, 100), .. Enumerable.Range(101, 99), .. Enumerable.Range(5000, 10)];
        foreach (var sample in samples)
            text.Append(CultureInfo.InvariantCulture, $"{Math.Round(sample / frequency, decimals)},{sample}\n");

        using var record = Open(text.ToString());

        var lead = record.Leads[0];
        Assert.Equal((frequency, 5010), (record.SamplingFrequencyHz, lead.SampleCount));
        Assert.Equal(
            [new(new SampleSpan(100, 101), MissingCause.TimeGap), new(new SampleSpan(200, 5000), MissingCause.TimeGap)],
            lead.UnrecordedSpans);
        Assert.Equal(Enumerable.Range(0, 5010).Select(i => samples.Contains(i) ? i : EcgLead.MissingAdcUnits), lead.ToAdcUnits());
        var window = new int[3];
        lead.ReadAdcUnits(4998, window);
        Assert.Equal([EcgLead.MissingAdcUnits, EcgLead.MissingAdcUnits, 5000], window);
    }

    [Fact]
    public void A_frequency_that_the_first_rows_do_not_settle_is_settled_by_the_later_ones()
    {
        // 16,384 rows of times in milliseconds leave 250.000 ± 0.004 Hz.
        var text = new StringBuilder("time (s),A (mV)\n");
        for (var i = 0; i < 200_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i / 250.001:F3},{i % 7}\n");

        using var record = Open(text.ToString());

        Assert.Equal((250.001, 200_000), (record.SamplingFrequencyHz, record.Leads[0].SampleCount));
        Assert.Empty(record.Leads[0].UnrecordedSpans);
    }

    [Fact]
    public void Times_of_which_trailing_zeros_are_left_out_are_read()
    {
        var text = new StringBuilder("time,A\n");
        for (var i = 0; i < 5000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i + (i < 3600 ? 0 : 1)) / 360.0:R},1\n");

        using var record = Open(text.ToString());

        Assert.Equal(360, record.SamplingFrequencyHz);
        Assert.Equal([new(new SampleSpan(3600, 3601), MissingCause.TimeGap)], record.Leads[0].UnrecordedSpans);
    }

    [Fact]
    public void Windows_in_any_order_give_the_samples_of_long_files()
    {
        var text = new StringBuilder("time (s),A (mV),B (mV)\n");
        const int rows = 300_000;
        for (var i = 0; i < rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i * 0.001:F3},{i % 1000 * 0.001:F3},{i}.5\n");
        using var record = Open(text.ToString());

        var window = new int[SampleWindow.Length];
        foreach (var start in new[] { rows - SampleWindow.Length, 0, 77_777, 1 })
        {
            record.Leads[1].ReadAdcUnits(start, window);
            Assert.Equal(Enumerable.Range(start, window.Length).Select(i => (i * 10) + 5), window);
            record.Leads[0].ReadAdcUnits(start, window);
            Assert.Equal(Enumerable.Range(start, window.Length).Select(i => i % 1000), window);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => record.Leads[0].ReadAdcUnits(rows - 1, new int[2]));
    }

    [Fact]
    public void Columns_of_provenance_come_back_as_spans()
    {
        using var record = Open("""
            time (s),A (mV),A origin,A lower (mV),A upper (mV)
            0.000,1,measured,,
            0.004,2,recovered method=linear version=1.0 interval=0.95,1,3
            0.008,3,recovered method=linear version=1.0 interval=0.95,2,4
            0.012,,missing,,
            0.016,4,derived,,
            """);

        Assert.Equal(["A", "A lower", "A upper"], record.Leads.Select(lead => lead.Name));
        Assert.Equal(
            [
                new(0, new SampleSpan(1, 3), SampleOrigin.Recovered, "linear", "1.0", 0.95),
                new ProvenanceSpan(0, new SampleSpan(4, 5), SampleOrigin.Derived),
            ],
            record.Provenance);
        Assert.NotNull(record.FindBounds(record.Leads[0]));
    }

    [Theory]
    [InlineData("", "has no lines")]
    [InlineData("\n\n# only\n", "has no lines")]
    [InlineData("a,b\nc,d\n", "line 2: 'c,d' is no row of numbers")]
    [InlineData("time,A\n0.000,1\n0.004,x\n0.008,1\n", "line 3: 'x' in column A is no number")]
    [InlineData("time,A\n0.000,1\n0.004,inf\n0.008,1\n", "line 3: 'inf' in column A is no number")]
    [InlineData("time,A\n0.000,1\n0.004\n0.008,1\n", "line 3 has 1 cells; expected 2")]
    [InlineData("time,A\n0.000,1\n0.004,1,2\n0.008,1\n", "line 3 has more than 2 cells")]
    [InlineData("time,A\n0.000,1\n0.004,1\n0.008,1\n0.004,1\n", "line 5: time 0.004 is not later")]
    [InlineData("time,A\n0.000,1\n0.004,1\n0.008,1\n0.008,1\n", "line 5: time 0.008 is not later")]
    [InlineData("time,A\n0.000,1\n0.004,1\n,1\n0.012,1\n", "line 4: '' is no time")]
    [InlineData("time,A\n0:00.000,1\n0:00.004,1\n0:00x008,1\n0:00.012,1\n", "line 4: '0:00x008' is no time")]
    [InlineData("time (s)\n0.000\n0.004\n", "has times only")]
    [InlineData("PK\u0003\u0004", "ZIP archive")]
    [InlineData("0.1\0,2", "is no text")]
    public void What_is_no_recording_is_refused_by_line(string text, string expected) =>
        Assert.Contains(expected, Refused(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("time,A\n0.00,1\n0.10,1\n0.40,1\n0.45,1\n0.50,1\n0.90,1\n0.91,1\n")]
    [InlineData("time,A\n0.000,1\n")]
    public void Times_that_fit_no_frequency_need_one(string text) =>
        Assert.Contains("fit no sampling frequency, and none was given", FrequencyMissing(text), StringComparison.Ordinal);

    [Fact]
    public void Times_beside_the_grid_are_refused_by_line()
    {
        var text = new StringBuilder("time (s),A (mV)\n");
        for (var i = 0; i < 20_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i * 0.004) + (i < 19_000 ? 0 : 0.0015):F4},1\n");

        Assert.Contains("line 19002: the time lies beside the samples of 250 Hz", Refused(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_frequency_that_is_given_settles_the_times_unless_they_tell_another()
    {
        const string text = "time (s),A (mV)\n0.000,1\n0.004,2\n0.008,3\n0.012,4\n";
        using var record = Open(text, new CsvReadOptions { SamplingFrequencyHz = 249.9 });

        Assert.Equal(249.9, record.SamplingFrequencyHz);
        var refused = Assert.Throws<InvalidDataException>(() => Open(text, new CsvReadOptions { SamplingFrequencyHz = 500 }));
        Assert.Contains("its times have 250 Hz; 500 Hz is given", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(188)]
    [InlineData(189)]
    public void A_heartbeat_file_is_named_as_such(int columns)
    {
        var row = string.Join(',', Enumerable.Range(0, columns).Select(c => c == columns - 1 ? "0" : "0.5")) + "\n";

        Assert.Contains(
            "as a heartbeat CSV has", Assert.Throws<HeartbeatFileException>(() => Open(row + row + row)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_refused_in_bounded_memory()
    {
        var path = folder.Write("long.csv", new byte[4 * CsvLines.LongestLineBytes].Select(_ => (byte)'1').ToArray());

        Assert.Contains(
            "a line of more than", Assert.Throws<InvalidDataException>(() => RecordFormats.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_columns_are_refused() =>
        Assert.Contains(
            "columns; expected at most 4096",
            Refused(string.Join(',', Enumerable.Range(0, 5001).Select(c => $"lead {c}")) + "\n" + new string(',', 5000) + "1\n"),
            StringComparison.Ordinal);

    [Fact]
    public void A_jump_past_all_bounds_is_refused() =>
        Assert.Contains(
            "expected at most 2147483647 samples",
            Refused("time (s),A\n0.000,1\n0.004,1\n0.008,1\n99999999.000,1\n"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "time (s),MLII (mV),MLII origin\n0.000,-0.145,measured\n0.003,,missing\n0.006,\"-0.1\",recovered method=x interval=0.9\n"
        + "0.008,1e-3,derived\n0.011,NaN,\n0.014,5,measured\n")]
    [InlineData(
        "'Elapsed time','MLII','V5'\n'hh:mm:ss.mmm','mV','mV'\n'0:00.000',-0.145,-0.065\n'0:00.003',-0.145,-0.065\n"
        + "'0:00.006',-0.145,-0.065\n'0:00.108',-0.145,-0.065\n")]
    [InlineData("t;a\r\n2005-06-14T10:00:00,000;-0,145\r\n2005-06-14T10:00:00,004;1\r\n2005-06-14T10:00:00,012;-1,5\r\n")]
    [InlineData("#x\n 1.5 -2\n\n 3 4e2\n 5 -\n")]
    public void Broken_files_are_refused_or_read(string text)
    {
        var whole = Encoding.UTF8.GetBytes(text);
        var alphabet = "0123456789.,;:-+eE \t\r\n\"'[]#TZNan\0"u8.ToArray();
        var random = new Random(1);
        for (var mutant = 0; mutant < 2500; mutant++)
        {
            var bytes = whole.ToList();
            for (var change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes.RemoveAt(at); break;
                    case 1: bytes.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                    case 2: bytes.RemoveRange(at, bytes.Count - at); break;
                    default: bytes[at] = alphabet[random.Next(alphabet.Length)]; break;
                }
            }

            try
            {
                using var record = RecordFormats.Open(
                    folder.Write("x.csv", bytes.ToArray()), new CsvReadOptions { SamplingFrequencyHz = mutant % 2 == 0 ? 250 : null });
                foreach (var lead in record.Leads)
                    lead.ReadPhysicalValues(Math.Max(0, lead.SampleCount - 1000), new double[Math.Min(1000, lead.SampleCount)]);
            }
            catch (Exception refused) when (refused is InvalidDataException or SamplingFrequencyMissingException)
            {
                Assert.DoesNotContain('\n', refused.Message);
            }
        }
    }

    [Fact]
    public void A_slow_lead_alone_has_rows_of_its_own()
    {
        var lead = new EcgLead
        {
            Name = "SpO2",
            Unit = "%",
            SamplingFrequencyHz = 25,
            Gain = 1,
            AdcUnits = new MemorySamples<int>([97, 98, 96]),
        };
        RecordFormats.Write(new EcgRecord { Name = "r", SamplingFrequencyHz = 250, Leads = [lead] }, folder.File("slow.csv"));
        using var again = RecordFormats.Open(folder.File("slow.csv"));
        Assert.Equal((25, 3), (again.Leads[0].SamplingFrequencyHz, again.Leads[0].SampleCount));
    }

    // Found by breaking files: our own reader refused such times.
    [Fact]
    public void Times_too_fast_to_be_read_are_not_written()
    {
        var lead = new EcgLead { Name = "I", SamplingFrequencyHz = 2e6, AdcUnits = new MemorySamples<int>([1, 2, 3]) };
        var error = Assert.Throws<InvalidDataException>(
            () => RecordFormats.Write(new EcgRecord { Name = "r", SamplingFrequencyHz = 2e6, Leads = [lead] }, folder.File("fast.csv")));
        Assert.Equal("Record r has 2000000 Hz; expected at most 1000000 Hz beside a column of times.", error.Message);
    }

    [Fact]
    public void A_last_column_of_empty_cells_is_a_lead_where_it_has_a_name()
    {
        using var named = Open("time (s),I (mV),HR (bpm)\n0.000,1,\n0.004,2,\n0.008,3,\n");
        Assert.Equal(["I", "HR"], named.Leads.Select(lead => lead.Name));
        var rates = new double[3];
        named.Leads[1].ReadPhysicalValues(0, rates);
        Assert.All(rates, value => Assert.True(double.IsNaN(value)));
        using var trailing = Open("time (s),I (mV),\n0.000,1,\n0.004,2,\n0.008,3,\n");
        Assert.Equal(["I"], trailing.Leads.Select(lead => lead.Name));
    }

    [Theory]
    [InlineData("A (mV)\n", "NaN\n", "0.5\n0.25\n", 50)]
    [InlineData("A (mV)\n", "NaN\n", "0.5\n0.25\n", 500)]
    [InlineData("A (mV),B (mV)\n", ",\n", "0.5,1\n0.25,2\n0.75,3\n", 1)]
    [InlineData("A (mV),B (mV)\n", ",\n", "0.5,1\n0.25,2\n0.75,3\n", 5000)]
    [InlineData("'A','B'\n'mV','mV'\n", "-,NA\n", "0.5,1\n0.25,2\n", 3)]
    [InlineData("A B\n", "NaN NaN\n", "0.5 1\n0.25 2\n", 300)]
    public void Missing_rows_above_the_first_value_are_samples(string heading, string missing, string values, int count)
    {
        using var record = Open(
            heading + string.Concat(Enumerable.Repeat(missing, count)) + values, new CsvReadOptions { SamplingFrequencyHz = 250 });

        Assert.Equal(heading.Contains('B', StringComparison.Ordinal) ? ["A", "B"] : ["A"], record.Leads.Select(lead => lead.Name));
        Assert.Equal(
            [.. Enumerable.Repeat(EcgLead.MissingAdcUnits, count), 50, 25],
            record.Leads[0].ToAdcUnits().Take(count + 2));
        Assert.Equal(count + values.Count(character => character == '\n'), record.Leads[^1].SampleCount);
        Assert.Equal(MissingCause.NotANumber, record.Leads[0].MissingMark);
    }

    [Fact]
    public void Missing_rows_without_a_heading_are_samples()
    {
        using var record = Open("NaN,NaN\n,\n5,1\n6,2\n7,2\n", new CsvReadOptions { SamplingFrequencyHz = 250 });

        Assert.Equal([EcgLead.MissingAdcUnits, EcgLead.MissingAdcUnits, 5, 6, 7], record.Leads[0].ToAdcUnits());
        Assert.Equal([EcgLead.MissingAdcUnits, EcgLead.MissingAdcUnits, 1, 2, 2], record.Leads[1].ToAdcUnits());
    }

    [Fact]
    public void A_row_of_nothing_below_the_heading_of_times_is_none()
    {
        using var record = Open("time,ECG\n,\n0,1\n0.004,2\n0.008,3\n");

        Assert.Equal(250, record.SamplingFrequencyHz);
        Assert.Equal([1, 2, 3], Assert.Single(record.Leads).ToAdcUnits());
    }

    // 2020-01-01T10:00:00Z is 1577872800 s after 1970: date -u -d 2020-01-01T10:00:00Z +%s
    [Theory]
    [InlineData("timestamp", "1577872800.004000", "1577872800.008000", "1577872800.012000", "1577872800.020000")]
    [InlineData("timestamp", "1577872800.004000000", "1577872800.008000000", "1577872800.012000000", "1577872800.020000000")]
    [InlineData("timestamp_us", "1577872800004000", "1577872800008000", "1577872800012000", "1577872800020000")]
    [InlineData("timestamp [ns]", "1577872800004000000", "1577872800008000000", "1577872800012000000", "1577872800020000000")]
    [InlineData("time_ms", "1577872800004", "1577872800008", "1577872800012", "1577872800020")]
    public void Times_since_1970_are_read(string heading, params string[] times)
    {
        using var record = Open($"{heading},ECG\n{times[0]},1\n{times[1]},2\n{times[2]},3\n{times[3]},5\n");

        Assert.Equal(250, record.SamplingFrequencyHz);
        Assert.Equal([1, 2, 3, EcgLead.MissingAdcUnits, 5], Assert.Single(record.Leads).ToAdcUnits());
        Assert.Equal((new DateOnly(2020, 1, 1), new TimeOnly(10, 0, 0, 4)), (record.StartDate, record.StartTime));
        Assert.Contains(record.Remarks, remark => remark.EndsWith("the start is in UTC.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2005-06-14T23:59:58.5", "1.250", "2005-06-14", "23:59:59.7500000")]
    [InlineData("2005-06-14T23:59:58.5", "172801.750", "2005-06-17", "00:00:00.2500000")]
    [InlineData("2005-06-14T10:00:00", "-1.000", "2005-06-14", "09:59:59.0000000")]
    [InlineData("10:00:00", "60.004", null, "10:01:00.0040000")]
    public void The_first_time_is_added_to_the_start_that_the_heading_says(string start, string first, string? date, string timeOfDay)
    {
        var time = decimal.Parse(first, CultureInfo.InvariantCulture);
        using var record = Open(
            string.Create(CultureInfo.InvariantCulture, $"time (s since {start}),A\n{time},1\n{time + 0.004m},2\n{time + 0.008m},3\n"));

        Assert.Equal(250, record.SamplingFrequencyHz);
        Assert.Equal(date, record.StartDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(timeOfDay, record.StartTime?.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_file_that_is_read_is_never_written_over()
    {
        using var record = Open("time,ECG\n0,1\n0.004,2\n0.008,3\n");

        Assert.Equal([folder.File("x.csv")], record.Files);
        Assert.Throws<OutputExistsException>(() => RecordFormats.Write(record, folder.File("x.csv"), overwrite: true));
    }

    [Fact]
    public void Missing_files_and_folders_are_told()
    {
        Assert.Throws<FileNotFoundException>(() => RecordFormats.Open(folder.File("none.csv")));
        Directory.CreateDirectory(folder.File("folder.csv"));
        Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("folder.csv")));
    }

    [Theory]
    [InlineData("ECG (uv)", "ECG", "uv")]
    [InlineData("ECG (microvolts)", "ECG", "microvolts")]
    [InlineData("ECG (ADC)", "ECG", "ADC")]
    [InlineData("ECG (nu)", "ECG", "nu")]
    [InlineData("ECG (fathoms)", "ECG", "fathoms")]
    [InlineData("ECG / uV", "ECG", "uV")]
    [InlineData("ecg_uv", "ecg", "uv")]
    [InlineData("ECG in mV", "ECG", "mV")]
    [InlineData("II (filtered)", "II (filtered)", "mV")]
    [InlineData("CH1 (V5)", "CH1 (V5)", "mV")]
    [InlineData("lead_V", "lead_V", "mV")]
    [InlineData("ECG [V] filtered", "ECG filtered", "V")]
    [InlineData("(uV) ECG2", "ECG2", "uV")]
    [InlineData("ЭКГ (мВ)", "ЭКГ", "мВ")]
    public void A_unit_in_a_heading_is_kept_as_it_is(string heading, string name, string unit)
    {
        using var record = Open($"time (s),{heading}\n0.000,-0.145\n0.008,0.5\n0.016,0.25\n");

        Assert.Equal((name, unit), (record.Leads[0].Name, record.Leads[0].Unit));
    }

    [Fact]
    public void Values_that_are_no_millivolts_are_counts_unless_a_unit_is_given()
    {
        var text = "'sample #','MLII','V5'\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},{995 + i},0.{i:D2}\n"));
        using var guessed = Open(text, new CsvReadOptions { SamplingFrequencyHz = 360 });
        using var told = Open(text, new CsvReadOptions { SamplingFrequencyHz = 360, Unit = "uV" });

        Assert.Equal(["adu", "mV"], guessed.Leads.Select(lead => lead.Unit));
        Assert.Equal(
            [
                "No unit is named for V5: mV was assumed ('unit' overrules).",
                "No unit is named for MLII, and the values are no millivolts: they were left as counts, adu ('unit' overrules).",
            ],
            guessed.Remarks);
        Assert.Equal(["uV", "uV"], told.Leads.Select(lead => lead.Unit));
        Assert.Empty(told.Remarks);
    }

    [Fact]
    public void A_given_unit_overrules_the_heading_with_a_remark_but_not_that_of_another_quantity()
    {
        using var record = Open(
            "time (s),II (mV),RESP [l/min]\n0.000,-145,1\n0.008,500,2\n0.016,250,3\n", new CsvReadOptions { Unit = "uV" });

        Assert.Equal(["uV", "l/min"], record.Leads.Select(lead => lead.Unit));
        Assert.Equal(["The unit uV was given for II (mV), overruling the file."], record.Remarks);
    }

    [Fact]
    public void A_blank_line_in_a_column_is_a_missing_sample_and_elsewhere_a_remark()
    {
        using (var column = Open("ECG (mV)\n1\n2\n\n \n5\n\n\n", new CsvReadOptions { SamplingFrequencyHz = 250 }))
        {
            Assert.Equal([1, 2, EcgLead.MissingAdcUnits, EcgLead.MissingAdcUnits, 5], column.Leads[0].ToAdcUnits());
            Assert.Equal(["2 blank lines between the rows: each is a missing sample."], column.Remarks);
        }

        using (var table = Open("time (s),ECG (mV)\n0,1\n0.004,2\n\n0.008,3\n\n"))
        {
            Assert.Equal([1, 2, 3], table.Leads[0].ToAdcUnits());
            Assert.Equal(["1 blank line between the rows: left out."], table.Remarks);
        }

        var lines = "ECG (mV)\n\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i}\n\n"));
        using var spaced = Open(lines, new CsvReadOptions { SamplingFrequencyHz = 250 });
        Assert.Equal(Enumerable.Range(0, 20), spaced.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void Ten_seconds_of_blank_lines_are_ten_seconds_over_any_block()
    {
        var rows = Enumerable.Range(0, 20_000).Select(i => i is >= 8_000 and < 10_500 ? "\n" : $"0.{i % 10}\n");
        using var record = Open("ECG (mV)\n" + string.Concat(rows), new CsvReadOptions { SamplingFrequencyHz = 250 });

        var units = record.Leads[0].ToAdcUnits();
        Assert.Equal(20_000, units.Length);
        Assert.All(units, (unit, i) => Assert.Equal(i is >= 8_000 and < 10_500 ? EcgLead.MissingAdcUnits : i % 10, unit));
    }

    [Theory]
    [InlineData("2021-03-28T01:59:59.984+01:00", "2021-03-28T01:59:59.992+01:00", "2021-03-28T03:00:00.000+02:00")]
    [InlineData("2021-10-31T02:59:59.984+02:00", "2021-10-31T02:59:59.992+02:00", "2021-10-31T02:00:00.000+01:00")]
    [InlineData("2021-10-31 02:59:59.984+0200", "2021-10-31 02:59:59.992+0200", "2021-10-31 02:00:00.000+0100")]
    [InlineData("2021-10-31T00:59:59.984Z", "2021-10-31T00:59:59.992Z", "2021-10-31T01:00:00.000+00")]
    public void Offsets_from_utc_count_when_clocks_are_changed(string first, string second, string third)
    {
        using var record = Open($"timestamp,ecg_mV\n{first},1\n{second},2\n{third},3\n");

        Assert.Equal(125, record.SamplingFrequencyHz);
        Assert.Equal([1, 2, 3], record.Leads[0].ToAdcUnits());
        Assert.Equal(first[11..23], record.StartTime!.Value.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(4.0, null, null, 250)]
    [InlineData(8.5479, null, null, 116.988)]
    [InlineData(4000.0, null, null, 250)]
    [InlineData(4.0, "s", null, 0.25)]
    [InlineData(4.0, "us", null, 250_000)]
    [InlineData(4.0, null, 250.0, 250)]
    [InlineData(4.0, null, 250_000.0, 250_000)]
    public void Times_without_a_unit_have_the_one_that_gives_a_frequency_of_an_ecg(
        double step, string? unit, double? given, double frequency)
    {
        var text = "time,ECG (mV)\n"
            + string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * step:F4},{i % 7}\n")));
        using var record = Open(text, new CsvReadOptions { TimeUnit = unit, SamplingFrequencyHz = given });

        Assert.Equal(frequency, record.SamplingFrequencyHz, 0.01);
        Assert.Equal(
            unit is null ? 1 : 0,
            record.Remarks.Count(remark => remark.Contains("'time-unit' overrules", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(",time,ecg")]
    [InlineData("index,time,ecg")]
    [InlineData("sample,time,ecg")]
    [InlineData("Unnamed: 0,time,ecg")]
    public void An_index_beside_the_time_is_no_lead(string heading)
    {
        using var record = Open($"{heading} (mV)\n0,0.000,1\n1,0.008,2\n2,0.016,3\n7,0.056,4\n");

        Assert.Equal(125, record.SamplingFrequencyHz);
        Assert.Equal([1, 2, 3, .. Enumerable.Repeat(EcgLead.MissingAdcUnits, 4), 4], Assert.Single(record.Leads).ToAdcUnits());
    }

    [Theory]
    [InlineData("DateTime", "04/03/2021 10:00:00.000", "04/03/2021 10:00:00.004", "04/03/2021 10:00:00.008", "10:00")]
    [InlineData("Zeit", "4.3.2021 23:59:59.996", "5.3.2021 0:00:00.000", "5.3.2021 0:00:00.004", "23:59")]
    [InlineData("Time", "3/4/2021 11:59:59.996 AM", "3/4/2021 12:00:00.000 PM", "3/4/2021 12:00:00.004 PM", "11:59")]
    public void Days_in_an_order_that_is_not_known_leave_the_time_of_day(
        string heading, string first, string second, string third, string start)
    {
        using var record = Open($"{heading},ECG (mV)\n{first},1\n{second},2\n{third},3\n");

        Assert.Equal((250, 3), (record.SamplingFrequencyHz, record.SampleCount));
        Assert.Null(record.StartDate);
        Assert.Equal(start, record.StartTime?.ToString("HH:mm", CultureInfo.InvariantCulture));
        Assert.Equal([$"The days of column '{heading}' were left out: day or month may come first."], record.Remarks);
    }

    [Theory]
    [InlineData("ts,hr,ecg (mV)\n1641972000000,72,1\n1641972000004,72,2\n1641972000008,72,3\n", null)]
    [InlineData("x,ecg (mV)\n0.000,1\n0.004,2\n0.008,3\n", null)]
    [InlineData("sample_index,ecg (mV)\n0,1\n1,2\n2,3\n", 250.0)]
    [InlineData("x,ecg (mV)\n0,1\n1,2\n2,3\n", 250.0)]
    [InlineData(",ecg (mV)\n0.0,1\n0.004,2\n0.008,3\n", null)]
    [InlineData("Unnamed: 0,ecg (mV)\n0.0,1\n0.004,2\n0.008,3\n", null)]
    [InlineData("Czas [ms],ecg (mV)\n0,1\n4,2\n8,3\n", null)]
    [InlineData("Время (мс),ecg (mV)\n0,1\n4,2\n8,3\n", null)]
    [InlineData("packet,ns,ecg (mV)\n0,0,1\n0,4000000,2\n0,8000000,3\n", null)]
    [InlineData("time,ecg (mV)\n20210503081057000,1\n20210503081057004,2\n20210503081057008,3\n", null)]
    [InlineData("time,ecg (mV)\n20210503T081057.000,1\n20210503T081057.004,2\n20210503T081057.008,3\n", null)]
    [InlineData("time,ecg (mV)\n10:00:00.000 AM,1\n10:00:00.004 AM,2\n10:00:00.008 AM,3\n", null)]
    public void A_first_column_of_equal_steps_is_no_lead_whatever_its_name(string text, double? given)
    {
        using var record = Open(text, new CsvReadOptions { SamplingFrequencyHz = given });

        Assert.Equal(250, record.SamplingFrequencyHz);
        Assert.Equal([1, 2, 3], record.Leads[^1].ToAdcUnits());
        Assert.DoesNotContain(record.Leads, lead => lead.Name is "ts" or "x" or "sample_index");
    }

    [Theory]
    [InlineData("Cnt,ECG (mV)", 0)]
    [InlineData("ECG (mV),Cnt", 1)]
    [InlineData("ECG (mV),x", 1)]
    public void A_counter_that_begins_again_later_is_one_in_any_column(string heading, int column)
    {
        var rows = Enumerable.Range(0, 600).Where(i => i is not (>= 254 and < 261))
            .Select(i => column == 0 ? $"{i % 256},{i}\n" : $"{i},{i % 256}\n");
        using var record = Open($"{heading}\n{string.Concat(rows)}", new CsvReadOptions { SamplingFrequencyHz = 250 });

        Assert.Equal((600, 1), (record.SampleCount, record.Leads.Count));
        Assert.Equal([new MissingSpan(new SampleSpan(254, 261), MissingCause.TimeGap)], record.Leads[0].UnrecordedSpans);
    }

    [Fact]
    public void A_counter_of_packets_of_several_rows_is_no_lead()
    {
        var rows = Enumerable.Range(0, 60).Select(i => $"{i / 10},{i}\n");
        using var record = Open($"packet_counter,ECG (mV)\n{string.Concat(rows)}", new CsvReadOptions { SamplingFrequencyHz = 250 });

        Assert.Equal(["ECG"], record.Leads.Select(lead => lead.Name));
        Assert.Equal(
            ["Column 'packet_counter' counts packets of several rows: it was left out, and lost packets cannot be seen by it."],
            record.Remarks);
    }

    [Fact]
    public void Other_signals_beside_the_ECG_have_no_voltage()
    {
        using var record = Open(
            "time (s),ECG,HR,SpO2,quality\n0.000,0.1,72,98,1\n0.004,0.2,72,98,1\n0.008,0.3,72,98,1\n");
        using var inputs = Open("time (s),A1,A2\n0.000,0.1,1\n0.004,0.2,1\n0.008,0.3,1\n");

        Assert.Equal(["mV", "NU", "NU", "NU"], record.Leads.Select(lead => lead.Unit));
        Assert.Equal(["mV", "mV"], inputs.Leads.Select(lead => lead.Unit));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("None")]
    [InlineData("#N/A")]
    public void Words_for_nothing_are_missing(string word)
    {
        using var record = Open($"time (s),ECG (mV)\n0.000,1\n0.004,{word}\n0.008,3\n");

        Assert.Equal([1, EcgLead.MissingAdcUnits, 3], record.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void Names_below_a_head_are_a_heading()
    {
        using var record = Open("fs: 250\nunits: mV\nII,V5\n1,4\n2,5\n3,7\n");

        Assert.Equal(["II mV", "V5 mV"], record.Leads.Select(lead => $"{lead.Name} {lead.Unit}"));
        Assert.Equal([1, 2, 3], record.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void A_column_of_text_is_left_out_and_named()
    {
        using var record = Open("time (s),ECG (mV),note\n0.000,1,sit\n0.004,2,sit\n0.008,3,stand\n");

        Assert.Equal([1, 2, 3], Assert.Single(record.Leads).ToAdcUnits());
        Assert.Equal(["Text was left out: column 'note'."], record.Remarks);
    }

    [Fact]
    public void The_caller_chooses_the_column_of_the_times()
    {
        const string Text = "a (s),b (s),ECG (mV)\n0.000,0.000,1\n0.004,0.008,2\n0.008,0.016,3\n";
        using var second = Open(Text, new CsvReadOptions { TimeColumn = "b" });
        using var third = Open(Text, new CsvReadOptions { TimeColumn = "1" });
        var inOrder = new CsvReadOptions { TimeColumn = "none", SamplingFrequencyHz = 250 };
        using var none = Open("time (s),ECG (mV)\n0.000,1\n0.000,2\n9,3\n", inOrder);

        Assert.Equal(125, second.SamplingFrequencyHz);
        Assert.Equal(250, third.SamplingFrequencyHz);
        Assert.Equal([1, 2, 3], none.Leads[0].ToAdcUnits());
        Assert.EndsWith(
            "has no column 'c' for the times; expected a, b, ECG, a number from 1 to 3, or none.",
            Assert.Throws<InvalidDataException>(() => Open(Text, new CsvReadOptions { TimeColumn = "c" })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_very_many_numbers_is_a_lead_only_if_the_caller_says_so()
    {
        var line = string.Join(',', Enumerable.Range(0, 2500)) + "\n";
        var inRows = new CsvReadOptions { SamplingFrequencyHz = 250, LeadsInRows = true };
        using var one = Open(line, inRows);
        using var two = Open("I (uV)\t1\t2\t\t4\nII (uV)\t5\t6\t7\t8\n", inRows);

        Assert.Equal((1, 2500, 250), (one.Leads.Count, one.SampleCount, one.SamplingFrequencyHz));
        Assert.Equal(["I uV", "II uV"], two.Leads.Select(lead => $"{lead.Name} {lead.Unit}"));
        var values = new double[4];
        two.Leads[0].ReadPhysicalValues(0, values);
        Assert.Equal([1, 2, double.NaN, 4], values);
        Assert.EndsWith(
            "has 2500 numbers in its only line; expected one line per sample. If each line is a lead, 'leads-in-rows' reads it.",
            Assert.Throws<InvalidDataException>(() => Open(line)).Message,
            StringComparison.Ordinal);
        var uneven = Assert.Throws<InvalidDataException>(() => Open("1,2,3\n4,5\n", inRows));
        Assert.EndsWith("line 2 has 2 numbers; expected 3, as the first lead has.", uneven.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_of_other_steps_and_cycles_shows_lost_rows()
    {
        var rows = Enumerable.Range(0, 400).Where(i => i is not (50 or 333)).Select(i => $"{i * 2 % 202};{i % 5}\n");
        using var record = Open("x;ECG\n" + string.Concat(rows), new CsvReadOptions { SamplingFrequencyHz = 200, Unit = "mV" });

        Assert.Equal(400, record.SampleCount);
        Assert.Equal([50, 333], record.Leads[0].UnrecordedSpans.Select(missing => missing.Span.Start));
    }

    [Fact]
    public void Packed_text_is_read_like_plain_text()
    {
        var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
            gzip.Write("time (s),ECG (mV)\n0.000,1\n0.008,2\n0.016,3\n"u8);
        var path = folder.Write("night.csv.gz", packed.ToArray());
        using var record = CsvRecordReader.Open(path, new CsvReadOptions());

        Assert.Equal(("night", 125), (record.Name, record.SamplingFrequencyHz));
        Assert.Equal([1, 2, 3], record.Leads[0].ToAdcUnits());
        Assert.Equal([path], record.Files);
        var cut = folder.Write("cut.csv.gz", packed.ToArray()[..^6]);
        var refused = Assert.Throws<InvalidDataException>(() => CsvRecordReader.Open(cut, new CsvReadOptions()));
        Assert.Contains("broken", refused.Message, StringComparison.Ordinal);
    }

    private EcgRecord Open(string text, CsvReadOptions? options = null) =>
        RecordFormats.Open(folder.Write("x.csv", text), options ?? new CsvReadOptions());

    private string FrequencyMissing(string text) => Assert.Throws<SamplingFrequencyMissingException>(() => Open(text).Dispose()).Message;

    private string Refused(string text) => Assert.Throws<InvalidDataException>(() => Open(text).Dispose()).Message;
}
