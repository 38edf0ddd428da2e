using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>The contents of a WFDB annotation file (<c>.atr</c> and others) in MIT format.</summary>
/// <remarks>
/// Annotations count in the samples of the record's own frequency (WFDB's frames), or in ticks where the file says how many there are in a second.
/// Source: WFDB, annot(5), https://physionet.org/physiotools/wag/annot-5.htm.
/// </remarks>
internal sealed class WfdbAnnotationFile
{
    // A day of 100,000 annotated beats takes some 2 MiB with texts.
    private const long MaximumBytes = 32 << 20;

    /// <summary>The annotations, in the file's order; their samples are ticks where <see cref="TicksPerSecond"/> is given.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>In what times are counted, as a note at the file's beginning says; null = in the record's samples.</summary>
    public double? TicksPerSecond { get; init; }

    /// <summary>The codes that the file defines for itself.</summary>
    public IReadOnlyList<AnnotationDefinition> Definitions { get; init; } = [];

    /// <summary>How the file that was read said things that can be said in several ways, so that it can be written again to the byte; null = as WFDB's library does.</summary>
    internal MitAnnotationStyle? Style { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is truncated, or no annotation file in MIT format.</exception>
    public static WfdbAnnotationFile Read(string path) => MitAnnotationReader.Decode(InputFile.ReadAllBytes(path, MaximumBytes), path);

    /// <summary>The annotations in the samples of a record.</summary>
    /// <param name="samplingFrequencyHz">The record's frequency.</param>
    /// <returns>Where the file counts ticks: each annotation at the sample nearest to it, with its exact time where that is none.</returns>
    /// <exception cref="InvalidDataException">A time lies beyond what can be counted.</exception>
    public IReadOnlyList<Annotation> InSamples(double samplingFrequencyHz)
    {
        if (TicksPerSecond is not { } ticks || ticks == samplingFrequencyHz)
            return Annotations;
        return [.. Annotations.Select(annotation => WfdbTicks.ToSamples(annotation, ticks, samplingFrequencyHz))];
    }

    /// <summary>Writes the file.</summary>
    /// <param name="destination">Receives it.</param>
    /// <returns>What the format cannot hold and is lost, one sentence each.</returns>
    /// <exception cref="InvalidDataException">An annotation has a code, number or time that the format has no room for.</exception>
    public IReadOnlyList<string> WriteTo(Stream destination) => MitAnnotationWriter.Write(this, destination);
}
