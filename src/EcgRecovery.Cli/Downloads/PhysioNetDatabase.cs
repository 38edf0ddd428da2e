namespace EcgRecovery.Cli.Downloads;

/// <summary>A database of PhysioNet.</summary>
/// <param name="Name">Its short name, also in PhysioNet's addresses.</param>
/// <param name="Title">Its full name and version.</param>
/// <param name="Address">Address of its files; ends with a slash.</param>
/// <param name="Citation">The publication that its authors ask to cite, beside PhysioNet's.</param>
internal sealed record PhysioNetDatabase(string Name, string Title, Uri Address, string Citation)
{
    /// <summary>The licence of every database here.</summary>
    public const string License = "Open Data Commons Attribution License 1.0 (ODC-BY 1.0), https://opendatacommons.org/licenses/by/1-0/";

    /// <summary>The publication that PhysioNet asks to cite.</summary>
    public const string PhysioNetCitation =
        "Goldberger AL, Amaral LAN, Glass L, et al. PhysioBank, PhysioToolkit, and PhysioNet: components of a new research resource for "
        + "complex physiologic signals. Circulation 101(23):e215–e220, 2000. doi:10.1161/01.CIR.101.23.e215";

    /// <summary>The databases that can be downloaded.</summary>
    public static IReadOnlyList<PhysioNetDatabase> All { get; } =
    [
        new(
            "mitdb",
            "MIT-BIH Arrhythmia Database 1.0.0",
            new Uri("https://physionet.org/files/mitdb/1.0.0/"),
            "Moody GB, Mark RG. The impact of the MIT-BIH Arrhythmia Database. IEEE Eng in Med and Biol 20(3):45–50, 2001. "
            + "doi:10.1109/51.932724"),
        new(
            "nstdb",
            "MIT-BIH Noise Stress Test Database 1.0.0",
            new Uri("https://physionet.org/files/nstdb/1.0.0/"),
            "Moody GB, Muldrow WE, Mark RG. A noise stress test for arrhythmia detectors. Computers in Cardiology 11:381–384, 1984."),
    ];
}
