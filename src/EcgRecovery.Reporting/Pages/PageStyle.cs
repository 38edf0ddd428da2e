using System.Security.Cryptography;
using System.Text;

namespace EcgRecovery.Reporting.Pages;

/// <summary>The style sheet of a page that loads nothing, and the policy that allows this sheet only.</summary>
/// <param name="Css">The sheet.</param>
internal sealed record PageStyle(string Css)
{
    private const string Frame = "page.css";

    /// <summary>Content security policy: no load and no script; the page's style sheet is allowed by its hash.</summary>
    public string ContentSecurityPolicy =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; "
        + "base-uri 'none'; form-action 'none'";

    /// <summary>Reads the sheet of every page and further sheets of the assembly; later rules override earlier ones.</summary>
    public static PageStyle Read(params ReadOnlySpan<string> furtherSheets)
    {
        var css = new StringBuilder();
        foreach (var name in (ReadOnlySpan<string>)[Frame, .. furtherSheets])
        {
            using var stream = typeof(PageStyle).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"The style sheet {name} is not in the assembly.");
            using var reader = new StreamReader(stream, Encoding.UTF8);
            css.Append(reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal));
        }

        return new PageStyle(css.ToString());
    }
}
