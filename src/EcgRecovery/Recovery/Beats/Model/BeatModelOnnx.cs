using EcgRecovery.Beats;
using EcgRecovery.Neural.Files;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Beats.Model;

/// <summary>Exports beat models to ONNX: x [B, T, I] to y [B, T, O].</summary>
internal static class BeatModelOnnx
{
    private const string Rows = "Samples of beats that are scaled to 0…1: 187 time steps at 120 Hz from an R peak on, zeros after the end.";

    /// <summary>Returns the model.</summary>
    public static OnnxModel Of(BeatModelFile file) => file.Card.Ensemble is { } ensemble ? OfEnsemble(file, ensemble) : OfRowNetwork(file);

    private static OnnxModel OfRowNetwork(BeatModelFile file)
    {
        var card = file.Card;
        var missing = card.Masked ? BeatInput.MissingWhenMasked : BeatInput.MissingInOriginal;
        var input = FormattableString.Invariant($"x [B, T, 1]: {Rows} NaN where a sample is missing; the graph reads it as {missing}.");
        var output = "y [B, T, 1]: the estimate of every sample.";
        var around = card.Masked
            ? "Use y in missing samples only."
            : "Trained without gaps, it copies its input and recovers nothing. The original takes y for the whole beat.";
        var model = Describe(card, input, output, around);
        var x = model.Input("x", card.Network.InputCount, input);
        model.Output("y", model.Network(model.ReplaceNaN(x, missing), card.Network, file.Weights), output);
        return model;
    }

    private static OnnxModel OfEnsemble(BeatModelFile file, EnsembleCard ensemble)
    {
        var card = file.Card;
        var inputs = BeatChannels.Inputs(ensemble.HasLibrary);
        var input = $"x [B, T, {inputs}]: {Rows} Channels: 0 the samples, missing ones on a straight line across the gap; 1: 1 where "
            + "missing, otherwise 0; 2: 1 in the zeros after the end, otherwise 0" + (ensemble.HasLibrary
                ? "; 3 where missing the locally linear estimate from the library, otherwise the sample; 4 where missing 4 × the "
                    + "standard deviation of the nearest beats, otherwise 0; 5 to 8 the nearest four."
                : ".");
        var output = $"y [B, T, {BeatChannels.Outputs}]: the estimate of a missing sample, its 2.5 % and its 97.5 % bound; the mean of "
            + $"{ensemble.Members} networks.";
        const float minimum = IntervalCalibration.MinimumHalfWidth;
        var around = "Clip the estimate e to 0…1, or to 0 if the observed sample before the first gap and all after it are 0, and use it "
            + FormattableString.Invariant(
                $"in missing samples only. Of bounds l and u: lower = e − f₋·max(e − l, {minimum}), upper = e + f₊·max(u − e, {minimum}), ")
            + "clipped alike. Metadata interval has rows of a longest run of missing samples, f₋ and f₊, the last row also for longer "
            + "runs. In a run up to the row's end, lower is 0.";
        var model = Describe(card, input, output, around);
        var x = model.Input("x", inputs, input);
        var own = model.Channels(x, 0, BeatChannels.Inputs(seesLibrary: false));
        model.Output("y", model.Mean([.. Enumerable.Range(0, ensemble.Members).Select(Member)]), output);
        if (ensemble.HasLibrary)
        {
            model.Output(
                file.Weights.Single(tensor => tensor.Name == EnsembleTensors.Library),
                $"The library, one row of {HeartbeatSet.BeatLength} samples per beat, in steps of 1/255 of the beat's height.");
        }

        return model;

        OnnxValue Member(int member)
        {
            var network = ensemble.Views.NetworkOf(card.Network, member);
            var weights = MemberTensors.Of(file.Weights, member);
            return ensemble.Views.SeesLibrary(member)
                ? model.Sum(model.Network(x, network, weights), model.Channels(x, BeatChannels.Estimate, 1))
                : model.Network(own, network, weights);
        }
    }

    private static OnnxModel Describe(BeatModelCard card, string input, string output, string around) => new()
    {
        Description = $"EcgRecovery's model '{card.Preset}' of single heartbeats. Not for diagnosis.",
        Metadata = OnnxMetadata.Of(card.ToMetadata(), input, output, around),
    };
}
