using System.Globalization;
using EcgRecovery.Cli.Outputs;

namespace EcgRecovery.Cli.Tests.Outputs;

public class BufferedTextTests
{
    [Fact]
    public void Text_arrives_whole_and_in_order_with_the_targets_line_ends()
    {
        using var target = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var text = new BufferedText(target))
        {
            for (var i = 0; i < 20_000; i++)
                text.WriteLine($"line {i}");
            text.Write('e');
            text.Write("nd");
            text.WriteLine();
        }

        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n")) + "end\n", target.ToString());
    }
}
