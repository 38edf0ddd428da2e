using EcgRecovery.Recovery;
using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Methods;
using EcgRecovery.Recovery.Beats.Model;
using EcgRecovery.Recovery.Beats.Neighbours;
using EcgRecovery.Recovery.Records;
using EcgRecovery.Recovery.Records.Methods;
using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery;

/// <summary>The list of all recovery methods: formulas, methods that learn from reference data, and the models that ship.</summary>
public static class RecoveryMethods
{
    /// <summary>All of them: reference methods, simplest first, then shipped models by name. Tables keep this order.</summary>
    public static IReadOnlyList<RecoveryMethodInfo> All { get; } =
    [
        Interpolation("zeros", "zeros in the gap: what the original system amounts to", () => new ZerosMethod()),
        Interpolation("hold", "the last sample before the gap", () => new HoldMethod()),
        new("mean", "the mean of the observed samples around the gap") { ForRecords = () => new MeanMethod() },
        Interpolation("linear", "a straight line across the gap", () => new LinearMethod()),
        Interpolation("cubic", "a shape-preserving cubic across the gap (PCHIP)", () => new CubicMethod()),
        new("autoregressive", "autoregressive continuations of both sides, cross-faded") { ForRecords = () => new AutoregressiveMethod() },
        new("mean-beat", "the mean beat of the lead, placed by the rhythm") { ForRecords = () => new MeanBeatMethod() },
        Learning(
            "conditional-gaussian",
            "ridge regression on the visible samples, one for all beats",
            (references, threads) => new ConditionalGaussianMethod(references, threads)),
        Learning(
            "knn",
            "the mean of the nearest reference beats, or of the nearest places of the lead itself",
            (references, threads) => new KNearestMethod(references, threads))
            with { ForRecords = () => new KNearestContextsMethod() },
        Learning(
            "locally-linear",
            "ridge regression among the nearest reference beats, or among the nearest places of the lead itself",
            (references, threads) => new LocallyLinearMethod(references, threads))
            with { ForRecords = () => new LocallyLinearContextsMethod() },
        new("similar", "the mean of many such regressions, weighted by their errors on the places themselves")
        {
            ForRecords = () => new SimilarMethod(),
            ForRecordsPlaced = () => new SimilarMethod(RecoveryEstimate.Placed),
        },
        new("other-leads", "the same where other leads of the recording are observed, matched on them too")
        {
            ForRecords = () => new OtherLeadsMethod(),
            ForRecordsPlaced = () => new OtherLeadsMethod(RecoveryEstimate.Placed),
        },
        new("low-rank", "a low-rank completion among like stretches of the lead") { ForRecords = () => new LowRankMethod() },
        .. BeatModelFile.ShippedNames.Select(Shipped),
        new(RecordModelFile.ShippedName, "networks that correct similar and other-leads; they ship with the library")
        {
            IsShippedModel = true,
            ForRecords = () => new RecordModel(RecordModelFile.ShippedName, RecordModelFile.Shipped),
            ForRecordsPlaced = () => new RecordModel(RecordModelFile.ShippedName, RecordModelFile.Shipped, RecoveryEstimate.Placed),
            ModelFile = RecordModelFile.OpenShipped,
        },
    ];

    /// <summary>The methods for single heartbeats.</summary>
    internal static IReadOnlyList<RecoveryMethodInfo> ForBeats { get; } = [.. All.Where(method => method.RecoversBeats)];

    /// <summary>The methods for leads.</summary>
    internal static IReadOnlyList<RecoveryMethodInfo> ForRecords { get; } = [.. All.Where(method => method.RecoversRecords)];

    /// <summary>Finds the method with a name, or else the model in a file.</summary>
    /// <param name="nameOrFile">A name of <see cref="All"/>, or the path of a model file.</param>
    /// <returns>Null where it is neither. A file is opened only when the method is made.</returns>
    /// <exception cref="FileNotFoundException">The text has a folder or an extension, as a path has, and there is no such file.</exception>
    public static RecoveryMethodInfo? Find(string nameOrFile)
    {
        ArgumentNullException.ThrowIfNull(nameOrFile);
        if (All.FirstOrDefault(method => method.Name == nameOrFile) is { } known)
            return known;
        if (File.Exists(nameOrFile))
        {
            return new RecoveryMethodInfo(nameOrFile, "a trained network")
            {
                ForBeats = (_, threads) => BeatModel.Load(nameOrFile, threads),
                ForRecords = () => RecordModelOf(nameOrFile, RecoveryEstimate.Mean),
                ForRecordsPlaced = () => RecordModelOf(nameOrFile, RecoveryEstimate.Placed),
                ModelFile = () => File.OpenRead(nameOrFile),
            };
        }

        return Path.HasExtension(nameOrFile) || Path.GetFileName(nameOrFile) != nameOrFile
            ? throw new FileNotFoundException($"Model file {nameOrFile} does not exist.", nameOrFile)
            : null;
    }

    /// <summary>The methods for leads that have an estimate.</summary>
    internal static IEnumerable<RecoveryMethodInfo> WithEstimate(RecoveryEstimate estimate) =>
        ForRecords.Where(method => method.HasEstimate(estimate));

    /// <summary>Makes the method that options name, or that they bring.</summary>
    /// <exception cref="ArgumentException">There is no such method, it recovers heartbeats only, or it has no such estimate.</exception>
    internal static RecordRecoveryMethod CreateForRecords(RecoveryOptions options)
    {
        if (options.OwnMethod is not { } own)
            return CreateForRecords(options.Method, options.Estimate);
        return options.Estimate == RecoveryEstimate.Mean
            ? new OwnMethod(own)
            : throw new ArgumentException($"{own.Name}, a method of one's own, has no placed estimate.");
    }

