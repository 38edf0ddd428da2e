using System.Text;

namespace EcgRecovery.Reporting.Tests;

/// <summary>Comparison with a stored text. A difference fails the test; a new text must be copied by hand.</summary>
internal static class Snapshot
{
    /// <param name="name">A file in <c>Snapshots/</c>.</param>
    /// <param name="actual">The text to compare.</param>
    public static void Matches(string name, string actual)
    {
        var expected = Path.Combine(AppContext.BaseDirectory, "Snapshots", name);
        if (File.Exists(expected) && File.ReadAllText(expected) == actual)
            return;
        var received = Path.Combine(AppContext.BaseDirectory, "Received", name);
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Assert.Fail(
            $"{name} differs from its snapshot{FirstDifference(expected, actual)}. "
            + $"If the new drawing is right, look at it and copy {received} to tests/EcgRecovery.Reporting.Tests/Snapshots/{name}.");
    }

    private static string FirstDifference(string expectedPath, string actual)
    {
        if (!File.Exists(expectedPath))
            return ", which is missing";
        var (expected, received) = (File.ReadAllLines(expectedPath), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(expected.Length, received.Length)).First(i => At(expected, i) != At(received, i));
        return $" in line {line + 1}:\n  expected {At(expected, line)}\n  received {At(received, line)}\n";

        static string At(string[] lines, int i) => i < lines.Length ? lines[i] : "(nothing)";
    }
}
