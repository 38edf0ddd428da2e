using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Wfdb;

/// <summary>Headers as public databases write them, each with samples of our own: 1, 2, −3 of every lead, in format 16.</summary>
public sealed class WfdbDatabaseHeadersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CinC_2017()
    {
        Mat("A00001", 1);
        folder.Write("A00001.hea", "A00001 1 300 3 05:05:15 1/05/2000 \nA00001.mat 16+24 1000/mV 16 0 1 0 0 ECG \n");
        using var record = RecordFormats.Open(folder.File("A00001.mat"));
        Assert.Equal((new TimeOnly(5, 5, 15), new DateOnly(2000, 5, 1)), (record.StartTime, record.StartDate));
        AssertLeads(record, 300, 1000, "mV", "ECG");
    }

    [Theory]
    [InlineData("mV")]
    [InlineData("mv")]
    public void CinC_2020_and_2021(string unit)
    {
        Mat("A0001", 2);
        folder.Write(
            "A0001.hea",
            "A0001 2 500 3 12-May-2020 12:33:59\r\n"
            + $"A0001.mat 16x1+24 1000.0(0)/{unit} 16 0 1 0 0 I\r\nA0001.mat 16x1+24 1000.0(0)/{unit} 16 0 1 0 0 II\r\n"
            + "#Age: 74\r\n#Sex: Male\r\n#Dx: 59118001\r\n# Rx: Unknown\r\n\r\n\r\n");
        using var record = RecordFormats.Open(folder.File("A0001"));
        Assert.Equal((new TimeOnly(12, 33, 59), new DateOnly(2020, 5, 12)), (record.StartTime, record.StartDate));
        Assert.Equal(["Age: 74", "Sex: Male", "Dx: 59118001", "Rx: Unknown"], record.Comments);
        AssertLeads(record, 500, 1000, unit, "I", "II");
    }

    [Fact]
    public void The_PTB_XL_part_of_CinC_2021()
    {
        Mat("HR00001", 1);
        folder.Write(
            "HR00001.hea",
            "HR00001 1 500 3\nHR00001.mat 16+24 1000.0(0)/mv 16 0 1 0 0 I\n#Age: 56\n#Sex: Female\n#Dx: 251146004,426783006\n");
        using var record = RecordFormats.Open(folder.File("HR00001.hea"));
        AssertLeads(record, 500, 1000, "mv", "I");
    }

    [Fact]
    public void PTB_XL()
    {
        Dat("00001_lr", 2);
        folder.Write(
            "00001_lr.hea",
            "records100/00000/00001_lr 2 100 3\n00001_lr.dat 16 1000.0(0)/mV 16 0 1 0 0 I\n00001_lr.dat 16 1000.0(0)/mV 16 0 1 0 0 AVR\n");
        using var record = RecordFormats.Open(folder.File("00001_lr"));
        Assert.Equal("00001_lr", record.Name);
        AssertLeads(record, 100, 1000, "mV", "I", "AVR");
    }

    [Fact]
    public void CPSC_2021_with_tabs_and_without_a_start()
    {
        Dat("data_0_1", 2);
        folder.Write(
            "data_0_1.hea", "data_0_1\t2\t200\t3\t\ndata_0_1.dat\t16\t1e+03/mV\t16\t0\t1\t0\t0\tI\n"
            + "data_0_1.dat\t16\t1e+03/mV\t16\t0\t1\t0\t0\tII\n#non atrial fibrillation\n");
        using var record = RecordFormats.Open(folder.File("data_0_1"));
        Assert.Equal(["non atrial fibrillation"], record.Comments);
        AssertLeads(record, 200, 1000, "mV", "I", "II");
    }

    [Fact]
    public void Names_with_blanks_and_a_byte_order_mark()
    {
        Dat("my first record", 2);
        folder.Write(
            "my first record.hea",
            "\uFEFFmy first record 2 250 3 10:00:00\n"
            + "my first record.dat 16 200/mV 16 0 1 0 0 lead II, left arm\nmy first record.dat 16 200/mV 16 0 1 0 0 V5\n");
        using var record = RecordFormats.Open(folder.File("my first record.dat"));
        Assert.Equal(("my first record", new TimeOnly(10, 0)), (record.Name, record.StartTime));
        AssertLeads(record, 250, 200, "mV", "lead II, left arm", "V5");
    }

    private static void AssertLeads(EcgRecord record, double frequency, double gain, string unit, params string[] names)
    {
        Assert.Equal(names, record.Leads.Select(lead => lead.Name));
        Assert.Equal(frequency, record.SamplingFrequencyHz);
        Assert.Empty(record.Remarks);
        foreach (var lead in record.Leads)
        {
            Assert.Equal((unit, gain, true), (lead.Unit, lead.Gain, lead.IsCalibrated));
            Assert.Equal([(float)(1 / gain), (float)(2 / gain), (float)(-3 / gain)], lead.ToMilliVolts());
        }
    }

    private void Dat(string name, int leads) => folder.Write(name + ".dat", Samples(leads));

    // Version 4 as wfdb2mat writes it: 20 bytes, the name, the samples.
    private void Mat(string name, int leads) =>
        folder.Write(
            name + ".mat", [30, 0, 0, 0, (byte)leads, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, .. "val\0"u8, .. Samples(leads)]);

    private static byte[] Samples(int leads) =>
    [
        .. new short[] { 1, 2, -3 }.SelectMany(value => Enumerable.Repeat(BitConverter.GetBytes(value), leads)).SelectMany(bytes => bytes),
    ];
}
