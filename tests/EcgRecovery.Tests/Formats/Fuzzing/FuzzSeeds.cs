using System.Globalization;
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
        AbsentSegments(),
        Challenge(),
        Dummy(),
        Renamed("edf as txt", ".edf", "seed.txt"),
        Renamed("edf without extension", ".edf", "seed"),
        Renamed("bdf as rec", ".bdf", "seed.rec"),
        Renamed("csv as edf", ".csv", "seed.edf"),
        Renamed("csv as mat", ".csv", "seed.mat"),
        ByAnnotations(),
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

    private static FuzzSeed AbsentSegments()
    {
        var files = Segment();
        files["partial.hea"] = "partial/4 2 250 1700\nabsent 200\nseed 500\ngone 500\nseed 500\n"u8.ToArray();
        return new FuzzSeed(
            "WFDB, absent segments", "partial.hea", files, [("partial.hea", ".hea, absent segments"), ("seed.hea", ".hea, segment")]);
    }

    // As the challenges of 2017 to 2021 write it, opened by its signal file.
    private static FuzzSeed Challenge()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["A0001.mat"] = MatFiles.Version4(s_matSamples),
            ["A0001.hea"] = Encoding.ASCII.GetBytes(
                "A0001 2 500 200 12-May-2020 12:33:59\r\nA0001.mat 16x1+24 1000.0(0)/mv 16 0 0 0 0 I\r\n"
                + "A0001.mat 16x1+24 1000.0(0)/mv 16 0 7 0 0 II\r\n#Age: 74\r\n#Sex: Male\r\n\r\n"),
        };
        return new FuzzSeed("WFDB, challenge", "A0001.mat", files, [("A0001.hea", ".hea, challenge"), ("A0001.mat", ".mat, challenge")]);
    }

    // Both signals without a range: of one the digital limits are 0, of the other the physical ones.
    private static FuzzSeed Dummy()
    {
        var seed = Renamed("edf, dummy signals", ".edf", "seed.edf");
        var content = seed.Files["seed.edf"];
        var signals = int.Parse(Encoding.ASCII.GetString(content, 252, 4), CultureInfo.InvariantCulture);
        foreach (var (field, signal) in new[] { (120, 0), (128, 0), (104, 1), (112, 1) })
            "0       "u8.CopyTo(content.AsSpan(256 + (field * signals) + (8 * signal)));
        return seed;
    }

    // A file whose extension is that of another format, or none.
    private static FuzzSeed Renamed(string name, string extension, string file)
    {
        var content = Write("", extension, Recording).Files["seed" + extension];
        return new FuzzSeed(
            name, file, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = content }, [(file, name)]);
    }

    private static FuzzSeed ByAnnotations()
    {
        var files = Write("", ".hea", Recording, new WfdbWriteOptions { SignalFormat = 16 }).Files;
        return new FuzzSeed(
            "WFDB, by its annotations", "seed.atr", files, [("seed.atr", ".atr, opened"), ("seed.hea", ".hea, beside .atr")]);
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
