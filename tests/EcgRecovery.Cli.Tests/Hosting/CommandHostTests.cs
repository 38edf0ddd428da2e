using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Cli.Tests.Hosting;

public class CommandHostTests
{
    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new UsageException("--report needs a folder"), 2, "--report needs a folder" },
        { new OutputExistsException("Output a.csv exists.") { CanBeReplaced = true }, 2, "a.csv exists; give --overwrite to replace it." },
        {
            new SamplingFrequencyMissingException("a.csv has no sampling frequency."),
            3,
            "a.csv has no sampling frequency; give it with --sampling-frequency."
        },
        { new ArrayNotChosenException("a.mat has 2 arrays."), 3, "a.mat has 2 arrays; give it with --variable." },
        { new FormatException("'x' is not a gap"), 2, "'x' is not a gap" },
        { new InvalidDataException("a.csv line 3 has 186 values; expected 188."), 3, "line 3 has 186 values" },
        { new FileNotFoundException("Input a.csv does not exist.", "a.csv"), 3, "Input a.csv does not exist." },
        { new DirectoryNotFoundException("Folder mitdb does not exist."), 3, "Folder mitdb" },
        { new EndOfStreamException("a.gz ends too early."), 3, "ends too early" },
        { new OperationCanceledException(), 130, "cancelled" },
        { new TaskCanceledException(), 130, "cancelled" },
        { new IOException("Cannot write a.csv: No space left on device"), 1, "Cannot write a.csv: No space left" },
        { new UnauthorizedAccessException("Access to the path '/a.csv' is denied."), 1, "'/a.csv' is denied" },
        {
            new PlatformNotSupportedException("ECGRECOVERY_ENGINE is 'gpu'; expected one of reference"),
            1,
            "error: ECGRECOVERY_ENGINE is 'gpu'"
        },
        { new InsufficientMemoryException(), 1, "not enough memory" },
        {
            new InvalidOperationException("boom"),
            1,
            "unexpected: boom (InvalidOperationException; set ECGRECOVERY_DEBUG=1 for the stack trace)"
        },
        { new AggregateException(new InvalidDataException("row 7")), 3, "error: row 7" },
        { new TypeInitializationException("T", new FileNotFoundException("no table")), 3, "error: no table" },
        { new InvalidDataException("first\n   second\r\nthird"), 3, "error: first second third" },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void An_exception_becomes_one_line_and_the_documented_exit_code(Exception exception, int exitCode, string part) =>
        InProcess.Run(VerbThat(_ => throw exception), "act").AssertOneErrorLine(exitCode, part);

    [Fact]
    public void An_exception_of_an_asynchronous_verb_is_caught_too()
    {
        var act = new Command("act");
        act.SetAction(async (_, token) =>
        {
            await Task.Yield();
            throw new InvalidDataException("late");
        });
        InProcess.Run([act], "act").AssertOneErrorLine(3, "late");
    }

    [Fact]
    public void A_verb_sees_the_cancelled_token_and_ends_with_130()
    {
        var act = new Command("act");
        act.SetAction((_, token) => Task.Delay(Timeout.Infinite, token));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var error = new StringWriter();
        Assert.Equal(130, CommandHost.Run([act], ["act"], TextWriter.Null, error, cancelled.Token));
    }

    [Fact]
    public void A_verbs_own_exit_code_comes_through() =>
        Assert.Equal(4, InProcess.Run(VerbThat(_ => ExitCode.PartlyRecovered), "act").ExitCode);

    [Theory]
    [InlineData("error: a verb is missing; see 'ecg-recovery --help'")]
    [InlineData("error: 'atc' is not a verb; known here: act, group; see 'ecg-recovery --help'", "atc")]
    [InlineData("error: a verb is missing after group; known here: inner; see 'ecg-recovery group --help'", "group")]
    [InlineData("error: 'other' is not a verb; known here: inner; see 'ecg-recovery group --help'", "group", "other")]
    [InlineData("error: 'more' is one argument too many; see 'ecg-recovery group inner --help'", "group", "inner", "more")]
    [InlineData("error: --bogus is not an option here; see 'ecg-recovery --help'", "--bogus")]
    [InlineData("error: --bogus is not an option here; see 'ecg-recovery act --help'", "act", "in.csv", "--output", "o", "--bogus", "3")]
    [InlineData("error: 'more' is one argument too many; see 'ecg-recovery act --help'", "act", "in.csv", "more", "--output", "o")]
    [InlineData("error: --output is missing; see 'ecg-recovery act --help'", "act", "in.csv")]
    [InlineData("error: --output needs a value; see 'ecg-recovery act --help'", "act", "in.csv", "--output")]
    [InlineData("error: an argument is empty; see 'ecg-recovery act --help'", "act", "in.csv", "--output", "")]
    [InlineData("error: BEATS.csv is missing; see 'ecg-recovery act --help'", "act", "--output", "o")]
    [InlineData(
        "error: --output was given more than once; see 'ecg-recovery act --help'", "act", "in.csv", "--output", "o", "--output", "p")]
    [InlineData(
        "error: 'two' is not a whole number in range for --threads; see 'ecg-recovery act --help'",
        "act", "in.csv", "--output", "o", "--threads", "two")]
    [InlineData(
        "error: 'warm' is not one of fast, slow for --pace; see 'ecg-recovery act --help'",
        "act", "in.csv", "--output", "o", "--pace", "warm")]
    [InlineData(
        "error: --share is NaN; expected 0 to 0.5; see 'ecg-recovery act --help'", "act", "in.csv", "--output", "o", "--share", "nan")]
    [InlineData(
        "error: 'half' is not a number for --share; see 'ecg-recovery act --help'", "act", "in.csv", "--output", "o", "--share", "half")]
    [InlineData(
        "error: --threads is 0; expected 1 to 64; see 'ecg-recovery act --help'", "act", "in.csv", "--output", "o", "--threads", "0")]
    [InlineData(
        "error: --threads is 65; expected 1 to 64; see 'ecg-recovery act --help'", "act", "in.csv", "--output", "o", "--threads", "65")]
    [InlineData(
        "error: --seed is -1; expected at least 0; see 'ecg-recovery act --help'", "act", "in.csv", "--output", "o", "--seed", "-1")]
    [InlineData(
        "error: gap 100..188 reaches outside the beat; expected samples of 0..187; see 'ecg-recovery act --help'",
        "act", "in.csv", "--output", "o", "--gap", "100..188")]
    [InlineData(
        "error: '137..100' is not a range of samples; expected START..END with START < END, half-open, as in 100..137; "
        + "see 'ecg-recovery act --help'",
        "act", "in.csv", "--output", "o", "--gap", "137..100")]
    public void A_wrong_command_line_is_one_line_that_says_where_to_read_on(string expected, params string[] args)
    {
        var result = InProcess.Run(VerbsLikeRecover(), args);
        result.AssertOneErrorLine(2);
        Assert.Equal(expected, result.Error.TrimEnd());
    }

    [Fact]
    public void An_argument_with_an_at_sign_is_a_file_name_and_is_not_expanded()
    {
        using var folder = new TemporaryFolder();
        var responses = folder.Write("responses", "other.csv\n");
        var seen = "";
        var verbs = VerbsLikeRecover(parse => seen = parse.GetValue<string>("BEATS.csv")!);
        Assert.Equal(0, InProcess.Run(verbs, "act", "@" + responses, "--output", "o").ExitCode);
        Assert.Equal("@" + responses, seen);
    }

    [Fact]
    public void The_version_is_the_assemblys()
    {
        var result = InProcess.Run("--version");
        Assert.Equal((0, "ecg-recovery 0.1.0\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("act", "--help")]
    [InlineData("act", "-h")]
    [InlineData("act", "--bogus", "--help")]
    public void The_help_of_a_verb_shows_its_options_and_examples_on_stdout(params string[] args)
    {
        var result = InProcess.Run(VerbsLikeRecover(), args);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("ecg-recovery act <BEATS.csv> [options]", result.Output);
        Assert.Contains("--threads <N>", result.Output);
        Assert.EndsWith("Examples:\n  ecg-recovery act in.csv --output out.csv\n", result.Output.TrimEnd() + "\n");
    }

    private enum Pace
    {
        Fast,
        Slow,
    }

    private static Command[] VerbThat(Func<ParseResult, int> action)
    {
        var act = new Command("act");
        act.SetAction(action);
        return [act];
    }

    private static Command[] VerbsLikeRecover(Action<ParseResult>? action = null)
    {
        var act = new Verb("act", "Acts.", "act in.csv --output out.csv")
        {
            new Argument<string>("BEATS.csv"),
            new Option<string>("--output") { Required = true },
            StandardOptions.BeatGap("The gap."),
            StandardOptions.Seed(),
            StandardOptions.Threads(),
            StandardOptions.Overwrite(),
            StandardOptions.Json(),
            StandardOptions.Bounded(new Option<double>("--share"), 0, 0.5),
            new Option<Pace>("--pace"),
        };
        act.SetAction(parse => action?.Invoke(parse));
        var inner = new Command("inner");
        inner.SetAction(_ => { });
        return [act, new Command("group") { inner }];
    }
}