    /// <summary>Finds a method that recovers leads.</summary>
    /// <exception cref="ArgumentException">There is no such method, it recovers heartbeats only, or it has no such estimate.</exception>
    internal static RecordRecoveryMethod CreateForRecords(string nameOrFile, RecoveryEstimate estimate = RecoveryEstimate.Mean)
    {
        var method = Find(nameOrFile) ?? throw Unknown(nameOrFile, forBeats: false);
        return method.CreateForRecords(estimate);
    }

    /// <summary>The error for a name that no method has.</summary>
    internal static ArgumentException Unknown(string nameOrFile, bool forBeats) =>
        new($"'{nameOrFile}' is neither a method nor a model file; expected {Names(forBeats ? ForBeats : ForRecords)} or a file.");

    /// <summary>Whether a name is that of a reference method: one of <see cref="All"/> that is no model.</summary>
    internal static bool IsReference(string name) => All.Any(method => method.Name == name && !method.IsModel);

    /// <summary>Returns the names of methods as a list for messages.</summary>
    internal static string Names(IEnumerable<RecoveryMethodInfo> methods) => string.Join(", ", methods.Select(method => method.Name));

    private static RecordModel RecordModelOf(string file, RecoveryEstimate estimate) =>
        new(Path.GetFileNameWithoutExtension(file), RecordModelFile.Read(file), estimate);

    private static RecoveryMethodInfo Interpolation(string name, string description, Func<RecordRecoveryMethod> create) =>
        new(name, description)
        {
            ForRecords = create,
            ForBeats = (_, _) => new RowByRowMethod(create()),
        };

    private static RecoveryMethodInfo Learning(
        string name, string description, Func<ReferenceBeats, int, BeatRecoveryMethod> create) =>
        new(name, description)
        {
            NeedsReferenceBeats = true,
            ForBeats = (references, threads) => create(references!, threads),
        };

    private static RecoveryMethodInfo Shipped(string name) => new(name, "a trained network that ships with the library")
    {
        IsShippedModel = true,
        ForBeats = (_, threads) => new BeatModel(name, BeatModelFile.ReadShipped(name), threads),
        ModelFile = () => BeatModelFile.OpenShipped(name),
    };
}

/// <summary>A line of <see cref="RecoveryMethods"/>.</summary>
/// <param name="Name">The name on the command line and in tables, or a model file's path.</param>
/// <param name="Description">Half a sentence for help texts.</param>
public sealed record RecoveryMethodInfo(string Name, string Description)
{
    /// <summary>Whether it recovers single heartbeats.</summary>
    public bool RecoversBeats => ForBeats is not null;

    /// <summary>Whether it recovers leads of any length.</summary>
    public bool RecoversRecords => ForRecords is not null;

    /// <summary>Whether it learns from reference beats, which must then be given.</summary>
    public bool NeedsReferenceBeats { get; internal init; }

    /// <summary>Whether it is a trained model: one that ships, or a file.</summary>
    public bool IsModel => ModelFile is not null;

    /// <summary>Whether it is a trained model that ships with the library.</summary>
    public bool IsShippedModel { get; internal init; }

    internal Func<ReferenceBeats?, int, BeatRecoveryMethod>? ForBeats { get; init; }

    internal Func<RecordRecoveryMethod>? ForRecords { get; init; }

    /// <summary>Makes the method with the placed estimate; null where it has none.</summary>
    internal Func<RecordRecoveryMethod>? ForRecordsPlaced { get; init; }

    /// <summary>Opens the model's file; null for methods that are no models.</summary>
    internal Func<Stream>? ModelFile { get; init; }

    /// <summary>Makes the method for heartbeats; it may take seconds where it learns.</summary>
    /// <param name="references">Beats to learn from; null where there are none.</param>
    /// <param name="threads">Threads; no result depends on them.</param>
    /// <exception cref="ArgumentException">It needs reference beats and there are none, or it does not recover heartbeats.</exception>
    /// <exception cref="InvalidDataException">The model's file is damaged, or no beat model.</exception>
    internal BeatRecoveryMethod CreateForBeats(ReferenceBeats? references, int threads)
    {
        if (ForBeats is null)
        {
            throw new ArgumentException(
                $"{Name} does not recover heartbeats; expected one of {RecoveryMethods.Names(RecoveryMethods.ForBeats)}.");
        }

        if (NeedsReferenceBeats && references is null)
            throw new ArgumentException($"{Name} learns from reference beats; there are none.");
        return ForBeats(references, threads);
    }

    /// <summary>Whether the method recovers leads with an estimate.</summary>
    internal bool HasEstimate(RecoveryEstimate estimate) =>
        (estimate == RecoveryEstimate.Placed ? ForRecordsPlaced : ForRecords) is not null;

    /// <summary>Makes the method for leads.</summary>
    /// <exception cref="ArgumentException">It does not recover leads, or has no such estimate.</exception>
    internal RecordRecoveryMethod CreateForRecords(RecoveryEstimate estimate = RecoveryEstimate.Mean)
    {
        if (ForRecords is null)
        {
            throw new ArgumentException(
                $"{Name} recovers single heartbeats only; expected one of {RecoveryMethods.Names(RecoveryMethods.ForRecords)}.");
        }

        if (estimate == RecoveryEstimate.Mean)
            return ForRecords();
        return ForRecordsPlaced is not null
            ? ForRecordsPlaced()
            : throw new ArgumentException(
                $"{Name} has no placed estimate; expected {RecoveryMethods.Names(RecoveryMethods.WithEstimate(estimate))}.");
    }
}
