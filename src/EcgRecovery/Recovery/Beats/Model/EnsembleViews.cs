using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>The inputs of an ensemble's networks.</summary>
internal enum EnsembleViews
{
    /// <summary>Alternately <see cref="Row"/> and <see cref="Library"/>: their errors differ, so their mean has a smaller error.</summary>
    Both,

    /// <summary>Only the beat with gaps; the model then has no library.</summary>
    Row,

    /// <summary>The beat with gaps and its evidence from a library of complete beats.</summary>
    Library,
}

/// <summary>The inputs of a single network of an ensemble.</summary>
internal static class EnsembleViewing
{
    /// <summary>Returns whether a network sees the library.</summary>
    /// <param name="views">The inputs of the ensemble's networks.</param>
    /// <param name="member">Counted from 0.</param>
    public static bool SeesLibrary(this EnsembleViews views, int member) =>
        views == EnsembleViews.Library || (views == EnsembleViews.Both && member % 2 == 1);

    /// <summary>Returns the shape of one network, with the number of its inputs.</summary>
    /// <param name="views">The inputs of the ensemble's networks.</param>
    /// <param name="network">The network of the model card.</param>
    /// <param name="member">Counted from 0.</param>
    public static NetworkSpec NetworkOf(this EnsembleViews views, NetworkSpec network, int member) =>
        network with { InputCount = BeatChannels.Inputs(views.SeesLibrary(member)) };
}
