namespace EcgRecovery.Reporting.Drawing;

/// <summary>SVG files.</summary>
internal static class SvgFile
{
    /// <summary>Returns a drawing as an XML document, UTF-8.</summary>
    public static string Document(Figure figure) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{figure.Svg}\n";
}
