using EcgRecovery.Formats.Arrays;

namespace EcgRecovery.Tests.Formats.Arrays;

public class ArrayFactsTests
{
    [Theory]
    [InlineData("fs")]
    [InlineData("Fs")]
    [InlineData("freq")]
    [InlineData("frequency")]
    [InlineData("srate")]
    [InlineData("sfreq")]
    [InlineData("sampling_rate")]
    [InlineData("sampling rate")]
    [InlineData("sampling_freq")]
    [InlineData("samplingFrequency")]
    [InlineData("SampleRate_Hz")]
    public void Names_of_the_frequency_are_known(string name)
    {
        var contents = ArrayBytes.Contents(ArrayBytes.Doubles(name, [1, 1], 257));
        Assert.Equal((257, name), new ArrayFacts(contents, ["ecg", ""]).Frequency());
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-250)]
    [InlineData(2e6)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_that_are_no_frequency_are_not_taken(double number) =>
        Assert.Null(new ArrayFacts(ArrayBytes.Contents(ArrayBytes.Doubles("fs", [1], number)), [""]).Frequency());

    [Fact]
    public void The_nearest_frequency_counts()
    {
        var contents = ArrayBytes.Contents(
            ArrayBytes.Doubles("fs", [], 100), ArrayBytes.Doubles("other.fs", [], 200), ArrayBytes.Doubles("a.fs", [], 300));
        Assert.Equal((300, "a.fs"), new ArrayFacts(contents, [.. contents.Scopes("a.b.data")]).Frequency());
    }

    [Fact]
    public void Names_and_units_must_be_one_for_each_lead_or_a_unit_for_all()
    {
        var contents = ArrayBytes.Contents();
        contents.Add(new ArrayText("", "sig_name", ["II", "V5"]));
        contents.Add(new ArrayText("", "units", ["mV"]));
        var facts = new ArrayFacts(contents, [""]);

        Assert.Equal(["II", "V5"], facts.Names(2));
        Assert.Null(facts.Names(3));
        Assert.Equal(["mV", "mV", "mV"], facts.Units(3));
    }

    [Fact]
    public void Equal_names_are_none()
    {
        var contents = ArrayBytes.Contents();
        contents.Add(new ArrayText("", "labels", ["ECG", "ECG"]));
        Assert.Null(new ArrayFacts(contents, [""]).Names(2));
    }
}
