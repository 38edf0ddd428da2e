using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EcgRecovery.Cli.Tests.House;

/// <summary>The use of a type in another file.</summary>
/// <param name="From">The file that uses the type.</param>
/// <param name="To">The file that declares it.</param>
/// <param name="Type">The type's name.</param>
internal sealed record TypeReference(SourceFile From, SourceFile To, string Type);

/// <summary>Finds which types the files of <c>src</c> use, by the compiler's own analysis.</summary>
/// <remarks>
/// <c>using</c> lines do not suffice: a nested namespace sees its parents without one. A type is used where it is named (in documentation
/// comments too), inferred (<c>var</c>, <c>new()</c>), or where its member is used. All floors are compiled as one program, so that the use
/// of a higher floor is found.
/// </remarks>
internal static class TypeReferences
{
    private const string AssemblyName = "AllFloors";

    // The implicit usings of Microsoft.NET.Sdk.
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    // A missing type or namespace: the references of this test would be incomplete.
    private static readonly string[] s_unresolved = ["CS0234", "CS0246"];

    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly string[] s_ownLibraries = ["EcgRecovery", "ecg-recovery"];

    // The framework and the packages: the test process itself runs on all that src refers to.
    private static readonly MetadataReference[] s_libraries =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !s_ownLibraries.Any(start => Path.GetFileName(path).StartsWith(start, StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Returns the uses of types that another of the files declares, one for each file and type, in the order of paths.</summary>
    public static IReadOnlyList<TypeReference> Find(IReadOnlyList<SourceFile> files)
    {
        var trees = files.AsParallel().ToDictionary(file => CSharpSyntaxTree.ParseText(file.Text, s_parseOptions, file.RelativePath));
        var program = CSharpCompilation.Create(
            AssemblyName,
            [.. trees.Keys, CSharpSyntaxTree.ParseText(ImplicitUsings, s_parseOptions)],
            s_libraries,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Assert.Empty(program.GetDeclarationDiagnostics().Where(diagnostic => s_unresolved.Contains(diagnostic.Id)));
        return
        [
            .. trees.AsParallel()
                .SelectMany(tree => UsedTypes(program.GetSemanticModel(tree.Key))
                    .Select(type => new TypeReference(tree.Value, trees[type.DeclaringSyntaxReferences[0].SyntaxTree], type.Name)))
                .Where(use => use.From != use.To)
                .OrderBy(use => use.From.RelativePath, StringComparer.Ordinal)
                .ThenBy(use => use.Type, StringComparer.Ordinal),
        ];
    }

    private static HashSet<INamedTypeSymbol> UsedTypes(SemanticModel model) =>
        model.SyntaxTree.GetRoot().DescendantNodes(descendIntoTrivia: true)
            .Where(node => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax)
            .SelectMany(node => Types(model.GetSymbolInfo(node)))
            .ToHashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);

    // Where the compiler does not choose, as at the nameof of an overloaded method, every candidate counts.
    private static IEnumerable<INamedTypeSymbol> Types(SymbolInfo info) =>
        (info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols)
            .Select(found => Outermost(found as INamedTypeSymbol ?? found.ContainingType))
            .OfType<INamedTypeSymbol>()
            .Where(type => type.ContainingAssembly?.Name == AssemblyName && !type.DeclaringSyntaxReferences.IsEmpty);

    // A nested type is a part of its type, an extension block of its class.
    private static INamedTypeSymbol? Outermost(INamedTypeSymbol? type) =>
        type?.ContainingType is { } outer ? Outermost(outer) : type?.OriginalDefinition;
}
