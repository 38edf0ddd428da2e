using System.Text;
using EcgRecovery.Formats.Wfdb;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>The recordings that are broken: one of every kind that is written, and by hand those that are only read.</summary>
internal static class FuzzSeeds
{
    private const double Frequency = 250;

    private static readonly int[] s_signalFormats = [8, 16, 24, 32, 61, 80, 160, 212, 310, 311];

    /// <summary>Makes them.</summary>
    public static IReadOnlyList<FuzzSeed> Make() =>
    [
        .. s_signalFormats.Select(
            format => Write($"WFDB {format}", ".hea", Signals(format), new WfdbWriteOptions { SignalFormat = format })),
        .. RecordFormats.WrittenExtensions.Except([".hea"]).Select(extension => Write(extension[1..], extension, Recording)),
        .. TextSeeds.Make(),
        FixedLayout(),
        VariableLayout(),
        Mat("mat 4", MatFiles.Version4(s_matSamples)),
        Mat("mat 5", MatFiles.Version5(s_matSamples, isCompressed: false)),
        Mat("mat 5, compressed", MatFiles.Version5(s_matSamples, isCompressed: true)),
        .. ArraySeeds.Make(),
    ];

    private static readonly short[] s_matSamples = [.. Enumerable.Range(0, 400).Select(t => (short)(t * 7))];

    private static FuzzSeed Write(string name, string extension, EcgRecord record, WfdbWriteOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        RecordFormats.Write(record, folder.File("seed" + extension), options: options ?? new WfdbWriteOptions());
        var files = Directory.GetFiles(folder.File(""))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes, StringComparer.Ordinal);
        var kinds = files.Keys
            .Order(StringComparer.Ordinal)
            .Select(file => (file, Path.GetExtension(file) is ".dat" ? $".dat, format {options?.SignalFormat}" : Path.GetExtension(file)));
        return new FuzzSeed(name, "seed" + extension, files, [.. kinds]);
    }

    // Format 8 stores differences of at most 127 and has no mark for a missing sample; 80 has 8 bits.
    private static EcgRecord Signals(int format) => format is 8 or 80
        ? new EcgRecord(Recording)
        {
            Leads =
            [
                .. Recording.Leads.Select(
                    lead => lead with
                    {
                        AdcUnits = new MemorySamples<int>([.. Enumerable.Range(0, 500).Select(t => (Math.Abs((t % 100) - 50) * 4) - 100)]),
                        AdcBaseline = 0,
                        AdcMinimum = null,
                        AdcMaximum = null,
                    })
            ],
        }
        : Recording;

    private static FuzzSeed FixedLayout()
    {
        var files = Segment();
        files["fixed.hea"] = "fixed/3 2 250 1500\nseed 500\n~ 500\nseed 500\n# a comment\n"u8.ToArray();
        return new FuzzSeed(
            "WFDB, fixed layout", "fixed.hea", files, [("fixed.hea", ".hea, multi-segment"), ("seed.hea", ".hea, segment")]);
    }

    private static FuzzSeed VariableLayout()
    {
        var files = Segment();
        files["layout.hea"] =
            "layout 3 250 0\n~ 0 200/mV 12 0 0 0 0 MLII\n~ 0 100(12)/mV 12 0 0 0 0 V5\n~ 0 1/bpm 12 0 0 0 0 HR\n"u8.ToArray();
        files["variable.hea"] = "variable/4 3 250 1300 10:00:00 01/02/2020\nlayout 0\nseed 500\n~ 300\nseed 500\n"u8.ToArray();
        return new FuzzSeed(
            "WFDB, variable layout",
            "variable.hea",
            files,
            [("variable.hea", ".hea, multi-segment"), ("layout.hea", ".hea, layout"), ("seed.hea", ".hea, segment")]);
    }

    private static Dictionary<string, byte[]> Segment()
    {
        var record = new EcgRecord(Recording) { Annotations = [], Provenance = [] };
        var files = new Dictionary<string, byte[]>(
            Write("", ".hea", record, new WfdbWriteOptions { SignalFormat = 212 }).Files, StringComparer.Ordinal);
        return files;
    }

    private static FuzzSeed Mat(string name, byte[] content) =>
        new(
            name,
            "seed.mat",
            new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                ["seed.mat"] = content,
                ["seed.info"] = Encoding.ASCII.GetBytes(
                    "Source: seed\nval has 2 rows (signals) and 200 columns (samples/signal)\nDuration: 0:00\n"
                    + "Sampling frequency: 250 Hz  Sampling interval: 0.004 sec\n"
                    + "Row\tSignal\tGain\tBase\tUnits\n1\tMLII\t200\t0\tmV\n2\tV5\t200\t0\tmV\n\n"
                    + "To convert from raw units to the physical units shown\nabove, subtract 'base' and divide by 'gain'.\n"),
            },
            [("seed.mat", ".mat"), ("seed.info", ".info")]);

    /// <summary>Two seconds of two leads, with everything that a format may hold.</summary>
    private static EcgRecord Recording { get; } = Record();

    private static EcgRecord Record()
    {
        int[] Samples(int phase) =>
            [
                .. Enumerable.Range(0, 500)
                    .Select(t => t is >= 100 and < 140 ? EcgLead.MissingAdcUnits : (int)(300 * Math.Sin((t + phase) / 9d)))
            ];
        return new EcgRecord
        {
            Name = "seed",
            SamplingFrequencyHz = Frequency,
            StartDate = new DateOnly(2021, 3, 4),
            StartTime = new TimeOnly(5, 6, 7),
            Comments = ["65 F", "a comment"],
            Leads =
            [
                new EcgLead
                {
                    Name = "MLII",
                    SamplingFrequencyHz = Frequency,
                    AdcUnits = new MemorySamples<int>(Samples(0)),
                    AdcMinimum = -2048,
                    AdcMaximum = 2047,
                },
                new EcgLead
                {
                    Name = "V5",
                    SamplingFrequencyHz = Frequency,
                    AdcUnits = new MemorySamples<int>(Samples(30)),
                    AdcBaseline = 12,
                    Gain = 100,
                },
            ],
            Annotations =
            [
                new Annotation(20, 1),
                new Annotation(170, 5, Subtype: 1, Channel: 1, Number: 2),
                new Annotation(171, 28, Aux: "(AFIB"),
                new Annotation(400, 22, Aux: "note"),
            ],
            Provenance =
            [
                new ProvenanceSpan(0, new SampleSpan(200, 230), SampleOrigin.Recovered, "linear", "0.1.0", 0.95),
                new ProvenanceSpan(1, new SampleSpan(0, 90), SampleOrigin.Derived, "test"),
            ],
        };
    }
}
