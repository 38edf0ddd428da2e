// Fills the gaps that `ecg-recovery benchmark --export` has cut, so that a method of one's own is scored beside the others.
// dotnet run examples/enter-benchmark.cs -- exported predictions
#:project ../src/EcgRecovery/EcgRecovery.csproj

using EcgRecovery;
using EcgRecovery.Records;

if (args is not [var exported, var predictions])
{
    Console.WriteLine("expected the folder of exported recordings, and one for the predictions; see docs/enter-the-benchmark.md");
    return;
}

var gapped = Path.Combine(exported, "gapped");
foreach (var header in Directory.EnumerateFiles(gapped, "*.hea", SearchOption.AllDirectories))
{
    using var record = EcgRecord.Open(header);
    var filled = new EcgRecord(record) { Leads = [.. record.Leads.Select(Fill)] };
    filled.Write(Path.Combine(predictions, Path.GetRelativePath(gapped, header)));
}

static EcgLead Fill(EcgLead lead)
{
    var milliVolts = new double[lead.SampleCount];
    lead.ReadPhysicalValues(0, milliVolts);
    // The method: here the last sample before the gap. NaN is missing.
    for (var t = 1; t < milliVolts.Length; t++)
    {
        if (double.IsNaN(milliVolts[t]))
            milliVolts[t] = milliVolts[t - 1];
    }

    return lead with { AdcUnits = null, PhysicalValues = new MemorySamples<double>(milliVolts) };
}
