using EcgRecovery.Recovery.Records.Neighbours;

namespace EcgRecovery.Recovery.Records.Methods;

/// <summary>
/// Ridge regression from context to gap among the 128 places of the lead whose contexts, 0.24 s on both sides, are nearest.
/// </summary>
/// <remarks>Source: Cleveland and Devlin 1988, doi:10.1080/01621459.1988.10478639.</remarks>
internal sealed class LocallyLinearContextsMethod() : ContextMethod(new ContextSettings
{
    Shapes = [new ContextShape(0.24, double.PositiveInfinity)],
    Neighbours = 128,
    Ridge = 0.8,
})
{
    /// <inheritdoc/>
    public override string Name => "locally-linear";
}
