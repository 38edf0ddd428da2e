// Recovers two gaps of a recording, one of them too long, and writes it with its marks.   dotnet run examples/recover-recording.cs
#:project ../src/EcgRecovery/EcgRecovery.csproj

using EcgRecovery;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

using var record = EcgRecord.Open("src/EcgRecovery.Cli/DemoData/208-1935");

// A gap that the file itself has needs no naming. This file has none, so two are named: 0.3 s and 5 s.
var options = new RecordRecoveryOptions
{
    Gaps = [new LeadSpan(0, new SampleSpan(36_000, 36_108)), new LeadSpan(0, new SampleSpan(72_000, 73_800))],
};
var recovered = record.Recover(options);
foreach (var gap in recovered.Gaps[0])
    Console.WriteLine($"samples {gap.Span}: {(gap.IsRecovered ? $"recovered by {gap.Method}" : $"still missing, {gap.Reason}")}");

var path = Path.Combine(Path.GetTempPath(), $"recovered-{Environment.ProcessId}.csv");
recovered.Record.Write(path);
using (var copy = EcgRecord.Open(path))
{
    foreach (var span in copy.Provenance)
        Console.WriteLine($"read back, samples {span.Span}: {span.Origin} by {span.Method} {span.Version}");
}

File.Delete(path);
