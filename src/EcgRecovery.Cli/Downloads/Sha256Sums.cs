using System.Buffers;
using System.Text;

namespace EcgRecovery.Cli.Downloads;

/// <summary>A file of SHA256SUMS.txt.</summary>
/// <param name="Name">Relative path with <c>/</c> between folders; never leads out of its folder, see <see cref="Sha256Sums"/>.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record ListedFile(string Name, string Sha256)
{
    /// <summary>Whether the file is in a sub-folder.</summary>
    public bool IsInSubfolder => Name.Contains('/');
}

/// <summary>Reads SHA256SUMS.txt: lines of a hash, one or two blanks (or a blank and <c>*</c>), and a name.</summary>
/// <remarks>
/// The server's list names files that are written here, so names may hold only ASCII letters, digits and <c>. _ - +</c>, as the names of
/// recordings do. No name can lead out of the folder: no <c>..</c>, absolute path, backslash, drive or NUL.
/// </remarks>
internal static class Sha256Sums
{
    /// <summary>The list's file name.</summary>
    public const string FileName = "SHA256SUMS.txt";

    /// <summary>The ending of the name of an incomplete file.</summary>
    public const string PartEnding = ".part";

    /// <summary>The largest list that is read; mitdb's 704 files take 61 kB.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>The largest number of files in a list.</summary>
    public const int MaximumFiles = 5000;

    private const int MaximumNameLength = 100;
    private const int HashLength = 64;
    private const int QuotedCharacters = 40;

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+/");

    /// <summary>Returns the files in the order of the list.</summary>
    /// <param name="bytes">The contents of SHA256SUMS.txt.</param>
    /// <param name="source">The list's address, for errors.</param>
    /// <exception cref="InvalidDataException">The list is not valid, or has a name that is not allowed.</exception>
    public static IReadOnlyList<ListedFile> Parse(ReadOnlySpan<byte> bytes, string source)
    {
        var files = new List<ListedFile>();
        // Names that differ only in case are one file on some disks.
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
                if (earlier == file)
                    continue;
                throw new InvalidDataException(
                    $"{where} names {file.Name} a second time, with another hash or in another case; expected every file once.");
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
        {
            throw new InvalidDataException(
                $"{where} names '{Shorten(name)}'; expected a relative name of letters, digits and . _ - + that stays in its folder.");
        }

        if (name.Equals(FileName, StringComparison.OrdinalIgnoreCase) || name.EndsWith(PartEnding, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"{where} names {name}; expected neither the list itself nor a {PartEnding} file.");
        return new ListedFile(name.ToString(), line[..HashLength].ToString().ToLowerInvariant());
    }

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static bool IsSafe(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaximumNameLength || name.ContainsAnyExcept(s_nameCharacters))
            return false;
        // Not "" (before a leading slash), "." or ".."; Windows drops a dot at the end.
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
