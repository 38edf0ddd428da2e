using System.Security.Cryptography;
using System.Text;

namespace EcgRecovery.Reporting.Drawing;

/// <summary>The style sheet of a page that loads nothing, and the policy that allows it and nothing else.</summary>
/// <param name="Css">The sheet.</param>
internal sealed record PageStyle(string Css)
{
    /// <summary>Forbids every load and every script; allows the one style sheet in the page, by its hash.</summary>
    public string ContentSecurityPolicy =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the head of a page in this style.</summary>
    /// <param name="markup">Stands before the page's body.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="toolVersion">Version of the program that makes it.</param>
    public void WriteHead(MarkupWriter markup, string title, string toolVersion)
    {
        markup.Start("head");
        markup.Empty("meta", ("charset", "utf-8"));
        markup.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", ContentSecurityPolicy));
        markup.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        markup.Empty("meta", ("name", "generator"), ("content", $"EcgRecovery {toolVersion}"));
        markup.Element("title", title);
        markup.Style(Css);
        markup.End();
    }

    /// <summary>Reads style sheets of the assembly, the later of which overrule the earlier.</summary>
    public static PageStyle Read(params ReadOnlySpan<string> names)
    {
        var css = new StringBuilder();
        foreach (var name in names)
        {
            using var stream = typeof(PageStyle).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"The style sheet {name} is not in the assembly.");
            using var reader = new StreamReader(stream, Encoding.UTF8);
            css.Append(reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal));
        }

        return new PageStyle(css.ToString());
    }
}
