using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>The front door of the four libraries is what PublicApi.approved.txt says; whoever opens it wider does so knowingly.</summary>
/// <remarks>
/// To accept a change, after looking at it:
/// <code>
/// ECGRECOVERY_WRITE_RECEIVED=1 dotnet test tests/EcgRecovery.Cli.Tests --filter PublicApi; mv tests/EcgRecovery.Cli.Tests/House/PublicApi.{received,approved}.txt
/// </code>
/// </remarks>
public class PublicApiTests
{
    private const string WriteVariable = "ECGRECOVERY_WRITE_RECEIVED";

    [Fact]
    public void The_public_types_and_members_are_the_approved_ones()
    {
        var folder = Checkout.PathOf("tests", "EcgRecovery.Cli.Tests", "House");
        var received = PublicApi.Describe(
        [
            typeof(NetworkSpec).Assembly,
            typeof(HeartbeatSet).Assembly,
            System.Reflection.Assembly.Load("EcgRecovery.Evaluation"),
            System.Reflection.Assembly.Load("EcgRecovery.Reporting"),
        ]);
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            File.WriteAllText(Path.Combine(folder, "PublicApi.received.txt"), received);

        var approved = File.ReadAllText(Path.Combine(folder, "PublicApi.approved.txt"));
        Assert.True(
            approved == received,
            $"The public API changed (- approved, + received); how to accept it stands above this test.\n{Difference(approved, received)}");
    }

    [Fact]
    public void Every_kind_of_member_is_written_down()
    {
        var text = PublicApi.Describe([typeof(PublicApiTests).Assembly]);
        string[] lines =
        [
            "abstract class EcgRecovery.Cli.Tests.House.PublicApiSample\n",
            "    const int Limit = 3\n",
            "    int Depth { get; init; }\n",
            "    protected new()\n",
            "    protected virtual void Dispose(bool disposing)\n",
            "    abstract float[] Estimate(ReadOnlySpan<float> beats, int? rows = default)\n",
            "    static bool TryRead<T>(string text, out T value)\n",
            "    override string ToString()\n",
            "    string Item[int row] { get; }\n",
            "    event EventHandler Ended\n",
        ];
        foreach (var line in lines)
            Assert.Contains(line, text);
        Assert.DoesNotContain("Hidden", text);
    }

    private static string Difference(string approved, string received)
    {
        var (before, after) = (approved.Split('\n'), received.Split('\n'));
        var lines = before.Except(after).Select(line => $"- {line}").Concat(after.Except(before).Select(line => $"+ {line}"));
        return string.Join('\n', lines.Take(40));
    }
}

/// <summary>What <see cref="PublicApi"/> is tried on.</summary>
public abstract class PublicApiSample
{
    public const int Limit = 3;

    protected PublicApiSample()
    {
    }

    public event EventHandler Ended
    {
        add => Hidden = 1;
        remove => Hidden = 0;
    }

    public int Depth { get; init; }

    internal int Hidden { get; set; }

    public string this[int row] => $"{row}{Hidden}";

    public static bool TryRead<T>(string text, out T? value)
    {
        value = default;
        return text.Length > 0;
    }

    public abstract float[] Estimate(ReadOnlySpan<float> beats, int? rows = null);

    public override string ToString() => "";

    protected virtual void Dispose(bool disposing)
    {
    }
}
