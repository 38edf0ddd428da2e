namespace EcgRecovery.Formats.Wfdb;

/// <summary>Codes of the words of an annotation file in MIT format that are no annotations.</summary>
/// <remarks>Source: WFDB, annot(5), https://physionet.org/physiotools/wag/annot-5.htm, and <c>put_ann_table</c> in its library for the notes.</remarks>
internal static class MitAnnotation
{
    /// <summary>The next annotation's time is further away, or earlier, than ten bits can say.</summary>
    public const int Skip = 59;

    /// <summary>The annotation's number, and that of those that follow.</summary>
    public const int Num = 60;

    /// <summary>The annotation's subtype.</summary>
    public const int Sub = 61;

    /// <summary>The annotation's channel, and that of those that follow.</summary>
    public const int Chn = 62;

    /// <summary>A text of the annotation.</summary>
    public const int Aux = 63;

    /// <summary>The code of a note.</summary>
    public const int Note = 22;

    /// <summary>How a note begins that says in what times are counted.</summary>
    public const string TimeResolution = "## time resolution: ";

    /// <summary>The note before definitions of codes.</summary>
    public const string Definitions = "## annotation type definitions";

    /// <summary>The note after them.</summary>
    public const string EndOfDefinitions = "## end of definitions";

    /// <summary>The longest text, in bytes: its length must fit a byte in WFDB's library.</summary>
    public const int MaximumAuxBytes = 255;
}

/// <summary>How an annotation file says things that can be said in several ways.</summary>
/// <param name="OpeningNotes">The notes at its beginning that are about the file, in bytes.</param>
/// <param name="HasNullAfterNotes">Whether an annotation without a code ends them.</param>
/// <param name="ZeroClosed">The annotations, by index, whose text's length counts a closing zero in, as in old databases.</param>
internal sealed record MitAnnotationStyle(IReadOnlyList<byte[]> OpeningNotes, bool HasNullAfterNotes, IReadOnlySet<int> ZeroClosed);
