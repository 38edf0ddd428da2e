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
