using EcgRecovery.Cli.Hosting;
using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Records.Training;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Tests.Hosting;

public class ProgressTests
{
    [Theory]
    [InlineData(null, 80)]
    [InlineData("", 80)]
    [InlineData("0", 80)]
    [InlineData("-5", 80)]
    [InlineData("wide", 80)]
    [InlineData("132", 132)]
    public void Tables_are_as_wide_as_COLUMNS(string? variable, int expected) =>
        Assert.Equal(expected, Terminal.TableColumnsOf(variable, 80));

    [Theory]
    [InlineData(false, null, "xterm-256color", true)]
    [InlineData(false, "", "xterm", true)]
    [InlineData(true, null, "xterm", false)]
    [InlineData(false, "1", "xterm", false)]
    [InlineData(false, null, "dumb", false)]
    public void A_bar_is_drawn_on_a_capable_terminal_only(bool redirected, string? noColor, string term, bool expected) =>
        Assert.Equal(expected, Terminal.CanDrawOn(redirected, noColor, term));

    [Fact]
    public void Away_from_a_terminal_there_is_a_plain_line_every_ten_seconds_and_one_an_epoch()
    {
        var clock = new ManualClock();
        using var error = new StringWriter { NewLine = "\n" };
        using (var view = new TrainingProgressView("autoencoder", error, clock))
        {
            // Epochs of 100 beats, 5 a batch, half a second each; resumed at the third of four.
            for (var beats = 5; beats <= 100; beats += 5)
            {
                view.Report(new TrainingProgress(3, 4, beats, 100, 0.0123456, null));
                clock.Advance(TimeSpan.FromSeconds(0.55));
            }

            view.Report(new TrainingProgress(3, 4, 100, 100, 0.0123456, new EpochResult(3, 0.0123456, 1.1e-7, 0.001)));
            view.Report(new TrainingProgress(4, 4, 100, 100, 0.01, new EpochResult(4, 0.01, double.NaN, 0.001)));
        }

        // 10.45 s after the first report 95 beats were done since: 9.1 a second; 100 are left.
        Assert.Equal(
            """
            training autoencoder:  75 %  epoch 3/4  loss 0.012346  9 beats/s  ETA 0:11
            epoch 3/4  loss 0.012346  validation loss 1.100e-07
            epoch 4/4  loss 0.010000

            """,
            error.ToString());
    }

    [Fact]
    public void Cutting_gaps_states_the_time_that_is_left_by_the_rounds_that_were_cut()
    {
        var clock = new ManualClock();
        using var error = new StringWriter { NewLine = "\n" };
        using (var view = new GapCuttingView(error, clock))
        {
            view.Report(new GapCuttingProgress(1, 8, "100", IsNew: false));
            view.Report(new GapCuttingProgress(2, 8, "100", IsNew: false));
            clock.Advance(TimeSpan.FromSeconds(9));
            view.Report(new GapCuttingProgress(3, 8, "100", IsNew: true));
            clock.Advance(TimeSpan.FromSeconds(11));
            view.Report(new GapCuttingProgress(4, 8, "101", IsNew: true));
        }

        Assert.Equal("cutting gaps:  50 %  recording 101  ETA 0:40\n", error.ToString());
    }

    [Fact]
    public void A_recovery_states_the_time_that_is_left()
    {
        var clock = new ManualClock();
        using var error = new StringWriter { NewLine = "\n" };
        using (var view = new RecoveryProgressView("similar", error, clock))
        {
            view.Report(new RecoveryProgress(0, 400));
            clock.Advance(TimeSpan.FromSeconds(20));
            view.Report(new RecoveryProgress(100, 400));
        }

        Assert.Equal("filling by similar:  25 %  ETA 1:00\n", error.ToString());
    }

    [Fact]
    public void A_bar_is_drawn_over_itself_ten_times_a_second_and_removed_without_escape_codes()
    {
        var clock = new ManualClock();
        using var terminal = new StringWriter();
        var bar = new ProgressBar("training", terminal, clock, () => 36);
        bar.Set(0.5, "epoch 10/20");
        bar.Set(0.51, "too early");
        clock.Advance(TimeSpan.FromSeconds(0.1));
        bar.Set(1, "done");
        clock.Advance(TimeSpan.FromSeconds(0.1));
        bar.Set(1, "longer than the terminal"); // is cut: a line that wraps cannot be drawn over
        bar.Clear();
        bar.Clear();
        bar.Set(0, "");
        Assert.Equal(
            [
                "",
                "training #####.....  50 %  epoch 10",
                "training ########## 100 %  done    ",
                "training ########## 100 %  longer t",
                "                                   ",
                "",
                "training ..........   0 %",
            ],
            terminal.ToString().Split('\r'));
    }

    [Fact]
    public void Short_work_away_from_a_terminal_says_nothing()
    {
        using var error = new StringWriter();
        using (var line = new ProgressLine("searching", error))
            line.Report(0.5, "beat 3");
        Assert.Equal("", error.ToString());
    }

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(-3, "0:00")]
    [InlineData(59.6, "1:00")]
    [InlineData(3723, "1:02:03")]
    [InlineData(90000, "25:00:00")]
    public void Durations_read_like_a_clock(double seconds, string expected) =>
        Assert.Equal(expected, TrainingProgressView.FormatDuration(TimeSpan.FromSeconds(seconds)));

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
