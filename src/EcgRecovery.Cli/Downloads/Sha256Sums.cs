using System.Buffers;
using System.Text;

namespace EcgRecovery.Cli.Downloads;

/// <summary>A file that SHA256SUMS.txt lists.</summary>
/// <param name="Name">Relative, with <c>/</c> between folders; safe to put below a folder, see <see cref="Sha256Sums"/>.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record ListedFile(string Name, string Sha256)
{
    /// <summary>Whether it lies in a sub-folder.</summary>
    public bool IsInSubfolder => Name.Contains('/');
}

/// <summary>Reads SHA256SUMS.txt as PhysioNet and <c>sha256sum</c> write it: a hash, one or two blanks (or a blank and <c>*</c>), a name.</summary>
/// <remarks>
/// What a server sends names files that will be written here, so a name may hold only what recordings' names hold: ASCII letters, digits
/// and <c>. _ - +</c>. That leaves no way out of the folder: no <c>..</c>, no absolute path, no backslash, drive or NUL.
/// </remarks>
internal static class Sha256Sums
{
    /// <summary>The list's own name.</summary>
    public const string FileName = "SHA256SUMS.txt";

    /// <summary>Ends the name of a file that has not come whole.</summary>
    public const string PartEnding = ".part";

    /// <summary>The largest list that is read: mitdb's 704 files take 61 kB.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>The most files a list may name.</summary>
    public const int MaximumFiles = 5000;

    private const int MaximumNameLength = 100;
    private const int HashLength = 64;
    private const int QuotedCharacters = 40;

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+/");

    /// <summary>The files, in the order of the list.</summary>
    /// <param name="bytes">The contents of SHA256SUMS.txt.</param>
    /// <param name="source">Where they came from, for errors.</param>
    /// <exception cref="InvalidDataException">It is no such list, or names what must not be written.</exception>
    public static IReadOnlyList<ListedFile> Parse(ReadOnlySpan<byte> bytes, string source)
    {
        var files = new List<ListedFile>();
        // A name that differs in case alone would be the same file on some disks.
        var hashes = new Dictionary<string, ListedFile>(StringComparer.OrdinalIgnoreCase);
        var number = 0;
        foreach (var line in Encoding.Latin1.GetString(bytes).AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsEmpty)
                continue;
            var where = $"line {number} of {source}";
            var file = ReadLine(line, where);
            if (hashes.TryGetValue(file.Name, out var earlier))
            {
                if (earlier != file)
                    throw new InvalidDataException($"{where} names {file.Name} a second time, with another hash or in another case; expected every file once.");
                continue;
            }

            hashes.Add(file.Name, file);
            files.Add(file);
            if (files.Count > MaximumFiles)
                throw new InvalidDataException($"{where} names one more than {MaximumFiles} files; expected at most so many.");
        }

        return files.Count > 0 ? files : throw new InvalidDataException($"{source} names no file; expected lines of a SHA-256 and a name.");
    }

    private static ListedFile ReadLine(ReadOnlySpan<char> line, string where)
    {
        var blanks = line.Length > HashLength + 1 && line[HashLength] == ' ' ? (line[HashLength + 1] is ' ' or '*' ? 2 : 1) : 0;
        if (blanks == 0 || line[..HashLength].ContainsAnyExcept(s_hexDigits))
            throw new InvalidDataException($"{where} is '{Shorten(line)}'; expected 64 hexadecimal digits, a blank and a file's name.");
        var name = line[(HashLength + blanks)..];
        if (!IsSafe(name))
            throw new InvalidDataException($"{where} names '{Shorten(name)}'; expected a relative name of letters, digits and . _ - + that stays in its folder.");
        if (name.Equals(FileName, StringComparison.OrdinalIgnoreCase) || name.EndsWith(PartEnding, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"{where} names {name}; expected neither the list itself nor a {PartEnding} file.");
        return new ListedFile(name.ToString(), line[..HashLength].ToString().ToLowerInvariant());
    }

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static bool IsSafe(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaximumNameLength || name.ContainsAnyExcept(s_nameCharacters))
            return false;
        // Neither "", as before a leading slash, nor "." and ".."; Windows drops a dot at the end.
        foreach (var range in name.Split('/'))
        {
            if (name[range] is "" or [.., '.'])
                return false;
        }

        return true;
    }

    private static string Shorten(ReadOnlySpan<char> text)
    {
        var cut = text.Length > QuotedCharacters ? $"{text[..QuotedCharacters]}…" : text.ToString();
        return string.Concat(cut.Select(c => c is < ' ' or (>= '\u007f' and < '\u00a0') ? '?' : c));
    }
}
