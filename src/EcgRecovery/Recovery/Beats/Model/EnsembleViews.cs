using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>What the networks of an ensemble see.</summary>
public enum EnsembleViews
{
    /// <summary>Every second one as <see cref="Row"/>, the others as <see cref="Library"/>: they err differently, so their mean errs less.</summary>
    Both,

    /// <summary>The broken beat alone; the model then needs no library.</summary>
    Row,

    /// <summary>The broken beat, and what a library of whole beats says of it.</summary>
    Library,
}

/// <summary>What follows from what networks see.</summary>
internal static class EnsembleViewing
{
    /// <summary>Whether a network sees the library.</summary>
    /// <param name="views">What the ensemble's networks see.</param>
    /// <param name="member">Counted from 0.</param>
    public static bool SeesLibrary(this EnsembleViews views, int member) =>
        views == EnsembleViews.Library || (views == EnsembleViews.Both && member % 2 == 1);

    /// <summary>The shape of one network: the ensemble's, with the inputs of what it sees.</summary>
    /// <param name="views">What the ensemble's networks see.</param>
    /// <param name="network">The ensemble's.</param>
    /// <param name="member">Counted from 0.</param>
    public static NetworkSpec NetworkOf(this EnsembleViews views, NetworkSpec network, int member) =>
        network with { InputCount = BeatChannels.Inputs(views.SeesLibrary(member)) };
}
