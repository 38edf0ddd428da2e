using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Settings.Benchmarks;

/// <summary>A method with other settings than those that ship; one change at a time.</summary>
/// <param name="Method">The method.</param>
/// <param name="Setting">What is changed, and to what.</param>
/// <param name="Loss">Which leads are lost.</param>
/// <param name="Create">Makes it.</param>
internal sealed record Variant(string Method, string Setting, LeadLoss Loss, Func<RecordRecoveryMethod> Create)
{
    /// <summary>The setting of what ships.</summary>
    public const string Shipped = "as it ships";

    private const double Flat = double.PositiveInfinity;

    /// <summary>All of them, method by method; the first of each method is the one that ships.</summary>
    public static IReadOnlyList<Variant> All { get; } =
    [
        .. Autoregressive(), .. MeanBeat(), .. LowRank(), .. KNearest(), .. LocallyLinear(), .. Similar(), .. OtherLeads(),
    ];

    private static IEnumerable<Variant> Autoregressive() =>
    [
        Of("autoregressive", Shipped, () => new AutoregressiveMethod()),
        .. Each([(4, 0.5), (4, 1.0), (8, 0.5), (8, 1.5), (12, 1.5), (16, 1.0), (16, 2.0)], pair => Of(
            "autoregressive",
            FormattableString.Invariant($"segment {pair.Item1} s, order {pair.Item2} s"),
            () => new AutoregressiveMethod(pair.Item1, pair.Item2))),
    ];

    private static IEnumerable<Variant> MeanBeat() =>
    [
        Of("mean-beat", Shipped, () => new MeanBeatMethod()),
        .. Each([0.01, 0.05, 0.1, 0.15, 0.2, 0.5], seam => Of(
            "mean-beat", FormattableString.Invariant($"seam {seam} s"), () => new MeanBeatMethod(seam))),
    ];

    private static IEnumerable<Variant> LowRank() =>
    [
        Of("low-rank", Shipped, () => new LowRankMethod()),
        .. Each([8, 32], rows => Of("low-rank", $"{rows} rows", () => new LowRankMethod(maximumRows: rows))),
        .. Each([0.02, 0.1], shrinkage => Of(
            "low-rank", FormattableString.Invariant($"shrinkage {shrinkage}"), () => new LowRankMethod(shrinkage: shrinkage))),
        .. Each([0.15, 0.2, 0.3], context => Of(
            "low-rank", FormattableString.Invariant($"context {context} s"), () => new LowRankMethod(contextSeconds: context))),
    ];

    private static IEnumerable<Variant> KNearest() =>
    [
        Of("knn", Shipped, () => new KNearestContextsMethod()),
        .. Each([16, 32], k => Contexts("knn", $"k {k}", 0.24, Flat, k, Flat)),
        .. Each([0.16, 0.36, 0.5], context => Contexts("knn", FormattableString.Invariant($"context {context} s"), context, Flat, 8, Flat)),
    ];

    private static IEnumerable<Variant> LocallyLinear() =>
    [
        Of("locally-linear", Shipped, () => new LocallyLinearContextsMethod()),
        .. Each([16, 32, 64, 256], k => Contexts("locally-linear", $"k {k}", 0.24, Flat, k, 0.8)),
        .. Each([0.1, 0.2, 0.4, 1.6], ridge => Contexts(
            "locally-linear", FormattableString.Invariant($"ridge {ridge}"), 0.24, Flat, 128, ridge)),
        Contexts("locally-linear", "k 32, ridge 0.1", 0.24, Flat, 32, 0.1),
        .. Each([0.16, 0.36], context =>
            Contexts("locally-linear", FormattableString.Invariant($"context {context} s"), context, Flat, 128, 0.8)),
    ];

    private static IEnumerable<Variant> Similar() =>
    [
        Of("similar", Shipped, () => new SimilarMethod()),
        .. Each([32, 96, 128], k => Like($"k {k}", settings => settings with { Neighbours = k })),
        .. Each([0.1, 0.4], ridge => Like(FormattableString.Invariant($"ridge {ridge}"), settings => settings with { Ridge = ridge })),
        .. Each([0, -3, -12], power => Like($"error power {power}", settings => settings with { ErrorPower = power })),
        Like("rigid places only", settings => settings with { IsElastic = false }),
        Like("no expected beats", settings => settings with { BeatsFromSeconds = Flat }),
        Like("no expected beats, k 128", settings => settings with { BeatsFromSeconds = Flat, Neighbours = 128 }),
        Like("expected beats from 0.25 s on", settings => settings with { BeatsFromSeconds = 0.25 }),
        .. Enumerable.Range(0, SimilarMethod.Settings.Shapes.Count).Select(i => Like(
            FormattableString.Invariant($"context of {SimilarMethod.Settings.Shapes[i].Seconds} s alone"),
            settings => settings with { Shapes = [settings.Shapes[i]] })),
    ];

    private static IEnumerable<Variant> OtherLeads() =>
    [
        Joint(Shipped, new JointSettings()),
        .. Each([0.25, 1.0, 3.0], weight => Joint(
            FormattableString.Invariant($"lead weight {weight}"), new JointSettings { LeadWeight = weight })),
        .. Each([32, 128], k => Joint($"k {k}", new JointSettings { Neighbours = k })),
        .. Each([0.1, 0.4], ridge => Joint(FormattableString.Invariant($"ridge {ridge}"), new JointSettings { Ridge = ridge })),
        .. Each([0, -3, -12], power => Joint($"error power {power}", new JointSettings { ErrorPower = power })),
    ];

    private static IEnumerable<Variant> Each<T>(IReadOnlyList<T> values, Func<T, Variant> of) => values.Select(of);

    private static Variant Of(string method, string setting, Func<RecordRecoveryMethod> create) =>
        new(method, setting, LeadLoss.All, create);

    private static Variant Contexts(string method, string setting, double seconds, double tau, int neighbours, double ridge) => Of(
        method,
        setting,
        () => new Contexts(
            method, new ContextSettings { Shapes = [new ContextShape(seconds, tau)], Neighbours = neighbours, Ridge = ridge }));

    private static Variant Like(string setting, Func<ContextSettings, ContextSettings> change) =>
        Of("similar", setting, () => new Contexts("similar", change(SimilarMethod.Settings)));

    private static Variant Joint(string setting, JointSettings settings) =>
        new("other-leads", setting, LeadLoss.One, () => new OtherLeadsMethod(settings: settings));
}

/// <summary>A method of places with settings of its own.</summary>
/// <param name="name">Its name.</param>
/// <param name="settings">The settings.</param>
internal sealed class Contexts(string name, ContextSettings settings) : ContextMethod(settings)
{
    public override string Name => name;
}
