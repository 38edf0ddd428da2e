namespace EcgRecovery.Reporting.Drawing;

/// <summary>A drawing as a file of its own.</summary>
internal static class SvgFile
{
    /// <summary>The drawing's element as a whole XML document, UTF-8.</summary>
    public static string Document(Figure figure) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{figure.Svg}\n";
}
