// Adds a recovery method of one's own, measures it on hidden gaps beside another one, and recovers with it.
// dotnet run examples/add-method.cs
#:project ../src/EcgRecovery/EcgRecovery.csproj

using EcgRecovery;
using EcgRecovery.Records;
using EcgRecovery.Recovery;
using Examples;

using var record = EcgRecord.Open(args is [var path] ? path : "src/EcgRecovery.Cli/DemoData/208-1935");
var own = new RecordRecoveryOptions { OwnMethod = new LastBeat(), SelfTestGaps = 20 };
foreach (var options in new[] { own, own with { OwnMethod = null, Method = "similar" } })
{
    foreach (var cell in record.SelfTest(options).Where(cell => cell.Lead == 0))
        Console.WriteLine($"{cell.Method,-9} {cell.MinimumSeconds:0.00} s: RMSE {cell.Rmse:0.000} mV, a line {cell.LineRmse:0.000} mV");
}

var (recovered, gaps) = record.Recover(own with { Gaps = [new LeadSpan(0, new SampleSpan(3600, 3800))] });
Console.WriteLine($"{gaps[0][0].Span}: {gaps[0][0].Method ?? gaps[0][0].Reason}");
Console.WriteLine(string.Join(Environment.NewLine, recovered.Provenance));

namespace Examples
{
    /// <summary>Repeats the last beats before the gap, as far back as whole RR intervals reach over it.</summary>
    internal sealed class LastBeat : GapMethod
    {
        public override string Name => "last-beat";

        public override bool Fill(GapToFill gap, Span<float> destination)
        {
            var before = gap.RPeaks.Where(peak => peak < gap.Span.Start).TakeLast(2).ToArray();
            if (before.Length < 2)
                return false;
            var interval = before[1] - before[0];
            var shift = (destination.Length + interval - 1) / interval * interval;
            var start = (int)gap.Span.Start - shift;
            if (start < 0 || gap.Samples.Slice(start, destination.Length).Contains(float.NaN))
                return false;
            gap.Samples.Slice(start, destination.Length).CopyTo(destination);
            return true;
        }
    }
}
