using System.Globalization;
using EcgRecovery.Formats.Csv;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Csv.Heads;

/// <summary>Text as devices and programs export it, written here after their public descriptions and examples.</summary>
public sealed class DeviceFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(
        "Name,A\nRecorded Date,2021-03-04 10:00:00 +0100\nSample Rate,512 hertz\n\n\nLead,Lead I\nUnit,µV\n\n-145\n500\n955\n",
        "Lead I", 512)]
    [InlineData(
        "Name;A\nAufzeichnungsdatum;2021-03-04 10:00:00 +0100\nGerätefilter;40 Hertz\nMessrate;512 Hertz\n"
        + "Ableitung;Ableitung I\nEinheit;µV\n-145,0\n500,0\n955,0\n",
        "Ableitung I", 512)]
    [InlineData(
        "Nom,A\nDate d’enregistrement,2021-03-04 10:00:00 +0100\nFréquence d’échantillonnage,\"513,3 hertz\"\n"
        + "Dérivation,Dérivation I\nUnité,µV\n-145,0\n500,0\n955,0\n",
        "Dérivation I", 513.3)]
    [InlineData(
        "Nimi,A\nTallennettu,2021-03-04 10:00:00 +0100\nNäytteenottotaajuus,512 hertsiä\n"
        + "Kytkentä,Kytkentä I\nYksikkö,µV\n\n−145\n500\n955\n",
        "Kytkentä I", 512)]
    public void Apple_watch_exports_are_microvolts_in_any_language(string text, string lead, double frequency)
    {
        using var record = Open(text);

        Assert.Equal(frequency, record.SamplingFrequencyHz);
        Assert.Equal((new DateOnly(2021, 3, 4), new TimeOnly(10, 0)), (record.StartDate, record.StartTime));
        AssertLead(record, 0, lead, "µV", -145, 500, 955);
        Assert.Empty(record.Remarks);
    }

    [Fact]
    public void OpenSignals_counts_are_named_and_lost_rows_are_missing()
    {
        var rows = Enumerable.Range(0, 60).Where(i => i is not (20 or 21 or 22)).Select(i => $"{(i + 3) % 16}\t1\t0\t{500 + i}\t\n");
        using var record = Open(
            "# OpenSignals Text File Format\n"
            + "# {\"00:07\": {\"sensor\": [\"ECG\"], \"column\": [\"nSeq\", \"I1\", \"O1\", \"A2\"], "
            + "\"date\": \"2017-1-17\", \"time\": \"11:39:1.789\", "
            + "\"sampling rate\": 1000, \"label\": [\"A2\"], \"resolution\": [4, 1, 1, 10]}}\n# EndOfHeader\n" + string.Concat(rows));

        Assert.Equal(1000, record.SamplingFrequencyHz);
        Assert.Equal(["I1", "O1", "ECG A2"], record.Leads.Select(lead => lead.Name));
        Assert.Equal(["0/1", "0/1", "adu"], record.Leads.Select(lead => lead.Unit));
        Assert.Equal((0, 1023), (record.Leads[2].AdcMinimum, record.Leads[2].AdcMaximum));
        Assert.Equal([new MissingSpan(new SampleSpan(20, 23), MissingCause.TimeGap)], record.Leads[2].UnrecordedSpans);
        Assert.Equal(559, record.Leads[2].ToAdcUnits()[59]);
        Assert.Equal((new DateOnly(2017, 1, 17), new TimeOnly(11, 39, 1, 789)), (record.StartDate, record.StartTime));
    }

    [Theory]
    [InlineData("%Number of channels = 1\n", "Sample Index, EXG Channel 0, Accel Channel 0, Timestamp, Timestamp (Formatted)\n")]
    [InlineData("%Number of channels = 1\n%First Column = SampleIndex\n", "")]
    public void OpenBci_channels_are_microvolts_and_its_counter_begins_again(string channels, string heading)
    {
        var rows = Enumerable.Range(250, 30).Where(i => i is not (254 or 255 or 256)).Select(i => heading.Length > 0
            ? $"{i % 256}.0, {i}.5, 0.25, 1652788988.1{i}, 2022-05-17 14:03:08.{i}\n"
            : $"{i % 256}, {i}.5, 0.25\n");
        using var record = Open($"%OpenBCI Raw EXG Data\n{channels}%Sample Rate = 250.0 Hz\n{heading}{string.Concat(rows)}");

        Assert.Equal(250, record.SamplingFrequencyHz);
        AssertLead(record, 0, "EXG Channel 0", "uV", 250.5, 251.5, 252.5, 253.5, double.NaN, double.NaN, double.NaN, 257.5);
        Assert.Equal(2, record.Leads.Count);
        Assert.False(record.Leads[1].IsVoltage);
    }

    [Fact]
    public void OpenBci_counts_as_fractions_and_its_times_are_those_of_packets()
    {
        // One row in a hundred is lost; the clock of the computer says nothing of it.
        var rows = Enumerable.Range(0, 120).Where(i => i != 77)
            .Select(i => $"{i}.0, {i}.5, 1652788988.1{i:D4}, 2022-05-17 14:03:08.{i / 40}00\n");
        using var record = Open(
            "%OpenBCI Raw EXG Data\n%Number of channels = 1\n%Sample Rate = 125 Hz\n"
            + $"Sample Index, EXG Channel 0, Timestamp, Timestamp (Formatted)\n{string.Concat(rows)}");

        Assert.Equal((125, 120), (record.SamplingFrequencyHz, record.SampleCount));
        Assert.Equal([new MissingSpan(new SampleSpan(77, 78), MissingCause.TimeGap)], record.Leads[0].UnrecordedSpans);
    }

    [Fact]
    public void Empatica_files_begin_with_start_and_rate()
    {
        using var record = Open("1529940473.250000\n64.000000\n-14.50\n-12.96\n-15.52\n");
        using var threeAxes = Open("1529940473.0,1529940473.0\n32.0,32.0\n1,2\n3,4\n5,6\n");

        Assert.Equal((64, 3), (record.SamplingFrequencyHz, record.SampleCount));
        Assert.Equal((new DateOnly(2018, 6, 25), new TimeOnly(15, 27, 53, 250)), (record.StartDate, record.StartTime));
        Assert.Equal("NU", record.Leads[0].Unit);
        Assert.Equal((32, 2, 3), (threeAxes.SamplingFrequencyHz, threeAxes.Leads.Count, threeAxes.SampleCount));
    }

    [Fact]
    public void LabChart_heads_give_names_units_and_rate_and_comments_become_notes()
    {
        using var record = Open(
            "Interval=\t0.004 s\nExcelDateTime=\t44259.5\t2021-03-04 12:00:00\nTimeFormat=\tStartOfBlock\nDateFormat=\t\n"
            + "ChannelTitle=\tECG\tResp\nRange=\t10.000 mV\t5.000 V\n"
            + "0\t-0.145\t0.1\n0.004\t0.5\t0.1\t#* stim\n0.008\t0.25\t0.1\t#2 breath\n");

        Assert.Equal(250, record.SamplingFrequencyHz);
        Assert.Equal((new DateOnly(2021, 3, 4), new TimeOnly(12, 0)), (record.StartDate, record.StartTime));
        AssertLead(record, 0, "ECG", "mV", -0.145, 0.5, 0.25);
        AssertLead(record, 1, "Resp", "V", 0.1, 0.1, 0.1);
        Assert.Equal(
            [(1, "\"", "stim", 0), (2, "\"", "breath", 1)],
            record.Annotations.Select(note => (note.Sample, note.Symbol, note.Aux, note.Channel)));
    }

    [Fact]
    public void LabChart_blocks_stand_at_their_times()
    {
        static string Block(string day, int first, string interval = "0.5") =>
            $"Interval=\t{interval} s\n{(day.Length > 0 ? $"ExcelDateTime=\t{day}\n" : "")}ChannelTitle=\tECG\nRange=\t10.000 mV\n"
            + $"0\t{first}\n{interval}\t{first + 1}\n1\t{first + 2}\n1.5\t{first + 3}\n";
        // A second is 1/86400 of a day.
        using var record = Open(Block("44259", 1) + Block("44259.0000347222222", 5));

        AssertLead(record, 0, "ECG", "mV", 1, 2, 3, 4, double.NaN, double.NaN, 5, 6, 7, 8);
        Assert.Contains("no ExcelDateTime= says when", Refused(Block("44259", 1) + Block("", 5)), StringComparison.Ordinal);
        Assert.Contains("begins before the end", Refused(Block("44259", 1) + Block("44258", 5)), StringComparison.Ordinal);
        Assert.Contains(
            "with other channels or units",
            Refused(Block("44259", 1) + Block("44260", 5).Replace("ECG", "Resp", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains("begins before the end", Refused(Block("44259", 1) + Block("44259.0000115", 5)), StringComparison.Ordinal);
        Assert.Contains("is not later", Refused(Block("44259", 1) + "0\t5\n0.5\t6\n"), StringComparison.Ordinal);
        Assert.Contains("a block of 4 Hz begins", Refused(Block("44259", 1) + Block("44260", 5, "0.25")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_jump_of_LabCharts_times_is_a_gap_and_another_step_a_remark()
    {
        const string Head = "Interval=\t0.004 s\nChannelTitle=\tECG\nRange=\t10.000 mV\n";
        using (var jump = Open($"{Head}0\t1\n0.004\t2\n0.008\t3\n0.020\t6\n"))
            AssertLead(jump, 0, "ECG", "mV", 1, 2, 3, double.NaN, double.NaN, 6);
        using var other = Open($"{Head}0\t1\n0.001\t2\n0.002\t3\n0.003\t4\n");
        AssertLead(other, 0, "ECG", "mV", 1, 2, 3, 4);
        Assert.Contains(other.Remarks, remark => remark.Contains("have 1000 Hz, not the 250 Hz", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_version_of_OpenSignals_has_other_keys()
    {
        var rows = Enumerable.Range(0, 40).Select(i => $"{i % 16}\t1\t{500 + i}\t{300 + i}\n");
        using var record = Open(
            "# {\"SamplingResolution\": \"10\", \"SampledChannels\": [2], \"SamplingRate\": 1000, "
            + "\"ColumnLabels\": [\"SeqN\", \"Digital0\", \"EMG\", \"ECG\"], \"StartDateTime\": \"2013-10-1 10:30:27\"}\n# EndOfHeader\n"
            + string.Concat(rows));

        Assert.Equal((1000, new DateOnly(2013, 10, 1)), (record.SamplingFrequencyHz, record.StartDate));
        Assert.Equal(["Digital0 0/1", "EMG adu", "ECG adu"], record.Leads.Select(lead => $"{lead.Name} {lead.Unit}"));
    }

    [Theory]
    [InlineData("min,CH1,CH2,\n,3,3,\n0,-0.145,1,\n1.66667E-005,0.5,2,\n3.33333E-005,0.25,3,\n")]
    [InlineData("sec,CH1,CH2,\n,3,3,\n0,-0.145,1,\n0.001,0.5,2,\n0.002,0.25,3,\n")]
    [InlineData("CH1\tCH2\t\n3\t3\t\n-0.145\t1\t\n0.5\t2\t\n0.25\t3\t\n")]
    public void AcqKnowledge_heads_give_names_units_and_rate(string rows)
    {
        using var record = Open("S01.acq\n1 msec/sample\n2 channels\nECG\nmV\nResp\nVolts\n" + rows);

        Assert.Equal(1000, record.SamplingFrequencyHz);
        AssertLead(record, 0, "ECG", "mV", -0.145, 0.5, 0.25);
        AssertLead(record, 1, "Resp", "Volts", 1, 2, 3);
    }

    [Fact]
    public void AcqKnowledge_states_samples_a_second_as_well()
    {
        using var record = Open("S01.acq\n250 samples/sec\n1 channels\nECG\nmV\nCH1\n3\n1\n2\n3\n");

        Assert.Equal(250, record.SamplingFrequencyHz);
        AssertLead(record, 0, "ECG", "mV", 1, 2, 3);
    }

    [Fact]
    public void AcqKnowledge_minutes_of_six_digits_lose_no_sample()
    {
        var rows = Enumerable.Range(0, 30_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i / 60000.0:G6},{i % 7},\n"));
        using var record = Open("S01.acq\n1 msec/sample\n1 channels\nECG\nmV\nmin,CH1,\n,30000,\n" + string.Concat(rows));

        Assert.Equal((1000, 30_000), (record.SamplingFrequencyHz, record.SampleCount));
    }

    [Fact]
    public void Shimmer_files_have_a_separator_line_and_units_below_the_names()
    {
        using var record = Open(
            "\"sep=\t\"\n"
            + "Shimmer_5A_Timestamp_Unix_CAL\tShimmer_5A_ECG_LL-RA_24BIT_CAL\tShimmer_5A_ECG_EMG_Status1_CAL\t\nms\tmV\tno_units\t\n"
            + "1554988402254.00\t-0.145\t128\t\n1554988402258.00\t0.5\t128\t\n1554988402262.00\t0.25\t128\t\n");

        Assert.Equal(250, record.SamplingFrequencyHz);
        AssertLead(record, 0, "Shimmer_5A_ECG_LL-RA_24BIT_CAL", "mV", -0.145, 0.5, 0.25);
        Assert.Equal("no_units", record.Leads[1].Unit);
        Assert.Equal(new DateOnly(2019, 4, 11), record.StartDate);
    }

    [Fact]
    public void BioSPPy_files_hold_counts()
    {
        using var record = Open(
            "# Simple Text Format\n# Sampling Rate (Hz):= 1000.00\n# Resolution:= 12\n# Labels:= ECG\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{2037 + i}\n")));

        Assert.Equal((1000, 30), (record.SamplingFrequencyHz, record.SampleCount));
        Assert.Equal(("ECG", "adu", 2037), (record.Leads[0].Name, record.Leads[0].Unit, record.Leads[0].ToAdcUnits()[0]));
    }

    [Fact]
    public void Polar_times_are_those_of_the_sensor()
    {
        var rows = Enumerable.Range(0, 200).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"2021-03-04T10:00:0{i / 73}.562;{599636646177065964 + (i * 7692308L)};{i * 7.692308:F6};{-145 + i}\n"));
        using var record = Open("Phone timestamp;sensor timestamp [ns];timestamp [ms];ecg [uV]\n" + string.Concat(rows));

        Assert.Equal((130, 200, 1), (record.SamplingFrequencyHz, record.SampleCount, record.Leads.Count));
        Assert.Equal((new DateOnly(2021, 3, 4), new TimeOnly(10, 0, 0, 562)), (record.StartDate, record.StartTime));
        Assert.Equal(("ecg", "uV"), (record.Leads[0].Name, record.Leads[0].Unit));
        Assert.Contains(
            "Other times were left out: column 'Phone timestamp', 'timestamp [ms]'; column 'sensor timestamp [ns]' was used "
                + "('time-column' overrules).",
            record.Remarks);
    }

    [Fact]
    public void Packets_whose_rows_share_a_time_are_read_in_order_at_a_given_frequency()
    {
        var text = "timestamp;ecg [uV]\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{1641972000562 + (i / 5 * 40)};{i}\n"));
        using var record = Open(text, new CsvReadOptions { SamplingFrequencyHz = 130 });

        Assert.Equal((130, 20), (record.SamplingFrequencyHz, record.SampleCount));
        Assert.Equal(new DateOnly(2022, 1, 12), record.StartDate);
        Assert.Contains(record.Remarks, remark => remark.Contains("lost rows cannot be seen", StringComparison.Ordinal));
        Assert.Throws<EcgRecovery.Formats.SamplingFrequencyMissingException>(() => Open(text));
    }

    [Fact]
    public void A_given_frequency_overrules_the_head_with_a_remark()
    {
        using var record = Open("Sample Rate,512 hertz\nUnit,µV\n1\n2\n3\n", new CsvReadOptions { SamplingFrequencyHz = 500 });

        Assert.Equal(500, record.SamplingFrequencyHz);
        Assert.Equal(["The head of the file states 512 Hz; 500 Hz was given."], record.Remarks);
    }

    // The files that the maintainers keep beside the checkout.
    [Theory]
    [InlineData("apple.csv", null, 512, 800, "Lead I µV")]
    [InlineData("empatica.csv", null, 64, 2500, "ECG NU")]
    [InlineData("flat9.csv", 100, 100, 900, "ECG mV")]
    [InlineData("index_time.csv", null, 125, 50, "ecg mV")]
    [InlineData("labchart.txt", null, 125, 600, "ECG mV|Resp V")]
    [InlineData("openbci.txt", null, 125, 100, "EXG Channel 0 uV")]
    [InlineData("opensignals.txt", null, 125, 2500, "I1 0/1|I2 0/1|O1 0/1|O2 0/1|ECG A2 adu")]
    [InlineData("packet.csv", 130, 130, 730, "ecg uV")]
    [InlineData("polar.txt", null, 130, 730, "ecg uV")]
    [InlineData("time_ms_float.csv", null, 250, 1000, "ECG mV")]
    [InlineData("utc_offset_spring.csv", null, 125, 6, "ecg mV")]
    [InlineData("uv_heading.csv", null, 125, 500, "ECG uv")]
    public void The_cases_are_read(string name, int? given, double frequency, long samples, string leads)
    {
        var path = TestData.Folder($"../cases/{name}");
        Assert.SkipWhen(path is null, "The cases are not beside the checkout.");
        using var record = RecordFormats.Open(path, new CsvReadOptions { SamplingFrequencyHz = given });

        Assert.Equal((frequency, samples), (record.SamplingFrequencyHz, record.SampleCount));
        Assert.Equal(leads, string.Join('|', record.Leads.Select(lead => $"{lead.Name} {lead.Unit}")));
    }

    private static void AssertLead(EcgRecord record, int lead, string name, string unit, params double[] values)
    {
        Assert.Equal((name, unit), (record.Leads[lead].Name, record.Leads[lead].Unit));
        var read = new double[values.Length];
        record.Leads[lead].ReadPhysicalValues(0, read);
        Assert.Equal(values, read);
    }

    private string Refused(string text) => Assert.Throws<InvalidDataException>(() => Open(text)).Message;

    private EcgRecord Open(string text, CsvReadOptions? options = null) =>
        RecordFormats.Open(folder.Write("x.txt", text), options ?? new CsvReadOptions());
}
