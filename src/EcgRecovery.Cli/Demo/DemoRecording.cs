using EcgRecovery.Beats;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Demo;

/// <summary>The recording that ships with the tool, and the gaps that the demo cuts into it.</summary>
/// <param name="Whole">The recording: five minutes of MIT-BIH 208, lead MLII; see DemoData/ATTRIBUTION.md.</param>
/// <param name="MilliVolts">Its samples.</param>
/// <param name="RPeaks">The R peaks that are found in them.</param>
internal sealed record DemoRecording(EcgRecord Whole, float[] MilliVolts, int[] RPeaks) : IDisposable
{
    /// <summary>Name of the recording.</summary>
    public const string Name = "208-1935";

    // Lengths of the benchmark.
    private static readonly (string What, double Seconds)[] s_losses =
        [("packet, 0.56 s", 0.56), ("QRS complex, 0.15 s", 0.15), ("one second", 1), ("packet, 0.56 s", 0.56)];

    /// <summary>The lead.</summary>
    public EcgLead Lead => Whole.Leads[0];

    /// <summary>What is lost, in order of time.</summary>
    /// <remarks>
    /// A rule instead of a choice: the R peaks found are divided into five equal parts, and each gap lies around the first R peak of the
    /// second to fifth part, whatever kind of beat that is. So each loses a QRS complex, the part that is hardest to recover.
    /// </remarks>
    public IReadOnlyList<DemoLoss> Losses =>
    [
        .. s_losses.Select((loss, i) =>
        {
            var length = (int)Math.Round(loss.Seconds * Lead.SamplingFrequencyHz);
            var start = RPeaks[(i + 1) * RPeaks.Length / (s_losses.Length + 1)] - (length / 2);
            return new DemoLoss(loss.What, new SampleSpan(start, start + length));
        }),
    ];

    /// <summary>The recording's files: resources of the program. The header, which names the other, comes last.</summary>
    public static IReadOnlyList<string> Files { get; } = ["ATTRIBUTION.md", $"{Name}.dat", $"{Name}.hea"];

    /// <summary>Writes the recording into a folder, replacing an earlier copy; opens it there and finds its R peaks.</summary>
    /// <param name="folder">The folder; it is created if there is none.</param>
    /// <exception cref="OutputExistsException">A folder has the name of one of the files.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static DemoRecording Open(string folder)
    {
        using (var group = new OutputGroup(overwrite: true))
        {
            foreach (var name in Files)
            {
                using var resource = typeof(DemoRecording).Assembly.GetManifestResourceStream($"demo/{name}")!;
                resource.CopyTo(group.Create(Path.Combine(folder, name)));
            }

            group.Commit();
        }

        var record = RecordFormats.Open(Path.Combine(folder, Name));
        var milliVolts = record.Leads[0].ToMilliVolts();
        return new DemoRecording(record, milliVolts, RPeakDetector.Detect(milliVolts, record.SamplingFrequencyHz));
    }

    /// <summary>Returns the recording with the gaps cut in: those samples are missing.</summary>
    public EcgRecord Broken() =>
        new(Whole) { Leads = [RecordViews.WithMissing(Lead, [.. Losses.Select(loss => loss.Span)])] };

    /// <inheritdoc/>
    public void Dispose() => Whole.Dispose();
}

/// <summary>A gap that the demo cuts.</summary>
/// <param name="What">What is lost, as in <c>packet, 0.56 s</c>.</param>
/// <param name="Span">Its samples.</param>
internal sealed record DemoLoss(string What, SampleSpan Span);
