using EcgRecovery.Evaluation.Records.Noise;
using EcgRecovery.Evaluation.Records.Plans;

namespace EcgRecovery.Evaluation.Tests.Records.Plans;

public class CellKindTests
{
    private static readonly CellKind s_noisy = new(1) { Noise = new CellNoise(NoiseKind.MuscleArtefact, 6) };
    private static readonly CellKind s_like = new(0.16) { LengthsOf = LossPattern.Real };

    [Fact]
    public void A_name_has_all_that_distinguishes_a_cell()
    {
        Assert.Equal("single-random-all-0.30s", new CellKind(0.3).Name);
        Assert.Equal("single-qrs-one-30.00s", new CellKind(30, GapPlacement.Qrs, LeadLoss.One).Name);
        Assert.Equal("single-random-layout-8.33s", new CellKind(8.33, Loss: LeadLoss.Layout).Name);
        Assert.Equal(
            "gilbert-elliott-random-all-but-one-0.15s",
            new CellKind(0.15, Loss: LeadLoss.AllButOne, Pattern: LossPattern.GilbertElliott).Name);
        Assert.Equal("single-random-all-0.16s-as-real", s_like.Name);
        Assert.Equal("single-random-all-1.00s-ma-6dB", s_noisy.Name);
        // Lengths that differ by less than 10 ms have names of their own.
        Assert.Equal("single-random-all-0.125s", new CellKind(0.125).Name);
    }

    [Fact]
    public void A_group_has_all_but_the_length()
    {
        Assert.Equal("single gaps at random, all leads lost", new CellKind(0.3).Group);
        Assert.Equal("single gaps on the QRS complex, one lead lost", new CellKind(1, GapPlacement.Qrs, LeadLoss.One).Group);
        Assert.Equal("single gaps on the P wave, all leads but one lost", new CellKind(1, GapPlacement.P, LeadLoss.AllButOne).Group);
        Assert.Equal("layouts of paper, each lead seen in one column", new CellKind(5, Loss: LeadLoss.Layout).Group);
        Assert.Equal("lost Bluetooth packets, all leads lost", new CellKind(0.56, Pattern: LossPattern.Packets).Group);
        Assert.Equal("single gaps with the lengths of real, all leads lost", s_like.Group);
        Assert.Equal("single gaps at random, all leads lost, muscle artefact at 6 dB", s_noisy.Group);
        Assert.Equal("0.30 s", new CellKind(0.3).Heading);
    }
}
