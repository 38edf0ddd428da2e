using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Wfdb;

/// <summary>The content of a WFDB annotation file (<c>.atr</c> and others) in MIT format.</summary>
/// <remarks>
/// Times are counted in samples of the record's own frequency (WFDB's frames), or in ticks if the file gives their number per second.
/// Source: WFDB, annot(5), https://physionet.org/physiotools/wag/annot-5.htm.
/// </remarks>
internal sealed class WfdbAnnotationFile
{
    // A day of 100,000 annotated beats takes some 2 MiB with texts.
    private const long MaximumBytes = 32 << 20;

    /// <summary>The annotations, in the file's order; their samples are ticks if <see cref="TicksPerSecond"/> is given.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>Ticks per second, from a note at the file's beginning; null = times are counted in the record's samples.</summary>
    public double? TicksPerSecond { get; init; }

    /// <summary>The codes that the file defines.</summary>
    public IReadOnlyList<AnnotationDefinition> Definitions { get; init; } = [];

    /// <summary>
    /// The choices of the file that was read, with which it can be written again to the byte; null = those of WFDB's library.
    /// </summary>
    internal MitAnnotationStyle? Style { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is truncated, or no annotation file in MIT format.</exception>
    public static WfdbAnnotationFile Read(string path) =>
        MitAnnotationReader.Decode(InputFile.ReadAllBytes(path, MaximumBytes), path);

    /// <summary>Returns the annotations in the samples of a record.</summary>
    /// <param name="samplingFrequencyHz">The record's frequency.</param>
    /// <returns>
    /// The annotations; if times are ticks, at the nearest samples, and with the exact time if it is not that of the sample.
    /// </returns>
    /// <exception cref="InvalidDataException">A time is too large.</exception>
    public IReadOnlyList<Annotation> InSamples(double samplingFrequencyHz)
    {
        if (TicksPerSecond is not { } ticks || ticks == samplingFrequencyHz)
            return Annotations;
        return [.. Annotations.Select(annotation => WfdbTicks.ToSamples(annotation, ticks, samplingFrequencyHz))];
    }

    /// <summary>Writes the file.</summary>
    /// <param name="destination">Receives the bytes.</param>
    /// <returns>One sentence for each thing that the format cannot hold.</returns>
    /// <exception cref="InvalidDataException">A code, number or time of an annotation does not fit the format.</exception>
    public IReadOnlyList<string> WriteTo(Stream destination) => MitAnnotationWriter.Write(this, destination);
}
