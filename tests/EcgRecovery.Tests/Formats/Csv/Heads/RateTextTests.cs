using EcgRecovery.Formats.Csv.Heads;

namespace EcgRecovery.Tests.Formats.Csv.Heads;

public class RateTextTests
{
    [Theory]
    [InlineData("Sample Rate,512 hertz", 512)]
    [InlineData("Sample Rate: 1,000 Hz", 1000)]
    [InlineData("Sampling rate = 1 000 Hz", 1000)]
    [InlineData("Sampling rate: 1e3", 1000)]
    [InlineData("Samplerate: 2.5e2", 250)]
    [InlineData("Sampling rate: 2 ms", 500)]
    [InlineData("Sample rate;\"1.000,00 Hz\"", 1000)]
    [InlineData("Sample Rate,\"1.000,5 hertz\"", 1000.5)]
    [InlineData("Sample Rate,513.012 hertz", 513.012)]
    [InlineData("Sample rate: 1 kHz", 1000)]
    [InlineData("# Sampling Rate (Hz):= 1000.00", 1000)]
    [InlineData("Sampling rate (kHz): 0.5", 500)]
    [InlineData("Sampling period (ms): 4", 250)]
    [InlineData("Sampling interval: 0.004", 250)]
    [InlineData("sampling_rate_hz: 250", 250)]
    [InlineData("Abtastrate: 500 Hz", 500)]
    [InlineData("fs=128", 128)]
    [InlineData("frequency;300", 300)]
    public void A_rate_is_read_as_people_write_it(string line, double expected) => Assert.Equal(expected, RateText.OfLine(line)!.Value, 9);

    [Theory]
    [InlineData("Sampling rate after filter: 100 Hz")]
    [InlineData("Notch filter at sampling: 50 Hz")]
    [InlineData("heart rate: 72")]
    [InlineData("offset: 12")]
    [InlineData("0.004,0.5")]
    public void Another_number_is_none(string line) => Assert.Null(RateText.OfLine(line));
}
