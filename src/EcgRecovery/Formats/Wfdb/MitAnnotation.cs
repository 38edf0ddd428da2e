namespace EcgRecovery.Formats.Wfdb;

/// <summary>The pseudo-codes and special notes of annotation files in MIT format.</summary>
/// <remarks>
/// Source: WFDB, annot(5), https://physionet.org/physiotools/wag/annot-5.htm; for the notes <c>put_ann_table</c> in its library.
/// </remarks>
internal static class MitAnnotation
{
    /// <summary>A step to the next annotation that does not fit ten bits, or goes back.</summary>
    public const int Skip = 59;

    /// <summary>The number of this annotation and the following ones.</summary>
    public const int Num = 60;

    /// <summary>The subtype of the annotation.</summary>
    public const int Sub = 61;

    /// <summary>The channel of this annotation and the following ones.</summary>
    public const int Chn = 62;

    /// <summary>The text of the annotation.</summary>
    public const int Aux = 63;

    /// <summary>The code of a note.</summary>
    public const int Note = 22;

    /// <summary>The beginning of a note with the number of ticks per second.</summary>
    public const string TimeResolution = "## time resolution: ";

    /// <summary>The note before definitions of codes.</summary>
    public const string Definitions = "## annotation type definitions";

    /// <summary>The note after definitions of codes.</summary>
    public const string EndOfDefinitions = "## end of definitions";

    /// <summary>The longest text, in bytes: WFDB's library has one byte for its length.</summary>
    public const int MaximumAuxBytes = 255;
}

/// <summary>The choices of an annotation file where the format allows several.</summary>
/// <param name="OpeningNotes">The notes about the file at its beginning, in bytes.</param>
/// <param name="HasNullAfterNotes">Whether an annotation without a code ends them.</param>
/// <param name="ZeroClosed">Indices of the annotations whose text includes a closing zero, as in old databases.</param>
internal sealed record MitAnnotationStyle(IReadOnlyList<byte[]> OpeningNotes, bool HasNullAfterNotes, IReadOnlySet<int> ZeroClosed);
