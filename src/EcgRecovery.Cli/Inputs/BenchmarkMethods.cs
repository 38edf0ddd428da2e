using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The methods that a benchmark tests, by their names.</summary>
/// <remarks>
/// A name of a method, or a model file, takes the estimate of <c>--estimate</c>; with <c>-placed</c> behind it the placed one, so that both
/// stand in one table. <c>oracle-times</c> is no method and only tested where it is named.
/// </remarks>
internal static class BenchmarkMethods
{
    /// <summary>All methods that have the estimate.</summary>
    public const string All = "all";

    private const string PlacedSuffix = "-placed";

    /// <summary>What can be named.</summary>
    public static string Names { get; } =
        $"{RecoveryMethods.Names(RecoveryMethods.ForRecords)}, each with {PlacedSuffix} behind it for the placed estimate where it has "
            + $"one; {OracleTimesEntrant.EntrantName}, the method similar with the beats known";

    /// <summary>All that can be named, one by one.</summary>
    public static string[] Choices { get; } =
    [
        .. RecoveryMethods.ForRecords.Select(method => method.Name),
        .. RecoveryMethods.WithEstimate(RecoveryEstimate.Placed).Select(method => $"{method.Name}{PlacedSuffix}"),
        OracleTimesEntrant.EntrantName,
        All,
    ];

    /// <summary>Finds the methods.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="estimate">The estimate of names that do not tell it.</param>
    /// <exception cref="UsageException">A name is none, or a method has no such estimate.</exception>
    public static List<BenchmarkMethod> Find(IEnumerable<string> names, RecoveryEstimate estimate) =>
    [
        .. names.SelectMany(name => name switch
        {
            All => RecoveryMethods.WithEstimate(estimate).Select(method => new BenchmarkMethod(method, estimate)),
            OracleTimesEntrant.EntrantName => [new BenchmarkMethod(null, estimate)],
            _ => [Find(name, estimate)],
        }).DistinctBy(method => (method.Name, method.Info?.Name)),
    ];

    /// <summary>Refuses two methods that tables would name alike: files of one name, or one that is named as a method.</summary>
    /// <exception cref="UsageException">There are two.</exception>
    public static void RefuseAlike(IEnumerable<BenchmarkMethod> methods)
    {
        if (methods.CountBy(method => method.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } name })
            throw new UsageException($"two methods have the name {name} in tables; rename a model file");
    }

    private static BenchmarkMethod Find(string name, RecoveryEstimate estimate)
    {
        var isPlaced = name.EndsWith(PlacedSuffix, StringComparison.Ordinal);
        var method = RecoveryMethods.Find(isPlaced ? name[..^PlacedSuffix.Length] : name)
            ?? throw new UsageException($"--method '{name}' is no method; expected {RecoveryMethods.Names(RecoveryMethods.ForRecords)}, "
                + $"{OracleTimesEntrant.EntrantName}, {All} or a model file");
        estimate = isPlaced ? RecoveryEstimate.Placed : estimate;
        if (!method.RecoversRecords)
        {
            throw new UsageException($"--method {name} recovers single heartbeats only; expected "
                + $"{RecoveryMethods.Names(RecoveryMethods.ForRecords)} or {All}");
        }

        return method.HasEstimate(estimate)
            ? new BenchmarkMethod(method, estimate)
            : throw new UsageException($"--method {name} has no placed estimate; expected "
                + $"{RecoveryMethods.Names(RecoveryMethods.WithEstimate(estimate))} or {All}");
    }
}

/// <summary>A method that a benchmark tests.</summary>
/// <param name="Info">The method; null for the oracle of times.</param>
/// <param name="Estimate">Its estimate.</param>
internal sealed record BenchmarkMethod(RecoveryMethodInfo? Info, RecoveryEstimate Estimate)
{
    /// <summary>The name in tables.</summary>
    public string Name => Info switch
    {
        null => OracleTimesEntrant.EntrantName,
        { IsModel: true, IsShippedModel: false } => RecoveryMethod.NameWith(Path.GetFileNameWithoutExtension(Info.Name), Estimate),
        _ => RecoveryMethod.NameWith(Info.Name, Estimate),
    };
}
