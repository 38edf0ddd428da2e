using EcgRecovery.Evaluation.Records.Noise;

namespace EcgRecovery.Evaluation.Tests.Records.Noise;

public class SignalToNoiseTests
{
    // A sine of peak-to-peak amplitude a has the power a²/8; noise of the same root mean square is at 0 dB.
    [Fact]
    public void The_gain_gives_the_ratio_of_powers()
    {
        Assert.Equal(1, SignalToNoise.Gain(Math.Sqrt(8) * 0.3, 0.3, 0), 1e-12);
        var gain = SignalToNoise.Gain(1.6, 0.2, 12);
        Assert.Equal(12, 10 * Math.Log10(1.6 * 1.6 / 8 / Math.Pow(gain * 0.2, 2)), 1e-9);
    }

    // 50 ms at 360 Hz are 18 samples: a deflection of 19 before the peak does not count.
    [Fact]
    public void The_amplitude_is_from_peak_to_peak_within_50_ms()
    {
        var lead = new float[400];
        (lead[100], lead[118], lead[81]) = (1, -0.5f, -3);
        Assert.Equal(1.5, SignalToNoise.QrsAmplitude(lead, 360, [100]), 1e-7);
    }

    // Forty beats of 1 mV to 40 mV without the lowest and the highest two: 3 to 38, whose mean is 20.5.
    [Fact]
    public void The_lowest_and_the_highest_5_percent_are_left_out()
    {
        var lead = new float[40 * 360];
        int[] peaks = [.. Enumerable.Range(0, 40).Select(beat => 100 + (360 * beat))];
        for (var beat = 0; beat < 40; beat++)
            lead[peaks[beat]] = beat + 1;
        lead[peaks[39]] = 1000;
        Assert.Equal(20.5, SignalToNoise.QrsAmplitude(lead, 360, peaks), 1e-6);
    }

    [Fact]
    public void A_QRS_complex_that_is_not_observed_as_a_whole_does_not_count()
    {
        var lead = new float[1000];
        (lead[5], lead[300], lead[600], lead[990], lead[610]) = (9, 2, 9, 9, float.NaN);
        Assert.Equal(2, SignalToNoise.QrsAmplitude(lead, 360, [5, 300, 600, 990]), 1e-7);
        Assert.True(double.IsNaN(SignalToNoise.QrsAmplitude(lead, 360, [5, 600, 990])));
        Assert.True(double.IsNaN(SignalToNoise.QrsAmplitude(lead, 360, [])));
    }

    // Seconds of ± 1 about 0, 10, 20 …: a root mean square of 1 each. The last, of half a second, does not count.
    [Fact]
    public void The_noise_of_a_second_is_about_its_own_mean()
    {
        double[] noise = [.. Enumerable.Range(0, 1050).Select(t => (10 * (t / 100)) + (t % 2 == 0 ? 1.0 : -1) + (t >= 1000 ? t : 0))];
        Assert.Equal(1, SignalToNoise.NoiseLevel(noise, 100), 1e-12);
        Assert.True(double.IsNaN(SignalToNoise.NoiseLevel(noise[..50], 100)));
    }
}
