namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>The places whose contexts are like those of a gap, at the search's rate; of each kind the nearest first.</summary>
/// <param name="Rigid">Those as long as the gap.</param>
/// <param name="Elastic">Those that may be longer or shorter.</param>
/// <param name="Left">Those by the context before the gap alone.</param>
/// <param name="Right">Those by the context after the gap alone.</param>
internal sealed record ContextMatches(
    List<ContextMatch> Rigid, List<ContextMatch> Elastic, List<ContextMatch> Left, List<ContextMatch> Right)
{
    /// <summary>No match of any kind.</summary>
    public static ContextMatches None { get; } = new([], [], [], []);
}
