using EcgRecovery.Formats.Csv;
using EcgRecovery.Gaps;
using EcgRecovery.Records;
using EcgRecovery.Tests.Beats;
using static EcgRecovery.Records.MissingCause;

namespace EcgRecovery.Tests.Gaps;

public class GapFinderTests
{
    private const int Rate = 360;

    [Fact]
    public void Clean_signal_has_no_gaps() => Assert.Empty(Assert.Single(Find(Lead(Signal()))));

    [Fact]
    public void What_the_file_says_is_missing_carries_the_files_mark()
    {
        var units = Signal();
        units.AsSpan(1000, 5).Fill(EcgLead.MissingAdcUnits);
        units[^1] = EcgLead.MissingAdcUnits;
        Assert.Equal([Span(1000, 1005, Sentinel), Span(units.Length - 1, units.Length, Sentinel)], Find(Lead(units))[0]);

        var values = Array.ConvertAll(Signal(), unit => (double)unit / 200);
        values.AsSpan(0, 3).Fill(double.NaN);
        var physical = new EcgLead { Name = "II", SamplingFrequencyHz = Rate, PhysicalValues = new MemorySamples<double>(values) };
        Assert.Equal([Span(0, 3, NotANumber)], Find(physical)[0]);

        var text = new EcgLead
        {
            Name = "II",
            SamplingFrequencyHz = Rate,
            AdcUnits = new MemorySamples<int>(units),
            MissingMark = NotANumber,
        };
        Assert.Equal(NotANumber, Find(text)[0][0].Cause);
    }

    [Fact]
    public void What_the_files_structure_leaves_out_has_its_own_cause()
    {
        var units = Signal();
        units.AsSpan(1000, 1000).Fill(EcgLead.MissingAdcUnits);
        units.AsSpan(5000, 10).Fill(EcgLead.MissingAdcUnits);
        var lead = Lead(units, leftOut: [Span(1200, 1500, NullSegment), Span(1500, 2000, TimeGap), Span(5000, 5010, TimeGap)]);
        Assert.Equal(
            [Span(1000, 1200, Sentinel), Span(1200, 1500, NullSegment), Span(1500, 2000, TimeGap), Span(5000, 5010, TimeGap)],
            Find(lead)[0]);
    }

    [Fact]
    public void What_is_left_out_is_stepped_over_however_long_it_is()
    {
        const long Count = 1_000_000_000_000;
        var units = Signal();
        units.AsSpan(100, 7).Fill(EcgLead.MissingAdcUnits);
        var ends = new Ends(units, Count);
        var middle = units.Length / 2;
        var resumed = Count - (units.Length - middle);
        EcgLead Lead(params MissingSpan[] leftOut) =>
            new() { Name = "II", SamplingFrequencyHz = Rate, AdcUnits = ends, UnrecordedSpans = leftOut };
        var lead = Lead(Span(middle, Count / 2, NullSegment), Span(Count / 2, resumed, TimeGap));
        MissingSpan[] expected = [Span(100, 107, Sentinel), .. lead.UnrecordedSpans];
        Assert.Equal(expected, Find(lead)[0]);
        // The other lead is not there for as long, and has the record's end in another window.
        var other = Lead(Span(middle, resumed + 500, TimeGap), Span(Count - 10, Count, NullSegment));
        var told = new List<double>();
        var both = GapFinder.Find([lead, other], new GapFinderOptions(), 1000, new Told(told), TestContext.Current.CancellationToken);
        Assert.Equal(expected, both[0]);
        Assert.Equal([Span(100, 107, Sentinel), .. other.UnrecordedSpans], both[1]);
        Assert.Equal(1, told[^1]);
        Assert.True(told.Count < 50);
    }

