using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Edf;

public class EdfReaderTests
{
    private static readonly short[] s_samples = [1, 2, 3, 4, -5, -6, -7, -8];

    [Fact]
    public void Control_characters_in_the_header_are_blanks()
    {
        using var record = Open(EdfFiles.Plain(s_samples, (8, "a\u001b[31mb\n"), (256, "V\u00075")));
        Assert.Equal(("a [31mb", "V 5"), (record.Patient, record.Leads[0].Name));
    }

    [Fact]
    public void A_plain_file_is_read()
    {
        using var record = Open(EdfFiles.Plain(s_samples));
        Assert.Equal(
            ("x", 4.0, new DateOnly(2004, 3, 2), new TimeOnly(4, 5, 6)),
            (record.Name, record.SamplingFrequencyHz, record.StartDate, record.StartTime));
        Assert.Equal(
            ("II", "mV", 200.0, 0.0), (record.Leads[0].Name, record.Leads[0].Unit, record.Leads[0].Gain, record.Leads[0].AdcBaseline));
        Assert.Equal([1, 2, 3, 4, -5, -6, -7, -8], record.Leads[0].ToAdcUnits());
        Assert.Empty(record.Remarks);
    }

    [Theory]
    [InlineData(168, "31.12.85", "1985-12-31")]
    [InlineData(168, "31.12.84", "2084-12-31")]
    [InlineData(168, " 1/ 2/03", "2003-02-01")]
    [InlineData(168, "01.01.85", "1985-01-01")]
    public void Years_of_two_digits_are_1985_to_2084(int offset, string text, string date)
    {
        using var record = Open(EdfFiles.Plain(s_samples, (offset, text)));
        Assert.Equal(DateOnly.Parse(date), record.StartDate);
        Assert.Empty(record.Remarks);
    }

