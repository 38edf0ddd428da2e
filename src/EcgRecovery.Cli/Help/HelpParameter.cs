namespace EcgRecovery.Cli.Help;

/// <summary>An option or an argument of a command.</summary>
internal sealed record HelpParameter
{
    /// <summary>The names of an option, those of one letter first; empty for an argument.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The value; null for a switch.</summary>
    public HelpValue? Value { get; init; }

    /// <summary>A sentence or more.</summary>
    public required string Description { get; init; }

    /// <summary>Whether an option must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The value of an option that is not given, as it would be written; empty where there is none to show.</summary>
    public string Default { get; init; } = "";

    /// <summary>Names and value, as in <c>-f, --from &lt;TIME&gt;</c> or <c>&lt;IN&gt;</c>.</summary>
    public string Label => string.Join(' ', [.. Names.Count > 0 ? (string[])[string.Join(", ", Names)] : [], .. ValueLabel]);

    /// <summary>The description, then whether it must be given and its default.</summary>
    public string Text
    {
        get
        {
            string[] parts = [Description, IsRequired ? "[required]" : "", Default.Length > 0 ? $"[default: {Default}]" : ""];
            return string.Join(' ', parts.Where(part => part.Length > 0));
        }
    }

    private string[] ValueLabel => Value is null ? [] : [$"<{Value.Name}>"];
}

/// <summary>The value of an option or an argument.</summary>
/// <param name="Name">Its name in the help, as in <c>DIR</c> or <c>NAME|FILE</c>.</param>
/// <param name="Choices">Fixed values that it may have; with <see cref="HelpFiles"/> beside them, also others.</param>
/// <param name="Files">Whether it may be the name of a file or a folder.</param>
/// <param name="IsRepeatable">Whether it may be given several times.</param>
/// <param name="TakesSeveral">Whether several values may follow one name.</param>
internal sealed record HelpValue(
    string Name, IReadOnlyList<string> Choices, HelpFiles Files, bool IsRepeatable = false, bool TakesSeveral = false);

/// <summary>The files that a value may name.</summary>
internal enum HelpFiles
{
    /// <summary>None.</summary>
    None,

    /// <summary>Files; folders on the way to them.</summary>
    Files,

    /// <summary>Folders only.</summary>
    Folders,
}
