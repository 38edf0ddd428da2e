using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>The part of a beat model's description that only an ensemble has.</summary>
/// <param name="Members">Number of networks; their mean is the recovery.</param>
/// <param name="Views">The networks' inputs.</param>
/// <param name="Ridge">Relative λ of the locally linear estimate, an input of the networks with a library.</param>
/// <param name="HeldOut">The data held out from each member: records with commas between them, or rows in words.</param>
internal sealed record EnsembleCard(int Members, EnsembleViews Views, double Ridge, IReadOnlyList<string> HeldOut)
{
    private const string MembersKey = "members";
    private const string ViewsKey = "views";
    private const string RidgeKey = "ridge";
    private const string HeldOutKey = "left_out";
    private const string IntervalKey = "interval";

    /// <summary>The factors that calibrate the bounds.</summary>
    internal IntervalCalibration Interval { get; init; } = new([new IntervalFactor(HeartbeatSet.BeatLength, 1, 1)]);

    /// <summary>The factors of the lower and the upper bound, for runs of missing samples up to a length.</summary>
    public IReadOnlyList<(int LongestRun, float Lower, float Upper)> IntervalFactors =>
        [.. Interval.Factors.Select(f => (f.LongestRun, f.Lower, f.Upper))];

    /// <summary>Whether any network sees the library; only then is it in the file.</summary>
    public bool HasLibrary => Views != EnsembleViews.Row;

    /// <summary>Returns the number of trainable parameters of all members.</summary>
    /// <param name="network">The network of the model card.</param>
    public int ParameterCount(NetworkSpec network) =>
        Enumerable.Range(0, Members).Sum(member => Views.NetworkOf(network, member).ParameterCount);

    /// <summary>The ensemble's keys in the metadata.</summary>
    internal static IReadOnlyList<string> Keys { get; } = [MembersKey, ViewsKey, RidgeKey, HeldOutKey, IntervalKey];

    /// <summary>Reads the card from a model file's metadata; null if the model is no ensemble.</summary>
    /// <exception cref="FormatException">A value is missing or invalid.</exception>
    internal static EnsembleCard? ReadFrom(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.ContainsKey(MembersKey))
            return null;
        var card = new CardMetadata(metadata);
        var members = card.Number<int>(MembersKey);
        var ridge = card.Number<double>(RidgeKey);
        if (members is < 1 or > MaximumMembers || !(ridge > 0) || !double.IsFinite(ridge))
            throw new FormatException($"members is {members}, ridge {ridge}; expected 1 to {MaximumMembers} and a finite number above 0.");
        var viewsText = card.Text(ViewsKey);
        if (!Enum.TryParse<EnsembleViews>(viewsText, ignoreCase: true, out var views) || !Enum.IsDefined(views))
            throw new FormatException($"views is '{viewsText}'; expected one of {string.Join(", ", Enum.GetNames<EnsembleViews>())}.");
        var heldOut = card.Text(HeldOutKey).Split(';');
        if (heldOut.Length != members)
            throw new FormatException($"left_out has {heldOut.Length} parts; expected {members}, one per member.");
        return new EnsembleCard(members, views, ridge, heldOut) { Interval = IntervalCalibration.FromJson(card.Text(IntervalKey)) };
    }

    /// <summary>Writes the card to a model file's metadata.</summary>
    internal void WriteTo(Dictionary<string, string> metadata)
    {
        metadata[MembersKey] = Members.ToString(CultureInfo.InvariantCulture);
        metadata[ViewsKey] = Views.ToString().ToLowerInvariant();
        metadata[RidgeKey] = Ridge.ToString("R", CultureInfo.InvariantCulture);
        metadata[HeldOutKey] = string.Join(';', HeldOut);
        metadata[IntervalKey] = Interval.ToJson();
    }

    // Limit against hostile files: the expected tensor names are listed per member.
    private const int MaximumMembers = 1000;
}