    [Fact]
    public void What_is_left_out_is_missing_even_where_there_are_samples_and_spans_overlap()
    {
        var units = Signal();
        units.AsSpan(1000, 100).Fill(EcgLead.MissingAdcUnits);
        MissingSpan[] leftOut =
        [
            Span(-5, 10, TimeGap), Span(1050, 2000, NullSegment), Span(1500, 2500, TimeGap), Span(1600, 1700, NullSegment),
            Span(3000, 3000, TimeGap), Span(units.Length - 10, units.Length + 10, TimeGap),
            Span(units.Length + 10, units.Length + 20, TimeGap),
        ];
        Assert.Equal(
            [
                Span(0, 10, TimeGap), Span(1000, 1050, Sentinel), Span(1050, 2000, NullSegment), Span(2000, 2500, TimeGap),
                Span(units.Length - 10, units.Length, TimeGap),
            ],
            Find(Lead(units, leftOut: leftOut))[0]);
    }

    [Theory]
    [InlineData(360, true)]
    [InlineData(359, false)]
    public void An_unchanged_value_is_a_flat_line_from_a_second_on(int length, bool isFound)
    {
        var units = Signal();
        Plateau(units, 3000, length, _ => units[2999] + 40);
        Assert.Equal(isFound ? [Span(3000, 3000 + length, FlatLine)] : [], Find(Lead(units))[0]);
    }

    [Fact]
    public void A_flat_line_may_flicker_between_two_values_and_drift_slowly()
    {
        var units = Signal();
        Plateau(units, 3000, 500, t => 1100 + (t % 3 == 0 ? 1 : 0));
        Plateau(units, 6000, 1200, t => 1100 + ((t - 6000) / 400));
        Plateau(units, 9000, 500, t => 1100 + (t % 3));
        Assert.Equal([Span(3000, 3500, FlatLine), Span(6000, 7200, FlatLine)], Find(Lead(units))[0]);
    }

    [Fact]
    public void A_coarse_converter_is_flat_between_two_beats_and_not_for_ten_seconds()
    {
        // Steps of 91 µV, as monitors of the nineties stored them: nothing but the QRS complex is left.
        var units = Array.ConvertAll(Signal(), unit => (int)Math.Round((unit - 1024) * 11 / 200.0));
        var lead = Lead(units, gain: 11, minimum: -128, maximum: 127);
        Assert.True(LongestRun(units) > Rate / 10);
        Assert.Empty(Find(lead, new GapFinderOptions { FlatLineSeconds = 0.1 })[0]);
        units.AsSpan(7000, 3700).Fill(1);
        Assert.Equal(FlatLine, Assert.Single(Find(lead)[0]).Cause);
        Assert.InRange(Find(lead)[0][0].Span.Length, 3700, 4000);
    }

    [Fact]
    public void The_steps_are_those_of_the_values_not_of_the_unit_in_which_they_are_written()
    {
        // The same coarse converter, its values in text: whole microvolts, or decimals that fit no int.
        var steps = Array.ConvertAll(Signal(), unit => (int)Math.Round((unit - 1024) * 11 / 200.0));
        var options = new GapFinderOptions { FlatLineSeconds = 0.1 };
        Assert.Empty(Find(Lead(Array.ConvertAll(steps, step => 91 * step), gain: 1000), options)[0]);
        var values = new MemorySamples<double>(Array.ConvertAll(steps, step => step / 11.0));
        Assert.Empty(Find(new EcgLead { Name = "II", SamplingFrequencyHz = Rate, PhysicalValues = values }, options)[0]);
    }

