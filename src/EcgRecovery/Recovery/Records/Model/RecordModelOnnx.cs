using EcgRecovery.Neural.Files;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Records.Model;

/// <summary>Exports the networks of record models to ONNX: x [B, T, I] to y [B, T, O].</summary>
/// <remarks>Evidence, cells and calibration stay outside: they are searches and formulas of the library, not of a network.</remarks>
internal static class RecordModelOnnx
{
    /// <summary>Returns the model.</summary>
    public static OnnxModel Of(RecordModelFile file)
    {
        var card = file.Card;
        var input = $"x [B, T, {card.Network.InputCount}]: per time step {CellGrid.Fold} cells of 1/{CellGrid.CellsPerSecond} s with "
            + $"{GapChannels.Count} channels each, then {GapChannels.Features} features of the gap, the same at every step.";
        var output = $"y [B, T, {card.Network.OutputCount}]: per time step {CellGrid.Fold} cells, each with the correction r of the mean "
            + $"estimate and its {card.Levels.Count} quantiles, of metadata levels; the mean of {card.Members} networks.";
        const string around = "The channels need the recording's own like places (evidence), which the library finds. The recovery is "
            + "m + s·r: m the mean estimate, s the signal's standard deviation within 10 s of the gap. Bounds are scaled by metadata "
            + "calibration.";
        var model = new OnnxModel
        {
            Description = $"The networks of EcgRecovery's model '{card.Preset}' of recordings. Not for diagnosis.",
            Metadata = OnnxMetadata.Of(card.ToMetadata(), input, output, around),
        };
        var x = model.Input("x", card.Network.InputCount, input);
        model.Output("y", model.Mean([.. file.Members.Select(weights => model.Network(x, card.Network, weights))]), output);
        return model;
    }
}
