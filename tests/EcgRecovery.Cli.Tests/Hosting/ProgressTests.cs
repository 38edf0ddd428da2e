using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Tests.Hosting;

public class ProgressTests
{
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
            for (var batch = 1; batch <= 50; batch++)
            {
                clock.Advance(TimeSpan.FromSeconds(0.5));
                view.Report(3, 20, batch, 50, 0.0123456, 12345.6, TimeSpan.FromSeconds(754.6));
            }

            view.EpochDone(3, 0.0123456, 1.1e-7);
            view.EpochDone(4, 0.01, double.NaN);
        }

        Assert.Equal(
            """
            training autoencoder:  12 %  epoch 3/20  loss 0.012346  12,346 beats/s  ETA 12:35
            training autoencoder:  14 %  epoch 3/20  loss 0.012346  12,346 beats/s  ETA 12:35
            epoch 3/20  loss 0.012346  validation loss 1.100e-07
            epoch 4/20  loss 0.010000

            """,
            error.ToString());
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
