namespace EcgRecovery.Records;

/// <summary>One annotation of a recording: a beat, a change of rhythm or signal quality, a comment.</summary>
/// <param name="Sample">The sample, counted from 0 at the record's own frequency.</param>
/// <param name="Code">WFDB annotation code, see <see cref="BeatCode"/>.</param>
/// <param name="Subtype">WFDB <c>subtyp</c>, −128…127; its meaning depends on the code.</param>
/// <param name="Channel">WFDB <c>chan</c>, the number of the signal, 0…255; often 0 throughout.</param>
/// <param name="Number">WFDB <c>num</c>, −128…127; the annotator defines its meaning.</param>
/// <param name="Aux">Text, as in <c>(AFIB</c>; empty where there is none.</param>
/// <param name="OnsetSeconds">
/// Exact seconds from the record's start where the file has them (EDF+); <paramref name="Sample"/> is then the nearest sample. Otherwise
/// null.
/// </param>
/// <param name="DurationSeconds">Duration of the annotated event; null where the file has none.</param>
public readonly record struct Annotation(
    long Sample,
    int Code,
    int Subtype = 0,
    int Channel = 0,
    int Number = 0,
    string Aux = "",
    decimal? OnsetSeconds = null,
    decimal? DurationSeconds = null)
{
    /// <summary>The code's WFDB symbol, as in <c>V</c>.</summary>
    public string Symbol => BeatCode.Symbol(Code);

    /// <summary>Whether the annotation is a heartbeat.</summary>
    public bool IsBeat => BeatCode.IsBeat(Code);
}

/// <summary>An annotation code that a file defines or renames; WFDB lets annotators do both.</summary>
/// <param name="Code">The code, 1…49.</param>
/// <param name="Symbol">Its symbol in print, as in <c>CAL</c>.</param>
/// <param name="Description">A description, as in <c>Calibration</c>; empty where the file has none.</param>
public sealed record AnnotationDefinition(int Code, string Symbol, string Description = "");
