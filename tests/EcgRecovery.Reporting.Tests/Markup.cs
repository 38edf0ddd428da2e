using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Tests;

/// <summary>Drawings and pages, parsed as XML.</summary>
internal static class Markup
{
    /// <summary>Parses a document; fails if it is not well-formed. A bare document type is allowed.</summary>
    public static XElement Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }

    public static XElement Parse(Figure figure) => Parse(figure.Svg);

    /// <summary>Returns the elements of a name in any namespace.</summary>
    public static IEnumerable<XElement> Elements(this XElement root, string name, string? cssClass) =>
        root.Descendants().Where(e => e.Name.LocalName == name && (cssClass is null || (string?)e.Attribute("class") == cssClass));

    /// <summary>Returns the texts of a drawing.</summary>
    public static IEnumerable<string> Texts(this XElement root) => root.Elements("text", null).Select(e => e.Value);

    public static double Number(this XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    /// <summary>Returns the points of a path of one or more lines.</summary>
    public static List<(double X, double Y)> Points(this XElement path) =>
        [.. ((string)path.Attribute("d")!).TrimEnd('Z').Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries).Select(point =>
        {
            var parts = point.Split(' ');
            return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
        })];

    /// <summary>Fails if a document loads, runs or links to anything.</summary>
    public static void AssertLoadsNothing(string document)
    {
        var root = Parse(document);
        string[] loaders =
        [
            "script", "link", "img", "image", "iframe", "object", "embed", "use", "base", "a", "foreignObject", "audio", "video",
        ];
        string[] references = ["src", "srcset", "href", "data", "action", "formaction", "poster", "background", "ping"];
        foreach (var element in root.DescendantsAndSelf())
        {
            Assert.DoesNotContain(element.Name.LocalName, loaders);
            foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
            {
                Assert.DoesNotContain(attribute.Name.LocalName, references);
                Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.ToString());
                Assert.DoesNotContain("://", attribute.Value, StringComparison.Ordinal);
                Assert.DoesNotContain("url(", attribute.Value, StringComparison.OrdinalIgnoreCase);
            }
        }

        foreach (var style in root.Elements("style", null))
        {
            Assert.DoesNotContain("url(", style.Value, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("@import", style.Value, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("//", style.Value, StringComparison.Ordinal);
        }
    }
}
