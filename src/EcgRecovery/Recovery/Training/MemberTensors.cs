using System.Globalization;
using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Training;

/// <summary>The names of the tensors of several networks in one file: <c>member_1.lstm_1.forward.kernel</c> ….</summary>
internal static class MemberTensors
{
    /// <summary>Returns the prefix of a member's tensors.</summary>
    /// <param name="member">Counted from 0.</param>
    public static string Prefix(int member) => string.Create(CultureInfo.InvariantCulture, $"member_{member + 1}.");

    /// <summary>Returns a member's tensors without the prefix.</summary>
    public static IReadOnlyList<WeightTensor> Of(IReadOnlyList<WeightTensor> tensors, int member)
    {
        var prefix = Prefix(member);
        var own = tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal));
        return [.. own.Select(t => t with { Name = t.Name[prefix.Length..] })];
    }

    /// <summary>Returns the tensors of all members, with their prefixes, in file order.</summary>
    public static IEnumerable<WeightTensor> Join(IReadOnlyList<IReadOnlyList<WeightTensor>> members) =>
        members.SelectMany((tensors, member) => tensors.Select(t => t with { Name = Prefix(member) + t.Name }));

    /// <summary>Returns the names and shapes of all members' tensors.</summary>
    /// <param name="networks">The network of each member.</param>
    public static IEnumerable<(string Name, int[] Shape)> Shapes(IEnumerable<NetworkSpec> networks) =>
        networks.SelectMany((network, member) => network.TensorShapes().Select(t => (Prefix(member) + t.Name, t.Shape)));

    /// <summary>Throws unless a file holds exactly the tensors that it should.</summary>
    /// <param name="shapes">The names and shapes that its metadata ask for.</param>
    /// <param name="tensors">The file's tensors.</param>
    /// <param name="fileName">The file, for error messages.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, or one is not known.</exception>
    public static void Require(IEnumerable<(string Name, int[] Shape)> shapes, IReadOnlyList<WeightTensor> tensors, string fileName)
    {
        var expected = shapes.Select(Describe).ToArray();
        var found = tensors.Select(t => Describe((t.Name, t.Shape))).ToArray();
        if (expected.Except(found).FirstOrDefault() is { } lacking)
            throw new InvalidDataException($"{fileName} has no tensor {lacking}, which the network in its metadata needs.");
        if (found.Except(expected).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"{fileName} has a tensor {unknown}, which the network in its metadata does not know.");
    }

    private static string Describe((string Name, int[] Shape) tensor) => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]";
}