    [Theory]
    [InlineData(168, "32.01.85", "Start date is \"32.01.85\" in the header; expected dd.mm.yy.")]
    [InlineData(176, "24.00.00", "Start time is \"24.00.00\" in the header; expected hh.mm.ss.")]
    [InlineData(236, "-1      ", "The header does not give the number of data records (-1): by the file's length there are 2.")]
    [InlineData(236, "3       ", "The header counts 3 data records, the file holds 2: its end is missing.")]
    [InlineData(184, "768     ", "The header takes \"768\" bytes by its length field, 512 by its signals; 512 is taken.")]
    [InlineData(
        360, "x       ",
        "Lead II: physical minimum \"x\" and maximum \"10\" are no range; its values are the file's own, not in mV.")]
    [InlineData(376, "2001    ", "Lead II: digital minimum 2001 is above the maximum 2000; its scale is taken as it stands.")]
    [InlineData(
        192, "EDF+C", "The header states EDF+C, and there is no signal \"EDF Annotations\"; data records are taken to follow each other.")]
    [InlineData(256, "  ", "Signal 0 is labelled \"\"; the lead is named \"signal 0\".")]
    public void What_a_file_has_wrong_is_remarked(int offset, string text, string remark)
    {
        using var record = Open(EdfFiles.Plain(s_samples, (offset, text)));
        Assert.Equal([remark], record.Remarks);
        Assert.Equal([1, 2, 3, 4, -5, -6, -7, -8], record.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void Whole_data_records_of_a_file_that_is_cut_off_are_read()
    {
        using var record = Open(EdfFiles.Plain(s_samples)[..^1]);
        Assert.Equal([1, 2, 3, 4], record.Leads[0].ToAdcUnits());
        Assert.Equal(
            [
                "The header counts 2 data records, the file holds 1: its end is missing.",
                "The last 7 bytes of the file are no whole data record and are not read.",
            ],
            record.Remarks);
        using var shorter = Open(EdfFiles.Plain(s_samples, (236, "1 ")));
        Assert.Equal([1, 2, 3, 4], shorter.Leads[0].ToAdcUnits());
        Assert.Equal(["The header counts 1 data records, the file holds 2: the last 1 are not read."], shorter.Remarks);
    }

    [Theory]
    [InlineData(0, "1", "begins with \"1\"; expected \"0\" (EDF), or 255 and \"BIOSEMI\" (BDF).")]
    [InlineData(252, "9999", "has 528 bytes; the header of its 9999 signals alone takes 2560000.")]
    [InlineData(252, "1e8 ", ": number of signals is \"1e8\" in bytes 252..256 of the header; expected a whole number.")]
    [InlineData(252, "0   ", ": 0 signals in bytes 252..256 of the header; expected 1 to 9999.")]
    [InlineData(252, "-1  ", ": -1 signals in bytes 252..256 of the header; expected 1 to 9999.")]
    [InlineData(236, "two", ": number of data records is \"two\" in bytes 236..244 of the header; expected a whole number.")]
    [InlineData(244, "0", ": duration of a data record is 0 s, and there are signals with samples; expected more than 0.")]
    [InlineData(244, "-1", ": duration of a data record is \"-1\" in bytes 244..252 of the header; expected seconds.")]
    [InlineData(244, "9E27", ": 2 data records of 9000000000000000000000000000 s; expected at most 400 days.")]
    [InlineData(244, "99999999", ": 2 data records of 99999999 s; expected at most 400 days.")]
    [InlineData(244, "1E-27", ": signal \"II\" has 4 samples in 1E-27 s; expected at most 10000000 a second.")]
    [InlineData(244, "NaN", ": duration of a data record is \"NaN\" in bytes 244..252 of the header; expected seconds.")]
    [InlineData(472, "99999999", " holds 0 whole data records of 199999998 bytes, and its header counts 2; expected at least one.")]
    [InlineData(472, "0", ": its 1 signals have 0 samples in each data record; expected at least one.")]
    [InlineData(472, "-4", ": signal 0 has -4 samples in each data record; expected 0 or more.")]
    public void Names_what_is_wrong_in_one_line(int offset, string text, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.edf", EdfFiles.Plain(s_samples, (offset, text)));
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => RecordFormats.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(376, "0       0       ", "digital minimum \"0\" and maximum \"0\"")]
    [InlineData(376, "2000    ", "digital minimum \"2000\" and maximum \"2000\"")]
    [InlineData(376, "                ", "digital minimum \"\" and maximum \"\"")]
    [InlineData(376, "1.5     ", "digital minimum \"1.5\" and maximum \"2000\"")]
    [InlineData(360, "0       0       ", "physical minimum \"0\" and maximum \"0\"")]
    [InlineData(360, "                ", "physical minimum \"\" and maximum \"\"")]
    public void A_signal_without_a_range_has_the_files_own_numbers_and_no_unit(int offset, string text, string what)
    {
        using var record = Open(EdfFiles.Plain(s_samples, (offset, text)));
        var lead = record.Leads[0];
        Assert.Equal(s_samples.Select(sample => (int)sample), lead.ToAdcUnits());
        Assert.Equal(("II", "", 1.0, 0.0), (lead.Name, lead.Unit, lead.Gain, lead.AdcBaseline));
        Assert.Equal((false, false), (lead.IsCalibrated, lead.IsVoltage));
        Assert.Equal([$"Lead II: {what} are no range; its values are the file's own, not in mV."], record.Remarks);
        using var folder = new TemporaryFolder();
        RecordFormats.Write(record, folder.File("again.edf"));
        using var again = RecordFormats.Open(folder.File("again.edf"));
        Assert.Equal(lead.ToAdcUnits(), again.Leads[0].ToAdcUnits());
    }

    [Theory]
    [InlineData("uV", 1e3)]
    [InlineData("UV", 1e3)]
    [InlineData("\u00b5V", 1e3)]
    [InlineData("mv", 1.0)]
    [InlineData("Volts", 1e-3)]
    [InlineData("nu", null)]
    [InlineData("", null)]
    public void A_unit_is_kept_as_it_is_written(string unit, double? perMilliVolt)
    {
        using var record = Open(EdfFiles.Plain(s_samples, (352, unit.PadRight(8))));
        Assert.Equal((unit, perMilliVolt), (record.Leads[0].Unit, record.Leads[0].UnitsPerMilliVolt));
    }

    [Fact]
    public void Names_what_is_no_file_of_its_kind()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => RecordFormats.Open(folder.File("y.edf")));
        Directory.CreateDirectory(folder.File("z.edf"));
        Assert.Equal(
            $"{folder.File("z.edf")} is a directory; expected a file.",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(folder.File("z.edf"))).Message);
        var path = folder.Write("e.edf", new byte[255]);
        Assert.Equal(
            $"{path} has 255 bytes; expected at least 256, the first part of an EDF header.",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(path)).Message);
    }

    // The onsets of the four data records of the hand-made file, each as long as it is there.
    [Theory]
    [InlineData("+0.25", "+0.75", "+0.75", "+5.3", ": data record 2 begins at 0.75 s, the one before it at 0.75 s; expected a later time.")]
    [InlineData("+0.25", "+0.75", "+0.25", "+5.3", ": data record 2 begins at 0.25 s, the one before it at 0.75 s; expected a later time.")]
    [InlineData("+0.25", "x0.75", "+3.25", "+5.3", ": data record 1 has no onset; in EDF+D each must have one.")]
    [InlineData("+0.25", "+0.75", "+3.25", "+4e9", ": data record 3 has no onset; in EDF+D each must have one.")]
    public void Times_that_cannot_be_are_refused(string first, string second, string third, string fourth, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.edf", WithOnsets(first, second, third, fourth));
        Assert.EndsWith(message, Assert.Throws<InvalidDataException>(() => RecordFormats.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_gaps_that_nobody_can_read_through_are_refused()
    {
        using var folder = new TemporaryFolder();
        // 5 samples in 5 µs: 1 MHz, and the second of two data records 34,000,000 s later.
        var path = folder.Write("x.edf", TwoRecords("0.000005", 5, "+34000000"));
        Assert.Equal(
            $"{path}: by the times of its data records, a lead has 34000000000005 samples; expected at most 4294967296.",
            Assert.Throws<InvalidDataException>(() => RecordFormats.Open(path)).Message);
        // At 100 Hz, as much as a lead may have.
        folder.Write("x.edf", TwoRecords("0.05", 5, "+34000000"));
        using var record = RecordFormats.Open(path);
        Assert.Equal(3_400_000_005, record.Leads[0].SampleCount);
    }

    [Fact]
    public void A_data_record_that_begins_too_early_follows_the_one_before()
    {
        // Record 2 says 0.85, 0.4 s before record 1 ends; record 3 is at 5.3 as before.
        using var record = Open(WithOnsets("+0.25", "+0.75", "+0.85", "+5.3"));
        Assert.Equal([1, -1, 2000, -2000, 5, 6, 7, 8, 9, 10, 11, 12], record.Leads[0].ToAdcUnits()[..12]);
        Assert.Equal([new MissingSpan(new SampleSpan(12, 40), MissingCause.TimeGap)], record.Leads[0].UnrecordedSpans);
        Assert.Equal(["Data records overlap; samples lie up to 0.3375 s after the onset of their record."], record.Remarks);
    }

    [Fact]
    public void A_continuous_file_whose_records_jump_is_read_as_continuous_and_that_is_said()
    {
        var bytes = HandMadeEdf.Bytes;
        bytes[196] = (byte)'C';
        using var record = Open(bytes);
        Assert.Equal([1, -1, 2000, -2000, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], record.Leads[0].ToAdcUnits());
        Assert.Equal(
            [
                "By the header, data records follow each other; 2 of them have other onsets, by up to 3.55 s. "
                + "They are read as the header states.",
            ],
            record.Remarks);
    }

    [Theory]
    // ECG II has 44 samples, the last data record's are 40..44.
    [InlineData("+5.5⊏0.05⊐missing samples=42@@ECG II", 42, 40, "")]
    [InlineData(
        "+5.5⊏0.3⊐missing samples=99@@ECG II",
        44,
        40,
        "An annotation gives lead ECG II 99 samples, and begins its padding at sample 42; it is taken for missing samples.")]
    [InlineData("+5.8⊏0⊐missing samples=50@@ECG II", 50, 44, "")]
    [InlineData(
        "+5.8⊏0⊐missing samples=999999999999@@ECG II",
        44,
        44,
        "An annotation gives lead ECG II 999999999999 samples, and begins its padding at sample 44; it is taken for missing samples.")]
    [InlineData("+0.25⊏9⊐missing samples=0@@ECG II", 0, 0, "")]
    public void A_lead_ends_where_its_padding_begins(string list, int count, int lastGapStart, string remark)
    {
        // The annotation signal of a data record is made 80 bytes long: 40 samples.
        var text = list.Replace('⊐', '\u0014').Replace('⊏', '\u0015') + "\u0014\0";
        var bytes = HandMadeEdf.Bytes[..1024].Concat(Enumerable.Range(0, 4).SelectMany(r =>
        {
            var record = HandMadeEdf.Bytes[(1024 + (52 * r))..(1076 + (52 * r))].Concat(new byte[40]).ToArray();
            if (r == 3)
                System.Text.Encoding.ASCII.GetBytes(text).CopyTo(record, 20);
            return record;
        })).ToArray();
        System.Text.Encoding.ASCII.GetBytes("40").CopyTo(bytes, 256 + (216 * 3) + 16);
        using var record = Open(bytes);
        var samples = record.Leads[0].ToAdcUnits();
        Assert.Equal(count, samples.Length);
        Assert.Equal(remark.Length == 0 ? [] : [remark], record.Remarks);
        Assert.All(samples.Skip(44), sample => Assert.Equal(EcgLead.MissingAdcUnits, sample));
        if (count >= 44)
            Assert.Equal(
                lastGapStart == 40 ? [13, 14, EcgLead.MissingAdcUnits, EcgLead.MissingAdcUnits] : [13, 14, 15, 16], samples[40..44]);
    }

    [Fact]
    public void A_record_that_is_disposed_is_closed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.edf", EdfFiles.Plain(s_samples));
        var record = RecordFormats.Open(path);
        Assert.Equal([path], record.Files);
        record.Dispose();
        Assert.Throws<ObjectDisposedException>(() => record.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void BioSemis_plain_files_are_read_with_their_trigger_channel()
    {
        var bytes = EdfFiles.Plain([0, 0, 0, 0, 0, 0], (0, "\u00ffBIOSEMI"), (192, "24BIT"), (236, "1"), (256, "Status"));
        byte[] samples = [0xFF, 0xFF, 0x7F, 0, 0, 0x80, 1, 0, 0, 0xFF, 0xFF, 0xFF];
        samples.CopyTo(bytes, 512);
        using var record = Open(bytes, "x.bdf");
        Assert.Equal([8388607, -8388608, 1, -1], record.Leads[0].ToAdcUnits());
        Assert.Equal(["Lead Status is BioSemi's: trigger bits, not a voltage."], record.Remarks);
    }

    // EDF+D: one lead, two data records, the first at 0.
    private static byte[] TwoRecords(string seconds, int samplesPerRecord, string secondOnset)
    {
        const int ListBytes = 60;
        var text = new System.Text.StringBuilder();
        void Add(int length, params string[] fields) => text.AppendJoin("", fields.Select(field => field.PadRight(length)));
        Add(8, "0");
        Add(80, "X X X X", "Startdate X X X X");
        Add(8, "01.01.85", "00.00.00", "768");
        Add(44, "EDF+D");
        Add(8, "2", seconds);
        Add(4, "2");
        Add(16, "II", "EDF Annotations");
        Add(80, "", "");
        Add(8, "mV", "", "-10", "-1", "10", "1", "-2000", "-32768", "2000", "32767");
        Add(80, "", "");
        Add(8, $"{samplesPerRecord}", $"{ListBytes / 2}");
        Add(32, "", "");
        foreach (var onset in new[] { "+0", secondOnset })
            text.Append('\0', 2 * samplesPerRecord).Append($"{onset}\u0014\u0014".PadRight(ListBytes, '\0'));
        return System.Text.Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] WithOnsets(params string[] onsets)
    {
        var bytes = HandMadeEdf.Bytes;
        for (var i = 0; i < onsets.Length; i++)
            System.Text.Encoding.ASCII.GetBytes(onsets[i]).CopyTo(bytes, 1024 + (52 * i) + 12);
        return bytes;
    }

    private static EcgRecord Open(byte[] bytes, string name = "x.edf")
    {
        using var folder = new TemporaryFolder();
        return RecordFormats.Open(folder.Write(name, bytes));
    }
}
