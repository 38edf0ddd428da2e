using System.Globalization;
using EcgRecovery.Recovery.Networks;

namespace EcgRecovery.Recovery;

/// <summary>What a beat model's file says where the model is an ensemble that refers to a library of other beats.</summary>
/// <param name="Members">Networks whose mean is the recovery.</param>
/// <param name="Views">What they see.</param>
/// <param name="Ridge">λ of the locally linear estimate that those with a library see, relative.</param>
/// <param name="LeftOut">What each member was not trained on: its records, separated by commas; empty where rows were left out regardless of their record.</param>
public sealed record EnsembleCard(int Members, EnsembleViews Views, double Ridge, IReadOnlyList<string> LeftOut)
{
    private const string MembersKey = "members";
    private const string ViewsKey = "views";
    private const string RidgeKey = "ridge";
    private const string LeftOutKey = "left_out";
    private const string IntervalKey = "interval";

    /// <summary>How the bounds are drawn out to hold what they should.</summary>
    internal IntervalCalibration Interval { get; init; } = new([new IntervalFactor(int.MaxValue, 1, 1)]);

    /// <summary>The factors as the file holds them: for runs of missing samples up to a length, how far the bound below and the one above are drawn out.</summary>
    public IReadOnlyList<(int LongestRun, float Lower, float Upper)> IntervalFactors => [.. Interval.Factors.Select(f => (f.LongestRun, f.Lower, f.Upper))];

    /// <summary>Whether any network sees the library, which the file then holds.</summary>
    public bool HasLibrary => Views != EnsembleViews.Row;

    /// <summary>The metadata that are the ensemble's.</summary>
    internal static IReadOnlyList<string> Keys { get; } = [MembersKey, ViewsKey, RidgeKey, LeftOutKey, IntervalKey];

    /// <summary>Reads it; null where the file is of no ensemble.</summary>
    /// <exception cref="FormatException">The metadata are broken.</exception>
    internal static EnsembleCard? ReadFrom(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(MembersKey, out var text))
            return null;
        var members = int.Parse(text, CultureInfo.InvariantCulture);
        var ridge = double.Parse(metadata[RidgeKey], CultureInfo.InvariantCulture);
        if (members is < 1 or > MostMembers || !(ridge > 0) || !double.IsFinite(ridge))
            throw new FormatException($"members is {members}, ridge {ridge}; expected 1 to {MostMembers} and a finite number above 0.");
        return new EnsembleCard(members, Enum.Parse<EnsembleViews>(metadata[ViewsKey], ignoreCase: true), ridge, metadata[LeftOutKey].Split(';')) { Interval = IntervalCalibration.FromJson(metadata[IntervalKey]) };
    }

    /// <summary>Writes it.</summary>
    internal void WriteTo(Dictionary<string, string> metadata)
    {
        metadata[MembersKey] = Members.ToString(CultureInfo.InvariantCulture);
        metadata[ViewsKey] = Views.ToString().ToLowerInvariant();
        metadata[RidgeKey] = Ridge.ToString("R", CultureInfo.InvariantCulture);
        metadata[LeftOutKey] = string.Join(';', LeftOut);
        metadata[IntervalKey] = Interval.ToJson();
    }

    // A file that says more is not believed: every member is allocated before its weights are read.
    private const int MostMembers = 1000;
}
