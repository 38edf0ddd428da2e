using EcgRecovery.Benchmarks.Profile;
using EcgRecovery.Neural.Engine;

namespace EcgRecovery.Benchmarks.Tables;

/// <summary>The phases of a training step, one column per workload.</summary>
internal static class ProfileTable
{
    public static string Write(IReadOnlyList<PhaseProfile> profiles)
    {
        var table = new MarkdownTable(
            ["share of the step (and of peak, where it multiplies)", .. profiles.Select(profile => profile.Workload.Name)]);
        foreach (var phase in Enum.GetValues<Phase>())
        {
            table.Add(
            [
                NameOf(phase),
                .. profiles.Select(profile => profile.ShareOfPeak(phase) is { } ofPeak
                    ? $"{Cell.Percent(profile.Share(phase))} ({Cell.Percent(ofPeak)})"
                    : Cell.Percent(profile.Share(phase))),
            ]);
        }

        table.Add(["the step, clocks running", .. profiles.Select(profile => Cell.Milliseconds(profile.StepMilliseconds))]);
        return table.ToString();
    }

    private static string NameOf(Phase phase) => phase switch
    {
        Phase.ForwardProduct => "forward product",
        Phase.ForwardCell => "element-wise, forward",
        Phase.BackwardCell => "element-wise, backward",
        Phase.DataGradient => "data gradient",
        Phase.WeightGradient => "weight gradient, with transposes",
        Phase.Dense => "dense layer and loss",
        Phase.LoadAndClear => "loading the batch, clearing and folding gradients",
        Phase.Update => "sum of gradients, Adam, packing",
        Phase.Waiting => "waiting, and what no clock sees",
        _ => phase.ToString(),
    };
}
