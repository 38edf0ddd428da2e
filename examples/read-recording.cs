// Opens the recording that ships with the project, looks for what is missing in it, and writes five seconds as EDF.   dotnet run
// examples/read-recording.cs
#:project ../src/EcgRecovery/EcgRecovery.csproj

using EcgRecovery;
using EcgRecovery.Gaps;
using EcgRecovery.Records;

using var record = EcgRecord.Open("src/EcgRecovery.Cli/DemoData/208-1935");
Console.WriteLine($"{record.Name}: {record.DurationSeconds:F0} s, {string.Join(", ", record.Leads.Select(lead => lead.Name))}");

var missing = GapFinder.Find(record.Leads);
foreach (var (lead, spans) in record.Leads.Zip(missing))
    Console.WriteLine($"{lead.Name}: {spans.Count} spans missing, {lead.SampleCount} samples");

var output = Path.Combine(Path.GetTempPath(), "five-seconds.edf");
foreach (var sentence in record.Cut(SampleSpan.Parse("0..1800")).Write(output, overwrite: true))
    Console.WriteLine($"lost: {sentence}");
Console.WriteLine($"{new FileInfo(output).Length} bytes written");