    [Theory]
    [InlineData(1000, 5)]
    [InlineData(1000, 4.88)]
    [InlineData(1e6, 4883)]
    public void Samples_in_text_are_as_flat_as_the_converters_own(double gain, double step)
    {
        var units = Signal();
        var random = new Random(4);
        Plateau(units, 3000, 2016, _ => 1100 + random.Next(2));
        Plateau(units, 6000, 1200, t => 1100 + ((t - 6000) / 400));
        Plateau(units, 9000, 500, t => 1100 + (t % 3));
        Plateau(units, 12_000, 500, _ => 1100 + (2 * random.Next(2)));
        MissingSpan[] expected = [Span(3000, 5016, FlatLine), Span(6000, 7200, FlatLine)];
        Assert.Equal(expected, Find(Lead(units))[0]);
        Assert.Equal(expected, Find(Lead(Array.ConvertAll(units, unit => (int)Math.Round(step * unit)), gain))[0]);
        var values = new MemorySamples<double>(Array.ConvertAll(units, unit => (unit - 1024) * step / gain));
        Assert.Equal(expected, Find(new EcgLead { Name = "II", SamplingFrequencyHz = Rate, PhysicalValues = values })[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1 << 20)]
    public void The_converters_step_may_show_only_at_the_end(int window)
    {
        var units = Array.ConvertAll(Signal(), unit => 5 * unit);
        Plateau(units, 3000, 2016, t => 5500 + (5 * (t % 2)));
        Plateau(units, 9000, 400, _ => 5500);
        Assert.Equal([Span(3000, 5016, FlatLine), Span(9000, 9400, FlatLine)], FindByWindows(Lead(units, gain: 1000), window));
        // A step of 1 says that those of 5 are not between neighbours; what stood still stands still.
        units[^1] = units[^2] + 1;
        Assert.Equal([Span(9000, 9400, FlatLine)], FindByWindows(Lead(units, gain: 1000), window));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2047)]
    public void The_end_of_the_converters_range_is_saturation_even_once(int rail)
    {
        var units = Signal();
        Plateau(units, 3000, 11, _ => rail);
        Plateau(units, 6000, 10, _ => rail);
        Assert.Equal([Span(3000, 3011, Saturation)], Find(Lead(units, minimum: 0, maximum: 2047))[0]);
        Assert.Equal(
            [Span(3000, 3011, Saturation), Span(6000, 6010, Saturation)],
            Find(Lead(units, minimum: 0, maximum: 2047), new GapFinderOptions { SaturationSeconds = 0.02 })[0]);
    }

    [Fact]
    public void Where_the_range_is_not_known_the_leads_own_end_held_twice_is_saturation()
    {
        var units = Signal();
        Plateau(units, 3000, 35, _ => 1700);
        Assert.Empty(Find(Lead(units))[0]);
        Plateau(units, 6000, 30, _ => 1700);
        Plateau(units, 9000, 30, _ => 1500);
        Assert.Equal([Span(3000, 3035, Saturation), Span(6000, 6030, Saturation)], Find(Lead(units))[0]);
    }

    [Theory]
    [InlineData(36)]
    [InlineData(169)]
    [InlineData(359)]
    public void The_leads_own_end_held_once_for_long_is_saturation(int length)
    {
        var units = Signal();
        Plateau(units, 3000, length, _ => 1700);
        Assert.Equal([Span(3000, 3000 + length, Saturation)], Find(Lead(units))[0]);
        // The same run within the range may be signal, and as long as a flat line it is one.
        Plateau(units, 3000, length, _ => 1000);
        Assert.Empty(Find(Lead(units))[0]);
        Plateau(units, 3000, 360, _ => 1700);
        Assert.Equal([Span(3000, 3360, FlatLine)], Find(Lead(units))[0]);
    }

