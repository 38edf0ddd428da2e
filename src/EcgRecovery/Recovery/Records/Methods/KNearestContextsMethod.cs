using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>The weighted mean of the eight places of the lead whose contexts, 0.24 s on both sides, are nearest to the gap's.</summary>
/// <remarks>Source: Cover and Hart 1967, doi:10.1109/TIT.1967.1053964.</remarks>
internal sealed class KNearestContextsMethod() : ContextMethod(new ContextSettings
{
    Shapes = [new ContextShape(0.24, double.PositiveInfinity)],
    Neighbours = 8,
    Ridge = double.PositiveInfinity,
})
{
    /// <inheritdoc/>
    public override string Name => "knn";
}
