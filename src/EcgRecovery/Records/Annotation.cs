namespace EcgRecovery.Records;

/// <summary>One annotation of a recording: a beat, a change of rhythm or signal quality, a comment.</summary>
/// <param name="Sample">Where, in samples of the record's own frequency, counted from 0.</param>
/// <param name="Code">What: the WFDB annotation code, see <see cref="BeatCode"/>.</param>
/// <param name="Subtype">WFDB <c>subtyp</c>, −128…127; its meaning depends on the code.</param>
/// <param name="Channel">WFDB <c>chan</c>, the signal that it is about, 0…255; often 0 throughout.</param>
/// <param name="Number">WFDB <c>num</c>, −128…127; its meaning is the annotator's own.</param>
/// <param name="Aux">Text, as in <c>(AFIB</c>; empty where there is none.</param>
/// <param name="OnsetSeconds">
/// The exact time from the record's start, where the file gives seconds (EDF+) and <paramref name="Sample"/> is the sample nearest to it; otherwise null.
/// </param>
/// <param name="DurationSeconds">How long what it speaks of lasts; null where the file does not say.</param>
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
    /// <summary>The code as WFDB prints it, as in <c>V</c>.</summary>
    public string Symbol => BeatCode.Symbol(Code);

    /// <summary>Whether it marks a heartbeat.</summary>
    public bool IsBeat => BeatCode.IsBeat(Code);
}

/// <summary>What a recording's annotation code means where the file says so itself: WFDB lets an annotator define codes of its own and rename those of <see cref="BeatCode"/>.</summary>
/// <param name="Code">The code, 1…49.</param>
/// <param name="Symbol">What stands for it in print, as in <c>CAL</c>.</param>
/// <param name="Description">In words, as in <c>Calibration</c>; empty where not said.</param>
public sealed record AnnotationDefinition(int Code, string Symbol, string Description = "");
