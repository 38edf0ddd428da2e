using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>The libraries know no command line: their texts and comments name none of its options.</summary>
public partial class LibraryWordsTests
{
    [Fact]
    public void No_text_or_comment_below_the_command_line_names_an_option()
    {
        var naming = SourceTree.Sources().Where(file => file.Floor != "EcgRecovery.Cli" && Options(file.Text).Any());
        Assert.Empty(naming.Select(file => file.RelativePath));
    }

    [Theory]
    [InlineData("var s = \"give --overwrite\";", "--overwrite")]
    [InlineData("var s = $\"{path} exists; give --overwrite\";", "--overwrite")]
    [InlineData("var s = \"\"\"\n  give --resume\n  \"\"\";", "--resume")]
    [InlineData("// as --gap says", "--gap")]
    [InlineData("/** <summary>See <c>--gap</c>.</summary> */ class C;", "--gap")]
    public void A_planted_option_is_found(string code, string option) => Assert.Equal([option], Options(code));

    [Theory]
    [InlineData("var i = --count;")]
    [InlineData("var s = \"a--b, 1--2, ---- \"; // -- a dash")]
    public void What_is_no_option_passes(string code) => Assert.Empty(Options(code));

    private static IEnumerable<string> Options(string code) => CSharpSyntaxTree.ParseText(code).GetRoot().DescendantTokens()
        .SelectMany(token => token.LeadingTrivia.Concat(token.TrailingTrivia).Select(trivia => trivia.ToFullString())
            .Append(IsText(token) ? token.Text : ""))
        .SelectMany(text => Option().Matches(text).Select(match => match.Value));

    private static bool IsText(SyntaxToken token) => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken;

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();
}