    [Fact]
    public void A_smoothed_lead_is_clipped_only_far_from_its_mean()
    {
        var units = Smooth();
        Assert.Empty(Find(SmoothLead(units))[0]);
        var largest = units.Max() + 100;
        Plateau(units, 3000, 169, _ => largest);
        Assert.Equal([Span(3000, 3169, Saturation)], Find(SmoothLead(units))[0]);
        // Without the beats, the largest values are near the mean.
        var low = Array.ConvertAll(Smooth(), unit => Math.Min(unit, 100));
        low.AsSpan(4000, 20).Fill(-1500);
        Plateau(low, 3000, 169, _ => 140);
        Assert.Empty(Find(SmoothLead(low))[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_lead_of_one_value_from_end_to_end_is_flat_and_condemns_no_other(int value)
    {
        int[] dead = new int[9 * Rate], other = Signal()[..(9 * Rate)];
        Array.Fill(dead, value);
        foreach (var gain in new[] { 1, 200, 1000.0 })
        {
            var found = Find(Lead(dead, gain), Lead(other), Lead(dead, gain), SmoothLead(Smooth()[..(9 * Rate)]), Lead(dead, gain));
            foreach (var lead in new[] { 0, 2, 4 })
                Assert.Equal([Span(0, dead.Length, FlatLine)], found[lead]);
            Assert.Empty(found[1]);
            Assert.Empty(found[3]);
        }

        var physical = new MemorySamples<double>(Array.ConvertAll(dead, unit => unit / 200.0));
        Assert.Equal(
            [Span(0, dead.Length, FlatLine)],
            Find(new EcgLead { Name = "ECG", SamplingFrequencyHz = Rate, PhysicalValues = physical })[0]);
        Assert.Empty(Find(Lead(dead[..359]))[0]);
        Assert.Equal([Span(0, 360, FlatLine)], Find(Lead(dead[..360]))[0]);
    }

    [Fact]
    public void A_dead_lead_may_change_its_value_now_and_then_or_by_the_converters_noise()
    {
        var steps = new int[9 * Rate];
        steps.AsSpan(1000).Fill(5);
        steps.AsSpan(2000).Fill(900);
        Assert.Equal([Span(0, 1000, FlatLine), Span(1000, 2000, FlatLine), Span(2000, steps.Length, FlatLine)], Find(Lead(steps))[0]);
        var random = new Random(6);
        var noise = Array.ConvertAll(steps, _ => 1024 + random.Next(2));
        Assert.Equal([Span(0, noise.Length, FlatLine)], Find(Lead(noise))[0]);
        // In steps of 100 µV, a small signal may be all within one of them.
        Assert.Empty(Find(Lead(noise, gain: 10))[0]);
    }

    [Fact]
    public void The_flat_file_of_the_cases_is_flat()
    {
        var path = TestData.Folder("../cases/flat9.csv");
        Assert.SkipWhen(path is null, "the file flat9.csv is not here");
        using var record = RecordFormats.Open(path, new CsvReadOptions { SamplingFrequencyHz = 100 });
        Assert.Equal([Span(0, 900, FlatLine)], Find([.. record.Leads])[0]);
    }

    [Fact]
    public void A_smoothed_lead_is_flat_when_it_is_so_for_much_longer_than_it_mostly_is()
    {
        var units = Smooth();
        units.AsSpan(3000, 720).Fill(units[3000]);
        Assert.Equal(FlatLine, Assert.Single(Find(SmoothLead(units))[0]).Cause);
        units = Smooth();
        units.AsSpan(3000, 300).Fill(units[3000]);
        Assert.Empty(Find(SmoothLead(units))[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_leads_dead_at_the_start_or_the_end_are_flat_even_if_they_were_smoothed(bool isStart)
    {
        var leads = Enumerable.Range(0, 12).Select(i => Smooth(i)).ToArray();
        var expected = new List<MissingSpan>();
        for (var i = 0; i < leads.Length; i++)
        {
            // The leads' own filters end the dead start at different samples.
            var length = 140 + (3 * i);
            if (isStart)
            {
                leads[i].AsSpan(0, length).Fill(i);
                expected.Add(Span(0, length, FlatLine));
            }
            else
            {
                leads[i].AsSpan(leads[i].Length - length).Fill(i);
                expected.Add(Span(leads[i].Length - length, leads[i].Length, FlatLine));
            }
        }

        Assert.Equal(expected, Find([.. leads.Select(SmoothLead)]).Select(spans => Assert.Single(spans)));
        // One lead with a signal: the others may begin so by chance.
        leads[5] = Smooth(5);
        Assert.All(Find([.. leads.Select(SmoothLead)]), Assert.Empty);
        // One fine lead is evidence by itself.
        var fine = Signal();
        fine.AsSpan(0, 60).Fill(1000);
        fine[60] = 1100;
        Assert.Equal([Span(0, 60, FlatLine)], Find(Lead(fine), Lead(Signal(seed: 2)))[0]);
        fine[53] = 1001;
        Assert.Empty(Find(Lead(fine), Lead(Signal(seed: 2)))[0]);
    }

    [Fact]
    public void Smoothed_leads_lost_a_packet_if_all_of_them_have_the_same_run()
    {
        var leads = Enumerable.Range(0, 6).Select(i => Smooth(i)).ToArray();
        foreach (var units in leads)
            Hold(units, 3000, 140);
        Assert.All(Find([.. leads.Select(SmoothLead)]), spans => Assert.Equal([Span(3000, 3140, PacketLoss)], spans));
        leads[3] = Smooth(3);
        Assert.All(Find([.. leads.Select(SmoothLead)]), Assert.Empty);
    }

    [Fact]
    public void A_run_that_all_leads_begin_and_end_together_is_a_lost_packet()
    {
        int[] first = Signal(), second = Signal(seed: 2);
        Hold(first, 3000, 45);
        Hold(second, 3000, 45);
        first.AsSpan(6000, 60).Clear();
        second.AsSpan(6000, 60).Clear();
        Hold(first, 9000, 45);
        Assert.All(
            Find(Lead(first), Lead(second)), spans => Assert.Equal([Span(3000, 3045, PacketLoss), Span(6000, 6060, PacketLoss)], spans));
    }

    [Fact]
    public void A_lead_that_is_off_does_not_hide_what_the_others_lost()
    {
        int[] first = Signal(), second = Signal(seed: 2), off = new int[first.Length], missing = Signal(seed: 3);
        Hold(first, 3000, 45);
        Hold(second, 3000, 45);
        Array.Fill(off, 1024);
        missing.AsSpan(2000, 5000).Fill(EcgLead.MissingAdcUnits);
        var found = Find(Lead(first), Lead(second), Lead(off), Lead(missing));
        Assert.Equal([Span(3000, 3045, PacketLoss)], found[0]);
        Assert.Equal([Span(3000, 3045, PacketLoss)], found[1]);
        Assert.Equal([Span(0, off.Length, FlatLine)], found[2]);
        Assert.Equal([Span(2000, 7000, Sentinel)], found[3]);
    }

    [Fact]
    public void Packets_of_one_lead_are_known_by_their_length_and_grid()
    {
        var units = Signal();
        int[] starts = [17 + (20 * 45), 17 + (70 * 45), 17 + (150 * 45), 17 + (300 * 45)];
        foreach (var start in starts)
            Hold(units, start, start == starts[1] ? 90 : 45);
        Assert.Equal(
            [.. starts.Select(start => Span(start, start + (start == starts[1] ? 90 : 45), PacketLoss))], Find(Lead(units))[0]);

        var three = Signal();
        foreach (var start in starts[..3])
            Hold(three, start, 45);
        Assert.Empty(Find(Lead(three))[0]);

        var scattered = Signal();
        foreach (var start in new[] { 1000, 3009, 5020, 8031, 10_011 })
            Hold(scattered, start, 45);
        Assert.Empty(Find(Lead(scattered))[0]);
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(90, 1)]
    [InlineData(90, 3)]
    [InlineData(700, 1)]
    public void A_packet_shown_again_is_lost_even_once(int length, int times)
    {
        var units = Signal();
        for (var t = 5000; t < 5000 + (times * length); t++)
            units[t] = units[t - length];
        // The sample beside it must not go on by chance.
        units[5000 + (times * length)] = units[5000] + 25;
        units[4999 - length] = units[4999] + 25;
        Assert.Equal([Span(5000, 5000 + (times * length), PacketLoss)], Find(Lead(units))[0]);
    }

    [Fact]
    public void A_generators_signal_repeats_itself_and_loses_nothing()
    {
        var period = Signal()[..300];
        Assert.Empty(Find(Lead([.. Enumerable.Range(0, 20_000).Select(t => period[t % period.Length])]))[0]);
    }

    [Fact]
    public void Every_cause_can_be_left_out()
    {
        int[] first = Signal(), second = Signal(seed: 2);
        Plateau(first, 1000, 20, _ => 0);
        Plateau(first, 4000, 500, _ => 1100);
        first.AsSpan(7000, 9).Fill(EcgLead.MissingAdcUnits);
        Hold(first, 9000, 45);
        Hold(second, 9000, 45);
        EcgLead[] leads = [Lead(first, minimum: 0, maximum: 2047, leftOut: [Span(7000, 7004, TimeGap)]), Lead(second)];
        MissingCause[] expected = [Saturation, FlatLine, TimeGap, Sentinel, PacketLoss];
        Assert.Equal(
            expected, GapFinder.Find(leads, cancellationToken: TestContext.Current.CancellationToken)[0].Select(span => span.Cause));
        foreach (var left in expected)
        {
            var options = new GapFinderOptions { Causes = [.. Enum.GetValues<MissingCause>().Where(cause => cause != left)] };
            Assert.Equal(
                expected.Where(cause => cause != left),
                GapFinder.Find(leads, options, cancellationToken: TestContext.Current.CancellationToken)[0].Select(span => span.Cause));
        }
    }

    [Fact]
    public void A_lost_packet_of_many_seconds_is_no_flat_line_and_a_rail_of_many_seconds_neither()
    {
        int[] first = Signal(), second = Signal(seed: 2);
        Hold(first, 3000, 1000);
        Hold(second, 3000, 1000);
        Plateau(first, 9000, 1000, _ => 2047);
        Assert.Equal(
            [Span(3000, 4000, PacketLoss), Span(9000, 10_000, Saturation)], Find(Lead(first, minimum: 0, maximum: 2047), Lead(second))[0]);
    }

    [Fact]
    public void What_is_no_voltage_is_judged_only_when_asked()
    {
        var lead = Lead(new int[5000], unit: "degC");
        Assert.Empty(Find(lead)[0]);
        Assert.Equal([Span(0, 5000, FlatLine)], Find(lead, new GapFinderOptions { JudgeAnyUnit = true })[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(4099)]
    public void Windows_do_not_change_the_result(int window)
    {
        int[] first = Signal(), second = Signal(seed: 2);
        var random = new Random(5);
        for (var start = 360; start < first.Length - 1000; start += 36 * random.Next(5, 30))
        {
            switch (random.Next(4))
            {
                case 0:
                    Hold(first, start, 36);
                    Hold(second, start, 36);
                    break;
                case 1:
                    first.AsSpan(start, 72).Clear();
                    break;
                case 2:
                    first.AsSpan(start - 36, 36).CopyTo(first.AsSpan(start));
                    break;
                default:
                    second.AsSpan(start, random.Next(1, 400)).Fill(random.Next(2) == 0 ? EcgLead.MissingAdcUnits : 1200);
                    break;
            }
        }

        EcgLead[] leads = [Lead(first, minimum: 0, maximum: 2047), Lead(second), Slow()];
        var whole = GapFinder.Find(leads, new GapFinderOptions(), 1 << 20, progress: null, TestContext.Current.CancellationToken);
        Assert.True(whole[0].Count > 20);
        Assert.Equal(whole, GapFinder.Find(leads, new GapFinderOptions(), window, progress: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Leads_of_different_frequency_and_length_are_gone_through_to_their_ends()
    {
        var slow = Slow();
        var found = GapFinder.Find(
            [Lead(Signal()), slow], new GapFinderOptions { JudgeAnyUnit = true }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(found[0]);
        Assert.Equal([Span(40, 80, FlatLine)], found[1]);
        Assert.Empty(Find(Lead([]))[0]);
        Assert.Empty(GapFinder.Find([], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_frequency_that_no_recorder_has_takes_no_memory()
    {
        foreach (var frequency in new[] { 1e-300, 1e300 })
            Assert.Empty(
                Find(new EcgLead { Name = "II", SamplingFrequencyHz = frequency, AdcUnits = new MemorySamples<int>(Signal()) })[0]);
    }

    [Fact]
    public void Progress_is_told_and_cancelling_ends_it()
    {
        var told = new List<double>();
        GapFinder.Find([Lead(Signal())], new GapFinderOptions(), 5000, new Told(told), TestContext.Current.CancellationToken);
        Assert.Equal(1, told[^1]);
        Assert.True(told.Count >= 4);
        Assert.Throws<OperationCanceledException>(() => GapFinder.Find([Lead(Signal())], cancellationToken: new CancellationToken(true)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_threshold_that_is_none_is_refused(double seconds) => Assert.Contains(
        $"FlatLineSeconds is {seconds}",
        Assert.Throws<ArgumentOutOfRangeException>(() => Find(Lead(Signal()), new GapFinderOptions { FlatLineSeconds = seconds })).Message);

    // A minute of beats with noise of ±2 steps of 5 µV.
    private static int[] Signal(int seed = 1)
    {
        var random = new Random(seed);
        var lead = new SyntheticLead(Rate, 60, SyntheticLead.IrregularBeats(60));
        return Array.ConvertAll(lead.MilliVolts, value => 1024 + (int)Math.Round(200 * value) + random.Next(-2, 3));
    }

    // QRS complexes on a slow wave without noise, in steps of 1 µV: the lead holds a value wherever it changes slowly.
    private static int[] Smooth(int number = 0) =>
    [
        .. Enumerable.Range(0, 60 * Rate).Select(t => (int)Math.Round(
            (((1000 + (20 * number)) * Math.Exp(-Math.Pow(((double)t / Rate % 0.8) - 0.4, 2) / 0.0003)))
            + (120 * Math.Sin((2 * Math.PI * 1.1 * t / Rate) + number)))),
    ];

    // A lead that the finder takes for a smoothed one.
    private static EcgLead SmoothLead(int[] units) => Lead(units, gain: 1000);

    private static EcgLead Lead(
        int[] units, double gain = 200, int? minimum = null, int? maximum = null, string unit = "mV",
        IReadOnlyList<MissingSpan>? leftOut = null) => new()
        {
            Name = "II",
            Unit = unit,
            Gain = gain,
            AdcBaseline = 1024,
            AdcMinimum = minimum,
            AdcMaximum = maximum,
            SamplingFrequencyHz = Rate,
            AdcUnits = new MemorySamples<int>(units),
            UnrecordedSpans = leftOut ?? [],
        };

    // Ten samples a second; it goes up, ever faster, but for four seconds.
    private static EcgLead Slow()
    {
        var values = new double[600];
        for (var t = 0; t < values.Length; t++)
            values[t] = t is >= 40 and < 80 ? 1600 : t * t;
        return new EcgLead { Name = "T", Unit = "degC", SamplingFrequencyHz = 10, PhysicalValues = new MemorySamples<double>(values) };
    }

    private static void Plateau(int[] units, int start, int length, Func<int, int> value)
    {
        for (var t = start; t < start + length; t++)
            units[t] = value(t);
        // The signal beside a plateau must not go on with its value by chance.
        units[start - 1] = value(start) == 0 ? 30 : value(start) - 30;
        units[start + length] = value(start + length - 1) == 0 ? 30 : value(start + length - 1) - 30;
    }

    private static void Hold(int[] units, int start, int length)
    {
        units.AsSpan(start, length).Fill(units[start - 1]);
        units[start - 2] = units[start - 1] + 30;
        units[start + length] = units[start - 1] + 30;
    }

    private static int LongestRun(int[] units)
    {
        int longest = 0, start = 0;
        for (var t = 1; t < units.Length; t++)
        {
            if (units[t] != units[start])
                start = t;
            longest = Math.Max(longest, t - start + 1);
        }

        return longest;
    }

    private static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(params EcgLead[] leads) =>
        GapFinder.Find(leads, cancellationToken: TestContext.Current.CancellationToken);

    private static IReadOnlyList<IReadOnlyList<MissingSpan>> Find(EcgLead lead, GapFinderOptions options) =>
        GapFinder.Find([lead], options, cancellationToken: TestContext.Current.CancellationToken);

    private static IReadOnlyList<MissingSpan> FindByWindows(EcgLead lead, int window) =>
        GapFinder.Find([lead], new GapFinderOptions(), window, progress: null, TestContext.Current.CancellationToken)[0];

    private static MissingSpan Span(long start, long end, MissingCause cause) => new(new SampleSpan(start, end), cause);

    // A long recording of which only the beginning and the end are there.
    private sealed class Ends(int[] units, long count) : ISamples<int>
    {
        public long Count => count;

        public void Read(long start, Span<int> destination)
        {
            SampleWindow.Check(start, destination.Length, count);
            var middle = units.Length / 2;
            var resumed = count - (units.Length - middle);
            if (start + destination.Length > middle && start < resumed)
            {
                throw new InvalidOperationException(
                    $"Samples {start}..{start + destination.Length} were read; there are none in {middle}..{resumed}.");
            }

            var from = (int)(start < middle ? start : start - resumed + middle);
            units.AsSpan(from, destination.Length).CopyTo(destination);
        }
    }

    private sealed class Told(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
