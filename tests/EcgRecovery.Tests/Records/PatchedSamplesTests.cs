using EcgRecovery.Records;

namespace EcgRecovery.Tests.Records;

public class PatchedSamplesTests
{
    private static readonly PatchedSamples<int> s_samples = new(
        new MemorySamples<int>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        [
            new SamplePatch<int>(new SampleSpan(0, 1), null, -1),
            new SamplePatch<int>(new SampleSpan(3, 6), [30, 40, 50]),
            new SamplePatch<int>(new SampleSpan(6, 7), null, -1),
            new SamplePatch<int>(new SampleSpan(9, 10), [90]),
        ]);

    private static readonly int[] s_expected = [-1, 1, 2, 30, 40, 50, -1, 7, 8, 90];

    [Fact]
    public void Every_window_has_the_samples_of_the_whole()
    {
        for (var start = 0; start <= s_expected.Length; start++)
        {
            for (var end = start; end <= s_expected.Length; end++)
            {
                var window = new int[end - start];
                s_samples.Read(start, window);
                Assert.Equal(s_expected[start..end], window);
            }
        }
    }

    [Fact]
    public void A_window_outside_the_samples_is_refused()
    {
        Assert.Equal(10, s_samples.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_samples.Read(9, new int[2]));
    }
}
