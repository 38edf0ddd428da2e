namespace EcgRecovery.Formats.Edf;

/// <summary>The differences between EDF and BDF.</summary>
/// <param name="Name">The name, with which the header's reserved field begins: EDF+C, BDF+C.</param>
/// <param name="BytesPerSample">2 or 3, little-endian, two's complement.</param>
internal sealed record EdfKind(string Name, int BytesPerSample)
{
    /// <summary>The European Data Format, with 16 bits per sample; EDF+C and EDF+D are written.</summary>
    /// <remarks>
    /// Sources: Kemp et al. 1992, doi:10.1016/0013-4694(92)90009-7 (EDF); Kemp and Olivan 2003, doi:10.1016/S1388-2457(03)00123-8 (EDF+),
    /// https://www.edfplus.info/specs/edfplus.html.
    /// </remarks>
    public static EdfKind Edf { get; } = new("EDF", 2);

    /// <summary>BioSemi's Data Format, with 24 bits per sample; BDF+ is written.</summary>
    /// <remarks>
    /// Sources: https://www.biosemi.com/faq/file_format.htm; https://www.teuniz.net/edfbrowser/bdfplus%20format%20description.html.
    /// </remarks>
    public static EdfKind Bdf { get; } = new("BDF", 3);

    /// <summary>The smallest value of a sample.</summary>
    public int Minimum => -(1 << ((8 * BytesPerSample) - 1));

    /// <summary>The largest value of a sample.</summary>
    public int Maximum => (1 << ((8 * BytesPerSample) - 1)) - 1;

    /// <summary>The label of the signals that hold annotations.</summary>
    public string AnnotationLabel => Name + " Annotations";
}
