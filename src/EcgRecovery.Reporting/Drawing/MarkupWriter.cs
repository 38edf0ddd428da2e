using System.Text;

namespace EcgRecovery.Reporting.Drawing;

/// <summary>A writer of markup that is both XML and HTML: well-formed, escaped, the same bytes for the same calls.</summary>
/// <remarks>
/// An element that holds elements is written over several lines, one that holds text on one line, because white space in text is visible.
/// </remarks>
internal sealed class MarkupWriter
{
    private readonly StringBuilder _markup = new();
    private readonly Stack<(string Name, bool HoldsText, bool HoldsElements)> _open = new();

    /// <summary>Opens an element; <see cref="End"/> closes it with an end tag, which HTML needs even for an empty element.</summary>
    public void Start(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Tag(name, attributes);
        _markup.Append('>');
        _open.Push((name, false, false));
    }

    /// <summary>Closes the innermost open element.</summary>
    public void End()
    {
        var (name, _, holdsElements) = _open.Pop();
        if (holdsElements)
            NewLine();
        _markup.Append("</").Append(name).Append('>');
    }

    /// <summary>Writes an element that closes itself: HTML's void elements and SVG's shapes.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Tag(name, attributes);
        _markup.Append(" />");
    }

    /// <summary>Writes an element that holds text only.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        Text(text);
        End();
    }

    /// <summary>Writes text, escaped.</summary>
    public void Text(string text)
    {
        Holds(text: true);
        Escape(text);
    }

    /// <summary>Writes finished markup of another writer.</summary>
    public void Nest(string markup)
    {
        BeginElement();
        _markup.Append(markup);
    }

    /// <summary>Writes CSS, which HTML reads without unescaping: it may not contain characters that XML escapes.</summary>
    /// <exception cref="ArgumentException">The text holds <c>&lt;</c> or <c>&amp;</c>.</exception>
    public void Style(string css)
    {
        if (css.AsSpan().ContainsAny('<', '&'))
            throw new ArgumentException("The style sheet holds '<' or '&'; expected CSS that XML and HTML read alike.", nameof(css));
        Start("style");
        Holds(text: true);
        _markup.Append(css);
        End();
    }

    /// <summary>Returns the markup.</summary>
    /// <exception cref="InvalidOperationException">An element is still open.</exception>
    public string Finish() =>
        _open.Count == 0
            ? _markup.ToString()
            : throw new InvalidOperationException($"Element <{_open.Peek().Name}> is still open.");

    private void Tag(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        BeginElement();
        _markup.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            _markup.Append(' ').Append(attribute).Append("=\"");
            Escape(value);
            _markup.Append('"');
        }
    }

    private void BeginElement()
    {
        if (_open.Count > 0 && !_open.Peek().HoldsText)
        {
            Holds(text: false);
            NewLine();
        }
        else if (_open.Count == 0 && _markup.Length > 0)
        {
            NewLine();
        }
    }

    private void Holds(bool text)
    {
        if (_open.Count == 0)
            throw new InvalidOperationException("Text is outside of every element.");
        var (name, holdsText, holdsElements) = _open.Pop();
        _open.Push((name, holdsText || text, holdsElements || !text));
    }

    private void NewLine() => _markup.Append('\n');

    /// <summary>Escapes text; characters that XML 1.0 does not allow (control characters, half surrogates) become U+FFFD.</summary>
    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => _markup.Append("&lt;"),
                '>' => _markup.Append("&gt;"),
                '&' => _markup.Append("&amp;"),
                '"' => _markup.Append("&quot;"),
                '\t' or '\n' or '\r' => _markup.Append(' '),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => _markup.Append('\uFFFD'),
                _ => _markup.Append(rune.ToString()),
            };
        }
    }
}
