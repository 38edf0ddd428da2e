using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Hosting;

public class StandardOptionsTests
{
    [Fact]
    public void A_gap_up_to_the_beats_end_is_taken()
    {
        var option = StandardOptions.BeatGap("The gap.");
        Assert.Equal(new SampleSpan(150, 187), Read(option, "--gap", "150..187"));
        Assert.Null(Read(option));
    }

    [Fact]
    public void A_gaps_default_stands_in_when_none_is_given() =>
        Assert.Equal(new SampleSpan(100, 137), Read(StandardOptions.BeatGap("The gap.", new SampleSpan(100, 137))));

    [Fact]
    public void Threads_are_the_processors_by_default_and_never_more_than_the_most()
    {
        Assert.Equal(Math.Min(Environment.ProcessorCount, ThreadsOption.Maximum), Read(StandardOptions.Threads()));
        Assert.Equal(64, Read(StandardOptions.Threads(), "--threads", "64"));
    }

    [Fact]
    public void The_seeds_default_is_the_verbs_own() => Assert.Equal(7, Read(StandardOptions.Seed(7)));

    private static T? Read<T>(Option<T> option, params string[] args)
    {
        var parse = new RootCommand { option }.Parse(args);
        Assert.Empty(parse.Errors);
        return parse.GetValue(option);
    }
}
