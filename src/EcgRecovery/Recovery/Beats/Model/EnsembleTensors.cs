using EcgRecovery.Beats;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>The names of an ensemble's tensors in a file: <c>member_1.lstm_1.forward.kernel</c> …, <c>library</c>.</summary>
internal static class EnsembleTensors
{
    /// <summary>The name of the library, [R, 187], bytes.</summary>
    public const string Library = "library";

    /// <summary>Returns all tensors of an ensemble, in file order.</summary>
    public static IReadOnlyList<WeightTensor> Join(IReadOnlyList<IReadOnlyList<WeightTensor>> members, BeatLibrary? library)
    {
        var joined = MemberTensors.Join(members).ToList();
        if (library is not null)
            joined.Add(library.ToTensor(Library));
        return joined;
    }

    /// <summary>Returns the names and shapes that an ensemble's file must hold; the library may have any number of rows.</summary>
    /// <param name="network">The network of the model card.</param>
    /// <param name="card">The ensemble.</param>
    /// <param name="found">The file's tensors.</param>
    public static IEnumerable<(string Name, int[] Shape)> Shapes(NetworkSpec network, EnsembleCard card, IReadOnlyList<WeightTensor> found)
    {
        var members = MemberTensors.Shapes(Enumerable.Range(0, card.Members).Select(member => card.Views.NetworkOf(network, member)));
        var rows = found.FirstOrDefault(t => t.Name == Library)?.Shape.FirstOrDefault(1) ?? 1;
        return card.HasLibrary ? members.Append((Library, [Math.Max(1, rows), HeartbeatSet.BeatLength])) : members;
    }
}
