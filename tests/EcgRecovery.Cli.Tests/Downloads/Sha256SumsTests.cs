using System.Text;
using EcgRecovery.Cli.Downloads;

namespace EcgRecovery.Cli.Tests.Downloads;

public class Sha256SumsTests
{
    private const string Hash = "8d8a5349fb16638ebbf649f1779d12e96d91b736b2aafe59db43719ae583d471";
    private const string OtherHash = "b2ea3c250e56e48f4b7b90697832b8ecd1afa1e0bb31f2dcfea4ed6e1075a639";

    [Theory]
    [InlineData($"{Hash} 100.atr\n{OtherHash} x/RECORDS\n")] // PhysioNet's way
    [InlineData($"{Hash}  100.atr\n{OtherHash}  x/RECORDS")] // sha256sum's
    [InlineData($"{Hash} *100.atr\r\n\r\n{OtherHash} *x/RECORDS\r\n")] // sha256sum --binary, by way of Windows
    [InlineData($"{Hash} 100.atr\n{OtherHash} x/RECORDS\n{Hash} 100.atr\n")]
    public void Names_and_hashes_are_read(string text) =>
        Assert.Equal([new ListedFile("100.atr", Hash), new ListedFile("x/RECORDS", OtherHash)], Parse(text));

    [Fact]
    public void Hashes_are_read_in_either_case() =>
        Assert.Equal(new ListedFile("203.at-", Hash), Assert.Single(Parse($"{Hash.ToUpperInvariant()} 203.at-\n")));

    [Fact]
    public void The_list_of_the_arrhythmia_database_is_read()
    {
        var folder = TestData.Folder("mitdb");
        Assert.SkipWhen(folder is null, "mitdb is not here");
        var files = Sha256Sums.Parse(File.ReadAllBytes(Path.Combine(folder, "SHA256SUMS.txt")), "SHA256SUMS.txt");
        Assert.Equal((704, 204), (files.Count, files.Count(file => !file.IsInSubfolder)));
        Assert.Equal(48, files.Count(file => !file.IsInSubfolder && file.Name.EndsWith(".dat", StringComparison.Ordinal)));
        Assert.Equal(new ListedFile("100.atr", Hash), files[0]);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("./100.atr")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("..\\evil")]
    [InlineData("C:\\evil")]
    [InlineData("C:evil")]
    [InlineData("a\0b")]
    [InlineData("a\u001b[2Jb")]
    [InlineData("100.atr.")]
    [InlineData("100 atr")]
    [InlineData("   100.atr")]
    [InlineData("é")]
    [InlineData("http://evil/x")]
    [InlineData("100.atr?x")]
    [InlineData("%2e%2e/evil")]
    public void A_name_that_leads_out_of_the_folder_or_is_odd_is_refused(string name)
    {
        var failure = Assert.Throws<InvalidDataException>(() => Parse($"{Hash} 100.dat\n{Hash} {name}\n"));
        Assert.StartsWith("line 2 of http://a/SHA256SUMS.txt names '", failure.Message);
        Assert.EndsWith("'; expected a relative name of letters, digits and . _ - + that stays in its folder.", failure.Message);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public void A_name_of_endless_length_is_refused_and_cut_in_the_message()
    {
        var failure = Assert.Throws<InvalidDataException>(() => Parse($"{Hash} {new string('a', 100_000)}\n"));
        Assert.InRange(failure.Message.Length, 100, 250);
    }

    [Theory]
    [InlineData("SHA256SUMS.txt")]
    [InlineData("sha256sums.TXT")]
    [InlineData("100.dat.part")]
    public void A_name_that_a_download_needs_for_itself_is_refused(string name) =>
        Assert.Contains(
            "expected neither the list itself nor a .part file",
            Assert.Throws<InvalidDataException>(() => Parse($"{Hash} {name}\n")).Message);

    [Theory]
    [InlineData($"{Hash} 100.dat\n{OtherHash} 100.dat\n")]
    [InlineData($"{Hash} a.dat\n{Hash} A.DAT\n")]
    public void A_file_that_is_listed_twice_and_differently_is_refused(string text) =>
        Assert.StartsWith("line 2 of http://a/SHA256SUMS.txt names ", Assert.Throws<InvalidDataException>(() => Parse(text)).Message);

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html>", "line 1 of http://a/SHA256SUMS.txt is '<!DOCTYPE html>'; expected 64 hexadecimal digits, a blank and a file's name.")]
    [InlineData(Hash, $"line 1 of http://a/SHA256SUMS.txt is '8d8a5349fb16638ebbf649f1779d12e96d91b736…'; expected 64 hexadecimal digits, a blank and a file's name.")]
    [InlineData($"{Hash} ", $"line 1 of http://a/SHA256SUMS.txt is '8d8a5349fb16638ebbf649f1779d12e96d91b736…'; expected 64 hexadecimal digits, a blank and a file's name.")]
    [InlineData($"g{Hash} x", $"line 1 of http://a/SHA256SUMS.txt is 'g8d8a5349fb16638ebbf649f1779d12e96d91b73…'; expected 64 hexadecimal digits, a blank and a file's name.")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709  x", "line 1 of http://a/SHA256SUMS.txt is 'da39a3ee5e6b4b0d3255bfef95601890afd80709…'; expected 64 hexadecimal digits, a blank and a file's name.")]
    [InlineData("\0\u0001\u009b", "line 1 of http://a/SHA256SUMS.txt is '???'; expected 64 hexadecimal digits, a blank and a file's name.")]
    [InlineData("\n\n", "http://a/SHA256SUMS.txt names no file; expected lines of a SHA-256 and a name.")]
    [InlineData("", "http://a/SHA256SUMS.txt names no file; expected lines of a SHA-256 and a name.")]
    public void What_is_no_such_list_is_told_in_one_line(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => Parse(text)).Message);

    [Fact]
    public void A_list_of_too_many_files_is_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 5001).Select(i => $"{Hash} {i}\n"));
        Assert.Equal(5000, Parse(text[..text.IndexOf($"{Hash} 5000", StringComparison.Ordinal)]).Count);
        Assert.Contains("names one more than 5000 files", Assert.Throws<InvalidDataException>(() => Parse(text)).Message);
    }

    private static IReadOnlyList<ListedFile> Parse(string text) => Sha256Sums.Parse(Encoding.Latin1.GetBytes(text), "http://a/SHA256SUMS.txt");
}
