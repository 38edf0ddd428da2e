using System.CommandLine;
using System.Globalization;
using EcgRecovery.Cli.Help;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>man</c>: prints the man page.</summary>
internal static class ManCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="clock">The clock of the page's date, where <c>SOURCE_DATE_EPOCH</c> is not set.</param>
    public static Command Create(TimeProvider? clock = null)
    {
        var command = new Verb("man", "Prints the man page of all commands, for man, groff and mandoc.", "man");
        command.SetAction((parse, _) =>
        {
            var page = ManPage.Write(
                HelpPages.Of(parse.RootCommandResult.Command),
                CommandHost.Version,
                DateOf(Environment.GetEnvironmentVariable(EnvironmentVariables.SourceDate), clock ?? TimeProvider.System),
                ExitCode.Meanings.Select(code => ($"{code.Code}", code.Meaning)),
                EnvironmentVariables.All);
            parse.InvocationConfiguration.Output.Write(page);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    /// <summary>Returns the date of a page: of <c>SOURCE_DATE_EPOCH</c>, so that packages can be built anew to the bit, or today.</summary>
    /// <param name="sourceDate">The variable's value, in seconds since 1970 (reproducible-builds.org/specs/source-date-epoch).</param>
    /// <param name="clock">The clock where there is none.</param>
    /// <exception cref="UsageException">The value is no such number.</exception>
    public static DateOnly DateOf(string? sourceDate, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(sourceDate))
            return DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return long.TryParse(sourceDate, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime)
            : throw new UsageException(
                $"{EnvironmentVariables.SourceDate} is '{sourceDate}'; expected seconds since 1970, up to the year 9999");
    }
}
