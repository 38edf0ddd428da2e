using EcgRecovery.Records;

namespace EcgRecovery.Tests.Beats;

/// <summary>A lead of a recorded ECG or of recorded noise.</summary>
/// <param name="Record">Name of the record.</param>
/// <param name="MilliVolts">[N].</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
/// <param name="Flutter">The spans of ventricular flutter, from annotation <c>[</c> to <c>]</c>.</param>
internal sealed record RealLead(string Record, float[] MilliVolts, double SamplingFrequencyHz, IReadOnlyList<SampleSpan> Flutter);

/// <summary>The leads that constants are chosen on; a test without the data is skipped.</summary>
internal static class RealLeads
{
    // DS1 without 201 and 208.
    private static readonly string[] s_records =
        [
            "101", "106", "108", "109", "112", "114", "115", "116", "118", "119", "122", "124", "203", "205", "207", "209", "215", "220",
            "223", "230",
        ];

    public static IEnumerable<RealLead> DS1() => Of("mitdb", s_records);

    public static IEnumerable<RealLead> Ludb() => Of("ludb/data", Enumerable.Range(1, 160).Select(number => $"{number}"));

    public static IEnumerable<RealLead> MuscleArtefact() => Of("nstdb", ["ma"]);

    private static IEnumerable<RealLead> Of(string database, IEnumerable<string> names)
    {
        var folder = TestData.Folder(database);
        Assert.SkipWhen(folder is null, $"the recordings of {database} are not here");
        foreach (var name in names)
        {
            using var record = RecordFormats.Open(Path.Combine(folder, name));
            foreach (var lead in record.Leads)
                yield return new RealLead(name, lead.ToMilliVolts(), lead.SamplingFrequencyHz, Flutter(record));
        }
    }

    private static List<SampleSpan> Flutter(EcgRecord record)
    {
        var ends = record.Annotations.Where(annotation => annotation.Symbol == "]").Select(annotation => annotation.Sample);
        return [.. record.Annotations.Where(annotation => annotation.Symbol == "[")
            .Zip(ends, (start, end) => new SampleSpan(start.Sample, end))];
    }
}
