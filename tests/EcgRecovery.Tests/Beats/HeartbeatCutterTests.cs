using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Beats;

public class HeartbeatCutterTests
{
    private const int N = 1;
    private const int V = 5;
    private const int Rhythm = 28;

    [Fact]
    public void Cuts_from_a_beat_to_a_fifth_of_the_interval_after_the_next_annotation()
    {
        // A ramp of 100 samples: 40 is the last annotation, 100 the end.
        var signal = Enumerable.Range(0, 100).ToArray();
        var rows = HeartbeatCutter.Cut(signal, "7", [new(3, Rhythm), new(10, N), new(21, V), new(40, N)]);

        Assert.Equal([new HeartbeatSource("7", 10, "N"), new HeartbeatSource("7", 21, "V")], rows.Sources);
        Assert.Equal([AamiClass.N, AamiClass.V], rows.Classes);
        // 10, 13, 16, 19, 22 before 21 + ⌊0.2·19⌋ = 24, scaled by its own range.
        Assert.Equal([0f, 0.25f, 0.5f, 0.75f, 1f, 0f], rows[0][..6].ToArray());
        // 21, 24, …, 51 before 40 + ⌊0.2·60⌋ = 52, so 11 samples; the record's last annotation is not cut.
        Assert.Equal(Enumerable.Range(0, 187).Select(i => i <= 10 ? i * 3 / 30f : 0f), rows[1].ToArray());
    }

    [Fact]
    public void Scales_over_the_whole_stretch_before_it_cuts_at_187()
    {
        var signal = Enumerable.Range(0, 1000).ToArray();
        var rows = HeartbeatCutter.Cut(signal, "7", [new(0, N), new(900, N), new(999, N)]);
        // Before 900 + ⌊0.2·99⌋ = 919, the last sample is 918, beyond the 187th (558).
        Assert.Equal(558f / 918f, rows[0][186]);
    }

    [Fact]
    public void Makes_zeros_of_a_constant_stretch() =>
        Assert.Equal(new float[187], HeartbeatCutter.Cut(new int[100], "7", [new(10, N), new(50, N)])[0].ToArray());

    [Fact]
    public void Gives_no_row_where_there_are_too_few_annotations()
    {
        Assert.Equal(0, HeartbeatCutter.Cut(new int[100], "7", []).Count);
        Assert.Equal(0, HeartbeatCutter.Cut(new int[100], "7", [new(10, N)]).Count);
    }

    [Fact]
    public void Refuses_a_record_of_another_sampling_frequency()
    {
        var lead = new EcgLead { Name = "II", SamplingFrequencyHz = 250, AdcUnits = new MemorySamples<int>(new int[100]) };
        var record = new EcgRecord { Name = "7", SamplingFrequencyHz = 250, Leads = [lead] };
        var error = Assert.Throws<InvalidDataException>(() => HeartbeatCutter.Cut(record, [new(10, N), new(50, N)]));
        Assert.StartsWith("Record 7 is sampled at 250 Hz; expected 360 Hz", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, 10)]
    [InlineData(10, 100)]
    public void Refuses_annotations_out_of_order_or_beyond_the_signal(int first, int second) =>
        Assert.Equal(
            $"Record 7: annotation 1 at sample {second} is out of order or beyond the 100 samples.",
            Assert.Throws<InvalidDataException>(() => HeartbeatCutter.Cut(new int[100], "7", [new(first, N), new(second, N)])).Message);
}
