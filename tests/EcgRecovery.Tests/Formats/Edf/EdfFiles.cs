using System.Text;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Edf;

/// <summary>Small EDF files and recordings for tests.</summary>
internal static class EdfFiles
{
    /// <summary>A plain EDF file of one lead, 4 samples a second; fields can be overwritten.</summary>
    public static byte[] Plain(short[] samples, params (int Offset, string Text)[] changes)
    {
        var header = new StringBuilder();
        void Add(string text, int length) => header.Append(text.PadRight(length)[..length]);
        Add("0", 8);
        Add("", 160);
        Add("02.03.0404.05.06512", 24);
        Add("", 44);
        Add((samples.Length / 4).ToString(), 8);
        Add("1", 8);
        Add("1", 4);
        Add("II", 16);
        Add("", 80);
        Add("mV", 8);
        Add("-10", 8);
        Add("10", 8);
        Add("-2000", 8);
        Add("2000", 8);
        Add("", 80);
        Add("4", 8);
        Add("", 32);
        var bytes = new List<byte>(Encoding.Latin1.GetBytes(header.ToString()));
        foreach (var sample in samples)
            bytes.AddRange([(byte)sample, (byte)(sample >> 8)]);
        var file = bytes.ToArray();
        foreach (var (offset, text) in changes)
            Encoding.Latin1.GetBytes(text).CopyTo(file, offset);
        return file;
    }

    /// <summary>A recording in memory.</summary>
    public static EcgRecord Record(double frequency, params (string Name, int[] Samples)[] leads) => new()
    {
        Name = "r",
        SamplingFrequencyHz = frequency,
        Leads =
        [
            .. leads.Select(
                lead => new EcgLead { Name = lead.Name, SamplingFrequencyHz = frequency, AdcUnits = new MemorySamples<int>(lead.Samples) })
        ],
    };

    /// <summary>Everything that EDF holds is the same; samples, gains and baselines to the bit.</summary>
    public static void AssertSame(EcgRecord expected, EcgRecord actual)
    {
        Assert.Equal(expected.SamplingFrequencyHz, actual.SamplingFrequencyHz);
        Assert.Equal((expected.StartDate, expected.StartTime), (actual.StartDate, actual.StartTime));
        Assert.Equal(expected.Comments, actual.Comments);
        Assert.Equal(expected.Annotations, actual.Annotations);
        Assert.Equal(expected.Provenance, actual.Provenance);
        Assert.Equal(expected.Leads.Count, actual.Leads.Count);
        for (var i = 0; i < expected.Leads.Count; i++)
        {
            var (one, two) = (expected.Leads[i], actual.Leads[i]);
            // A unit is written in ASCII.
            Assert.Equal(
                (one.Name, one.Unit.Replace("°", "deg", StringComparison.Ordinal), one.Gain, one.AdcBaseline),
                (two.Name, two.Unit, two.Gain, two.AdcBaseline));
            Assert.Equal(
                (one.Transducer, one.Prefiltering, one.SamplingFrequencyHz), (two.Transducer, two.Prefiltering, two.SamplingFrequencyHz));
            Assert.Equal(one.ToAdcUnits(), two.ToAdcUnits());
        }
    }
}
