using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Formats.Files;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Outputs;

/// <summary>The output files of <c>recover</c>: the heartbeats and their companions.</summary>
/// <param name="output">The file of the heartbeats.</param>
/// <param name="overwrite">Whether existing files may be replaced.</param>
internal sealed class RecoveredFiles(string output, bool overwrite)
{
    /// <summary>The file of the recovered heartbeats.</summary>
    public string Output => output;

    /// <summary>The file that marks the filled samples.</summary>
    public string Mask { get; } = RecoveredCsvWriter.MaskPathFor(output);

    /// <summary>The file of their 95 % intervals; written if the method has intervals.</summary>
    public string Interval { get; } = RecoveredCsvWriter.IntervalPathFor(output);

    /// <summary>The file that names the input and the method.</summary>
    public string Provenance { get; } = Path.ChangeExtension(output, ".provenance.json");

    /// <summary>Returns the number of rows without an observed sample, which stay missing.</summary>
    public static int RowsWithoutSignal(RecoveredSignal recovered) =>
        recovered.Gaps.Count(gap => gap.Span.Length == HeartbeatSet.BeatLength);

    /// <summary>Checks before anything is read that the files may be written.</summary>
    /// <param name="inputs">The input files; null for one that was not given.</param>
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

    /// <summary>Writes all files. The heartbeats come last, so that filled samples never exist without their companions.</summary>
    /// <param name="input">The input file.</param>
    /// <param name="file">The contents of the input file.</param>
    /// <param name="recovered">The recovered heartbeats.</param>
    /// <param name="provenance">The text of the provenance file.</param>
    /// <param name="cancellationToken">Cancels the work; no file is left then.</param>
    public void Write(string input, HeartbeatFile file, RecoveredSignal recovered, string provenance, CancellationToken cancellationToken)
    {
        using var group = new OutputGroup(overwrite);
        bool[] isFilled = [.. recovered.Origin.Select(origin => origin == SampleOrigin.Recovered)];
        RecoveredCsvWriter.WriteMask(group.Create(Mask), isFilled);
        group.WriteText(Provenance, provenance);
        if (recovered is { Lower: { } lower, Upper: { } upper })
            RecoveredCsvWriter.WriteInterval(group.Create(Interval), recovered.Samples, isFilled, lower, upper, cancellationToken);
        else
            group.Remove(Interval); // one of an earlier run does not belong to this output
        RecoveredCsvWriter.Write(group.Create(Output), input, file, recovered.Samples, isFilled, cancellationToken);
        group.Commit();
    }
}
