using EcgRecovery.Recovery.Records.Intervals;

namespace EcgRecovery.Tests.Recovery.Records.Intervals;

public class BeatPlacesTests
{
    // 100 Hz: QRS are 6 samples before and after a peak, the T wave ends 40 samples after it.
    [Fact]
    public void Places_follow_from_the_distance_to_the_r_peaks()
    {
        var places = BeatPlaces.Of(start: 1_000, length: 100, peaks: [970, 1_050], samplingFrequencyHz: 100);
        Assert.All(Enumerable.Range(0, 100), t => Assert.Equal(
            t is >= 44 and <= 56 ? BeatPlace.Qrs : t is <= 10 or (> 56 and <= 90) ? BeatPlace.AfterQrs : BeatPlace.Rest, places[t]));
    }

    [Fact]
    public void Without_r_peaks_all_is_rest() =>
        Assert.All(BeatPlaces.Of(0, 10, [], 360), place => Assert.Equal(BeatPlace.Rest, place));
}
