using System.Globalization;
using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>The names of an ensemble's tensors in a file: <c>member_1.lstm_1.forward.kernel</c> …, <c>library</c>.</summary>
internal static class EnsembleTensors
{
    /// <summary>The reference beats, [R, 187], bytes.</summary>
    public const string Library = "library";

    /// <summary>What a member's tensors begin with.</summary>
    /// <param name="member">Counted from 0.</param>
    public static string Prefix(int member) => string.Create(CultureInfo.InvariantCulture, $"member_{member + 1}.");

    /// <summary>A member's tensors under their network's own names.</summary>
    public static IReadOnlyList<WeightTensor> Of(IReadOnlyList<WeightTensor> tensors, int member)
    {
        var prefix = Prefix(member);
        return [.. tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(t => t with { Name = t.Name[prefix.Length..] })];
    }

    /// <summary>All tensors of an ensemble, in file order.</summary>
    public static IReadOnlyList<WeightTensor> Join(IReadOnlyList<IReadOnlyList<WeightTensor>> members, BeatLibrary? library) =>
        [.. members.SelectMany((tensors, member) => tensors.Select(t => t with { Name = Prefix(member) + t.Name })), .. library is null ? [] : (WeightTensor[])[library.ToTensor(Library)]];

    /// <summary>What an ensemble's file must hold, as <c>name [shape]</c>; the library's rows as they are found.</summary>
    public static IEnumerable<(string Name, int[] Shape)> Shapes(NetworkSpec network, EnsembleCard card, IReadOnlyList<WeightTensor> found)
    {
        var members = Enumerable.Range(0, card.Members)
            .SelectMany(member => card.Views.NetworkOf(network, member).TensorShapes().Select(t => (Prefix(member) + t.Name, t.Shape)));
        var rows = found.FirstOrDefault(t => t.Name == Library)?.Shape.FirstOrDefault(1) ?? 1;
        return card.HasLibrary ? members.Append((Library, [Math.Max(1, rows), HeartbeatSet.BeatLength])) : members;
    }
}
