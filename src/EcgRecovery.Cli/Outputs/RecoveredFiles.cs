using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Outputs;

/// <summary>What <c>recover</c> writes: the heartbeats and their companions, which say what was filled, how surely, and by what.</summary>
/// <param name="output">The heartbeats' file.</param>
/// <param name="overwrite">Whether existing files may be replaced.</param>
internal sealed class RecoveredFiles(string output, bool overwrite)
{
    /// <summary>The recovered heartbeats.</summary>
    public string Output => output;

    /// <summary>Which samples were filled.</summary>
    public string Mask { get; } = RecoveredCsvWriter.MaskPathFor(output);

    /// <summary>Between which values they lie; written where the method says so.</summary>
    public string Interval { get; } = RecoveredCsvWriter.IntervalPathFor(output);

    /// <summary>What they were filled from, and by what.</summary>
    public string Provenance { get; } = Path.ChangeExtension(output, ".provenance.json");

    /// <summary>Returns how many rows have no observed sample, and so stay missing.</summary>
    public static int RowsWithoutSignal(RecoveredSignal recovered) => recovered.Gaps.Count(gap => gap.Span.Length == HeartbeatSet.BeatLength);

    /// <summary>Says before anything is read that a file must not be written.</summary>
    /// <param name="inputs">The files that the command reads; null where one was not given.</param>
    /// <exception cref="OutputExistsException">A file exists and may not be replaced.</exception>
    /// <exception cref="UsageException">A file is an input.</exception>
    public void Refuse(params ReadOnlySpan<string?> inputs)
    {
        foreach (var path in new[] { Output, Mask, Interval, Provenance })
        {
            OutputFile.RefuseExisting(path, overwrite);
            InputGuard.Refuse(path, inputs);
        }
    }

    /// <summary>Writes all of them. The heartbeats get their name last: filled samples never lie anywhere without their companions.</summary>
    /// <param name="input">The file that the heartbeats were read from.</param>
    /// <param name="file">What was read from it.</param>
    /// <param name="recovered">The recovered heartbeats.</param>
    /// <param name="provenance">The provenance's text.</param>
    /// <param name="cancellationToken">Ends it; nothing is left then.</param>
    public void Write(string input, HeartbeatFile file, RecoveredSignal recovered, string provenance, CancellationToken cancellationToken)
    {
        using var group = new OutputGroup(overwrite);
        bool[] isFilled = [.. recovered.Origin.Select(origin => origin == SampleOrigin.Recovered)];
        RecoveredCsvWriter.WriteMask(group.Create(Mask), isFilled);
        group.WriteText(Provenance, provenance);
        if (recovered is { Lower: { } lower, Upper: { } upper })
            RecoveredCsvWriter.WriteInterval(group.Create(Interval), recovered.Samples, isFilled, lower, upper, cancellationToken);
        else
            group.Remove(Interval); // an earlier run's would be taken for this one's
        RecoveredCsvWriter.Write(group.Create(Output), input, file, recovered.Samples, isFilled, cancellationToken);
        group.Commit();
    }
}
