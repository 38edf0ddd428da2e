using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>What a beat model's file says where the model is an ensemble that refers to a library of other beats.</summary>
/// <param name="Members">Networks whose mean is the recovery.</param>
/// <param name="Views">What they see.</param>
/// <param name="Ridge">λ of the locally linear estimate that those with a library see, relative.</param>
/// <param name="LeftOut">What each member was not trained on, in words: records, separated by commas, or which rows.</param>
public sealed record EnsembleCard(int Members, EnsembleViews Views, double Ridge, IReadOnlyList<string> LeftOut)
{
    private const string MembersKey = "members";
    private const string ViewsKey = "views";
    private const string RidgeKey = "ridge";
    private const string LeftOutKey = "left_out";
    private const string IntervalKey = "interval";

    /// <summary>How the bounds are drawn out to hold what they should.</summary>
    internal IntervalCalibration Interval { get; init; } = new([new IntervalFactor(HeartbeatSet.BeatLength, 1, 1)]);

    /// <summary>The factors as the file holds them: for runs of missing samples up to a length, how far the bound below and the one above are drawn out.</summary>
    public IReadOnlyList<(int LongestRun, float Lower, float Upper)> IntervalFactors => [.. Interval.Factors.Select(f => (f.LongestRun, f.Lower, f.Upper))];

    /// <summary>Whether any network sees the library, which the file then holds.</summary>
    public bool HasLibrary => Views != EnsembleViews.Row;

    /// <summary>The trainable parameters of all members together.</summary>
    /// <param name="network">The card's.</param>
    public int ParameterCount(NetworkSpec network) => Enumerable.Range(0, Members).Sum(member => Views.NetworkOf(network, member).ParameterCount);

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
        if (members is < 1 or > MaximumMembers || !(ridge > 0) || !double.IsFinite(ridge))
            throw new FormatException($"members is {members}, ridge {ridge}; expected 1 to {MaximumMembers} and a finite number above 0.");
        if (!Enum.TryParse<EnsembleViews>(metadata[ViewsKey], ignoreCase: true, out var views) || !Enum.IsDefined(views))
            throw new FormatException($"views is '{metadata[ViewsKey]}'; expected one of {string.Join(", ", Enum.GetNames<EnsembleViews>())}.");
        var leftOut = metadata[LeftOutKey].Split(';');
        if (leftOut.Length != members)
            throw new FormatException($"left_out has {leftOut.Length} parts; expected {members}, one a member.");
        return new EnsembleCard(members, views, ridge, leftOut) { Interval = IntervalCalibration.FromJson(metadata[IntervalKey]) };
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

    // A file that says more is not believed: what its tensors must be called would take long to tell.
    private const int MaximumMembers = 1000;
}
