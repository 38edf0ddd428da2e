using System.Globalization;
using System.Text;

namespace EcgRecovery.Cli.Tests.Outputs;

/// <summary>Tables of recordings with many leads of long names, as a terminal of 80 columns shows them.</summary>
public sealed class TerminalWidthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TerminalWidthTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        _folder.Write("leads.csv", Recording("a lead of electrode number", 12));
        _folder.Write("names.csv", Recording($"{new string('n', 90)}_", 2));
        _folder.Write("beats.csv", string.Concat(Enumerable.Range(0, 6).Select(Beat)));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("info leads.csv")]
    [InlineData("info beat")]
    [InlineData("info record")]
    [InlineData("gaps leads.csv")]
    [InlineData("gaps leads.csv --output leads.json --overwrite")]
    [InlineData("beats leads.csv")]
    [InlineData("recover leads.csv --dry-run --max-gap 0.3")]
    [InlineData("recover leads.csv --self-test --self-test-gaps 5 --method linear")]
    [InlineData("evaluate --method all --data beats.csv")]
    public void No_line_is_wider_than_the_terminal(string command)
    {
        var result = Run(command);
        Assert.All(result.Output.Split('\n').Where(IsOfTable), line => Assert.True(line.Length <= 80 || IsOneWord(line), line));
        Assert.True(result.Output.Split('\n').Length > 8, result.Output);
    }

    [Theory]
    [InlineData("info names.csv", "unit: mV")]
    [InlineData("gaps names.csv", "cause: nan")]
    [InlineData("recover names.csv --dry-run --max-gap 0.3", "filled: ")]
    public void A_table_that_cannot_fit_is_a_line_for_each_cell(string command, string line)
    {
        var lines = Run(command).Output.Split('\n');
        Assert.Contains(lines, one => one.StartsWith(line, StringComparison.Ordinal));
        Assert.Contains("lead:", lines);
        Assert.Contains(lines, one => one.StartsWith($"  {new string('n', 90)}_1", StringComparison.Ordinal));
    }

    // Sentences are not broken: the terminal does so.
    private static bool IsOfTable(string line) =>
        !line.Contains(" R peaks in leads ", StringComparison.Ordinal) && !line.StartsWith("not to be trusted", StringComparison.Ordinal);

    // As the hash of a model's data.
    private static bool IsOneWord(string line) => !line.Trim().Contains(' ');

    private CommandResult Run(string command)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "ecg-recovery.dll");
        var result = ChildProcess.RunProgram("bash", ["-c", $"COLUMNS=80 dotnet '{tool}' {command}"], _folder.Root);
        Assert.True(result.ExitCode is 0 or 4, result.Error);
        return result;
    }

    // Ten seconds at 100 Hz, with a gap of half a second.
    private static string Recording(string name, int leads)
    {
        var text = new StringBuilder("time (s)");
        foreach (var lead in Enumerable.Range(1, leads))
            text.Append(CultureInfo.InvariantCulture, $",{name}{lead} (mV)");
        text.Append('\n');
        for (var t = 0; t < 1000; t++)
        {
            var milliVolts = t % 80 == 10 ? 1 : 0.1 * Math.Sin(t / 7.0);
            var value = t is >= 400 and < 450 ? "" : milliVolts.ToString("F3", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{t / 100.0:F2}{string.Concat(Enumerable.Repeat($",{value}", leads))}\n");
        }

        return text.ToString();
    }

    private static string Beat(int number) => string.Concat(
        Enumerable.Range(0, 187).Select(t => $"{Math.Abs(Math.Sin((t + number) / 20.0)):F4},")) + $"{number % 5}\n";
}
