using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Wfdb;

public class WfdbSegmentsTests
{
    private const int Missing = EcgLead.MissingAdcUnits;

    [Fact]
    public void A_fixed_layout_joins_its_segments_signal_by_signal()
    {
        using var folder = Segments("x/4 2 100 7\na 2\n~ 3\nb 1\na 2\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(["II", "V"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([1, 2, Missing, Missing, Missing, 5, 1, 2], record.Leads[0].ToAdcUnits());
        Assert.Equal([-1, -2, Missing, Missing, Missing, -5, -1, -2], record.Leads[1].ToAdcUnits());
        Assert.Equal([new MissingSpan(new SampleSpan(2, 5), MissingCause.NullSegment)], record.Leads[0].UnrecordedSpans);
        Assert.Equal(
            (100.0, 10.0, -128, 127),
            (record.Leads[0].Gain, record.Leads[0].AdcBaseline, record.Leads[0].AdcMinimum, record.Leads[0].AdcMaximum));
        Assert.Equal(["The header states 7 samples; its segments have 8, which are read."], record.Remarks);
        Assert.Equal(["x.hea", "a.hea", "a.dat", "b.hea", "b.dat"], record.Files.Select(file => Path.GetFileName(file)));
        // A window across all of it.
        var window = new int[5];
        record.Leads[0].ReadAdcUnits(1, window);
        Assert.Equal([2, Missing, Missing, Missing, 5], window);
    }

    [Fact]
    public void A_variable_layout_finds_its_leads_by_name()
    {
        using var folder = Segments("x/5 3 100 5\nlayout 0\na 2\nswapped 1\n~ 1\nother 1\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(["V", "II", "ABP", "aVR"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([-1, -2, 7, Missing, Missing], record.Leads[0].ToAdcUnits());
        Assert.Equal([1, 2, 8, Missing, Missing], record.Leads[1].ToAdcUnits());
        Assert.Equal([Missing, Missing, Missing, Missing, Missing], record.Leads[2].ToAdcUnits());
        Assert.Equal([Missing, Missing, Missing, Missing, 9], record.Leads[3].ToAdcUnits());
        Assert.Equal([new MissingSpan(new SampleSpan(3, 5), MissingCause.NullSegment)], record.Leads[0].UnrecordedSpans);
        Assert.Equal([new MissingSpan(new SampleSpan(0, 5), MissingCause.NullSegment)], record.Leads[2].UnrecordedSpans);
        Assert.Equal([new MissingSpan(new SampleSpan(0, 4), MissingCause.NullSegment)], record.Leads[3].UnrecordedSpans);
        Assert.Equal("mmHg", record.Leads[2].Unit);
        Assert.Equal(["Signal aVR of segment other is not in the record's layout; it is a lead of its own."], record.Remarks);
    }

    [Fact]
    public void Whole_gains_that_differ_are_joined_exactly()
    {
        using var folder = Segments("x/3 2 100 4\nlayout 0\na 2\nlouder 2\n");
        using var record = RecordFormats.Open(folder.File("x"));
        // 100 and 150 ADC units per mV become 300; II was (u − 10) and is u + 4.
        var second = record.Leads.Single(lead => lead.Name == "II");
        Assert.Equal((300.0, 0.0, null), (second.Gain, second.AdcBaseline, second.AdcMinimum));
        Assert.Equal([-27, -24, 14, Missing], second.ToAdcUnits());
        var physical = new double[4];
        second.ReadPhysicalValues(0, physical);
        Assert.Equal([(1 - 10) / 100.0, (2 - 10) / 100.0, (3 + 4) / 150.0, double.NaN], physical);
        Assert.Equal(
            "Lead II has 2 different gains (100, 150) in its segments; its ADC units are rescaled, exactly, to a gain of 300.",
            record.Remarks[0]);
    }

    [Fact]
    public void Gains_that_no_number_joins_give_physical_values()
    {
        using var folder = Segments("x/3 2 100 4\nlayout 0\na 2\nodd 2\n");
        using var record = RecordFormats.Open(folder.File("x"));
        var second = record.Leads.Single(lead => lead.Name == "II");
        Assert.Null(second.AdcUnits);
        Assert.Equal(MissingCause.Sentinel, second.MissingMark);
        var physical = new double[4];
        second.ReadPhysicalValues(0, physical);
        Assert.Equal([(1 - 10) / 100.0, (2 - 10) / 100.0, 3 / 81.5, double.NaN], physical);
        Assert.Equal(
            "Lead II has 2 different gains (81.5, 100) in its segments, which no gain of 32 bits joins exactly; "
            + "it is given in mV, without ADC units.",
            record.Remarks[0]);
    }

    [Fact]
    public void A_signal_of_another_unit_or_frequency_is_a_lead_of_its_own()
    {
        using var folder = Segments("x/4 2 100 5\nlayout 0\na 2\nfaster 2\nmicro 1\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(["V", "II", "ABP", "II (mV, 200 Hz)", "II (uV, 100 Hz)"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([1, 2, Missing, Missing, Missing], record.Leads[1].ToAdcUnits());
        Assert.Equal([Missing, Missing, Missing, Missing, 1, 2, 3, 4, Missing, Missing], record.Leads[3].ToAdcUnits());
        Assert.Equal(200, record.Leads[3].SamplingFrequencyHz);
        Assert.Equal([Missing, Missing, Missing, Missing, 6], record.Leads[4].ToAdcUnits());
        Assert.Equal(
            "Signal II of segment faster has another unit or frequency than in the segments before; it is lead II (mV, 200 Hz).",
            record.Remarks[0]);
    }

    [Fact]
    public void Two_signals_of_one_name_are_told_apart_by_their_order()
    {
        using var folder = Segments("x/3 2 100 2\ntwins 0\ntwo 1\ntwo 1\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(["II", "II"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([[3, 3], [4, 4]], record.Leads.Select(lead => lead.ToAdcUnits()));
    }

    [Fact]
    public void A_record_of_null_segments_has_the_layouts_leads()
    {
        using var folder = Segments("x/2 2 100 5\nlayout 0\n~ 5\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(3, record.Leads.Count);
        Assert.All(record.Leads, lead => Assert.All(lead.ToAdcUnits(), sample => Assert.Equal(Missing, sample)));
        using var bare = Segments("x/1 2 100 5\n~ 5\n");
        using var nothing = RecordFormats.Open(bare.File("x"));
        Assert.Empty(nothing.Leads);
        Assert.Equal(["The record has null segments only, so its 2 signals have no names and are left out."], nothing.Remarks);
    }

    [Fact]
    public void What_an_absent_segment_holds_is_missing()
    {
        using var folder = Segments("x/4 2 100 6\nabsent 3\na 2\nabsent 0\nb 1\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(["II", "V"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([Missing, Missing, Missing, 1, 2, 5], record.Leads[0].ToAdcUnits());
        Assert.Equal([new MissingSpan(new SampleSpan(0, 3), MissingCause.NullSegment)], record.Leads[1].UnrecordedSpans);
        Assert.Equal(["1 file of the record's segments is absent; what is not there is missing: absent.hea."], record.Remarks);
        Assert.DoesNotContain(record.Files, file => file.Contains("absent", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_segment_with_several_files_the_present_ones_are_read()
    {
        using var folder = Segments("x/3 3 100 5\nlayout 0\na 2\nparts 2\n");
        folder.Write("parts.hea", "parts 2 100 2\nabsent.dat 80 100(10)/mV 8 0 0 0 0 II\nparts.dat 80 50/mV 8 0 6 13 0 V\n");
        folder.Write("parts.dat", [134, 135]);
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(["V", "II", "ABP"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([-1, -2, 6, 7], record.Leads[0].ToAdcUnits());
        Assert.Equal([1, 2, Missing, Missing], record.Leads[1].ToAdcUnits());
        Assert.Equal([new MissingSpan(new SampleSpan(2, 4), MissingCause.NullSegment)], record.Leads[1].UnrecordedSpans);
        Assert.Contains("1 file of the record's segments is absent; what is not there is missing: absent.dat.", record.Remarks);
    }

    [Fact]
    public void Without_its_layout_a_record_has_the_segments_leads()
    {
        using var folder = Segments("x/3 3 100 3\nnolayout 0\na 2\nswapped 1\n");
        using var record = RecordFormats.Open(folder.File("x"));
        Assert.Equal(["II", "V"], record.Leads.Select(lead => lead.Name));
        Assert.Equal([1, 2, 8], record.Leads[0].ToAdcUnits());
        Assert.Contains("1 file of the record's segments is absent; what is not there is missing: nolayout.hea.", record.Remarks);
    }

    [Fact]
    public void Without_the_files_of_any_segment_a_record_is_refused()
    {
        using var folder = Segments("x/4 3 100 8\nlayout 0\nlost 3\n~ 2\ngone 3\n");
        folder.Write("lost.hea", "lost 1 100 3\nlost.dat 80 100/mV 8 0 0 0 0 II\n");
        Assert.Equal(
            $"Input {folder.File("gone.hea")} does not exist, nor do the files of any other segment of record x.",
            Assert.Throws<FileNotFoundException>(() => RecordFormats.Open(folder.File("x"))).Message);
    }

    [Theory]
    [InlineData("x/1 2 100 5\nabsent 5\n", "Input {0}absent.hea does not exist, nor do the files of any other segment of record x.")]
    [InlineData("x/1 2 100 5\na 5\n", "{0}a.hea has 2 samples; header x expects 5.")]
    [InlineData("x/1 2 250 2\na 2\n", "{0}a.hea has 100 Hz; header x expects 250 Hz.")]
    [InlineData("x/1 3 100 2\na 2\n", "{0}a.hea has 2 signals; header x expects 3.")]
    [InlineData("x/1 2 100 2\nx 2\n", "{0}x.hea has segments itself; expected a segment of header x to have signals.")]
    [InlineData(
        "x/2 2 100 2\na 0\na 2\n", "{0}a.hea is no layout, although its segment has no samples; expected signal files '~' and format 0.")]
    [InlineData(
        "x/2 2 100 2\nx 0\na 2\n", "{0}x.hea is no layout, although its segment has no samples; expected signal files '~' and format 0.")]
    [InlineData("x/1 2 100 2\n~ 99999999999\n", "{0}x.hea: ~ claims 99999999999 frames of 1 samples; expected at most 4294967296 samples.")]
    [InlineData(
        "x/3 2 100 2\nlayout 0\n~ 4294967296\n~ 1\n",
        "{0}x.hea: V claims 4294967297 frames of 1 samples; expected at most 4294967296 samples.")]
    [InlineData(
        "x/1 1 100 2\nshort 2\n",
        "{0}a.dat has 4 bytes of samples; header short expects 2 frames of 3 samples in format 80. Is it truncated?")]
    public void Names_what_is_wrong_in_one_line(string header, string message)
    {
        using var folder = Segments(header);
        var error = Xunit.Record.Exception(() => RecordFormats.Open(folder.File("x")));
        Assert.True(error is InvalidDataException or FileNotFoundException);
        Assert.Equal(message.Replace("{0}", folder.File("") + Path.DirectorySeparatorChar, StringComparison.Ordinal), error.Message);
    }

    private static TemporaryFolder Segments(string master)
    {
        var folder = new TemporaryFolder();
        folder.Write("x.hea", master);
        Write("a", 2, "80 100(10)/mV 8 0 1 3 0 II", "80 50/mV 8 0 -1 -3 0 V", [129, 127, 130, 126]);
        Write("b", 1, "80 100(10)/mV 8 0 5 5 0 II", "80 50/mV 8 0 -5 -5 0 V", [133, 123]);
        Write("swapped", 1, "80 50/mV 8 0 7 7 0 V", "80 100(10)/mV 8 0 8 8 0 II", [135, 136]);
        Write("louder", 2, "80 150(-4)/mV 8 0 3 -125 0 II", "80 50/mV 8 0 1 3 0 V", [131, 129, 0, 130]);
        Write("odd", 2, "80 81.5/mV 8 0 3 -125 0 II", "80 50/mV 8 0 1 3 0 V", [131, 129, 0, 130]);
        Write("faster", 2, "80x2 100(10)/mV 8 0 1 10 0 II", "80 50/mV 8 0 1 3 0 V", [129, 130, 129, 131, 132, 130]);
        Write("micro", 1, "80 100(10)/uV 8 0 6 6 0 II", "80 50/mV 8 0 1 1 0 V", [134, 129]);
        Write("two", 1, "80 100(10)/mV 8 0 3 3 0 II", "80 100(10)/mV 8 0 4 4 0 II", [131, 132]);
        folder.Write("other.dat", [137]);
        folder.Write("other.hea", "other 1 100 1\nother.dat 80 100/mV 8 0 9 9 0 aVR\n");
        folder.Write("short.hea", "short 1 100\na.dat 80x3\n");
        folder.Write("layout.hea", "layout 3 100 0\n~ 0 50/mV 11 0 0 0 0 V\n~ 0 100/mV 11 0 0 0 0 II\n~ 0 1/mmHg 11 0 0 0 0 ABP\n");
        folder.Write("twins.hea", "twins 2 100 0\n~ 0 50/mV 11 0 0 0 0 II\n~ 0 50/mV 11 0 0 0 0 II\n");
        return folder;

        void Write(string name, int frames, string first, string second, byte[] bytes)
        {
            folder.Write($"{name}.dat", bytes);
            folder.Write($"{name}.hea", $"{name} 2 100 {frames}\n{name}.dat {first}\n{name}.dat {second}\n");
        }
    }
}
