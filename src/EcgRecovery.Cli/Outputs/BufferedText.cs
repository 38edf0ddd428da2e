using System.Text;

namespace EcgRecovery.Cli.Outputs;

/// <summary>A text writer that passes text on in large blocks: stdout is flushed after every write, which is slow for many lines.</summary>
/// <param name="target">Receives the text; not closed.</param>
internal sealed class BufferedText(TextWriter target) : TextWriter
{
    private const int BlockLength = 1 << 16;

    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public override Encoding Encoding => target.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => _text.Append(value);

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        _text.Append(value);
        if (_text.Length >= BlockLength)
            Flush();
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        _text.Append(value);
        Write(target.NewLine);
    }

    /// <inheritdoc/>
    public override void WriteLine() => Write(target.NewLine);

    /// <inheritdoc/>
    public override void Flush()
    {
        target.Write(_text.ToString());
        _text.Clear();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Flush();
        base.Dispose(disposing);
    }
}
