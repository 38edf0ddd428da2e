using System.Globalization;
using EcgRecovery.Evaluation.Records.Noise;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>What the gaps of one cell have in common.</summary>
/// <param name="Seconds">
/// Their nominal length: of bursts and packets that of a packet, of the real pattern the mean, of a layout what a lead loses of ten
/// seconds.
/// </param>
/// <param name="Placement">Where single gaps lie.</param>
/// <param name="Loss">Which leads are lost.</param>
/// <param name="Pattern">How they follow each other.</param>
internal sealed record CellKind(
    double Seconds,
    GapPlacement Placement = GapPlacement.Random,
    LeadLoss Loss = LeadLoss.All,
    LossPattern Pattern = LossPattern.Single)
{
    /// <summary>
    /// The pattern whose gaps' lengths these single gaps have, so that the two can be compared; null where all have the nominal length.
    /// </summary>
    public LossPattern? LengthsOf { get; init; }

    /// <summary>Noise that is added to the recording before gaps are cut; null for none.</summary>
    public CellNoise? Noise { get; init; }

    /// <summary>Name of the cell in files, as in <c>single-random-all-0.30s</c>.</summary>
    public string Name => string.Join('-', (string[])[.. Parts(), SecondsText + "s", .. Extra()]);

    /// <summary>What the cell has in common with those of other lengths, as in <c>random, all leads lost</c>.</summary>
    public string Group
    {
        get
        {
            var gaps = Pattern switch
            {
                LossPattern.GilbertElliott => "bursts of lost packets (Gilbert–Elliott)",
                LossPattern.Packets => "lost Bluetooth packets",
                LossPattern.Real => "losses as in one real recording",
                _ when Loss == LeadLoss.Layout => "layouts of paper",
                _ when LengthsOf is { } pattern => $"single gaps with the lengths of {CellNames.Of(pattern)}",
                _ when Placement == GapPlacement.Random => "single gaps at random",
                _ => $"single gaps on {Wave}",
            };
            var loss = Loss switch
            {
                LeadLoss.All => "all leads lost",
                LeadLoss.One => "one lead lost",
                LeadLoss.AllButOne => "all leads but one lost",
                _ => "each lead seen in one column",
            };
            return $"{gaps}, {loss}" + (Noise is null ? "" : $", {Noise.Text}");
        }
    }

    /// <summary>The heading of the cell's column, as in <c>0.30 s</c>.</summary>
    public string Heading => SecondsText + " s";

    private string SecondsText => Seconds.ToString("0.00###", CultureInfo.InvariantCulture);

    private string Wave => Placement switch
    {
        GapPlacement.P => "the P wave",
        GapPlacement.T => "the T wave",
        _ => "the QRS complex",
    };

    private string[] Parts() => [CellNames.Of(Pattern), CellNames.Of(Placement), CellNames.Of(Loss)];

    private IEnumerable<string> Extra()
    {
        if (LengthsOf is { } pattern)
            yield return "as-" + CellNames.Of(pattern);
        if (Noise is not null)
            yield return Noise.Name;
    }
}

/// <summary>Noise in a cell.</summary>
/// <param name="Kind">Which.</param>
/// <param name="SnrDb">Signal-to-noise ratio, in dB.</param>
internal sealed record CellNoise(NoiseKind Kind, double SnrDb)
{
    /// <summary>Name in files, as in <c>ma-6dB</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{NoiseKinds.NameOf(Kind)}-{SnrDb}dB");

    /// <summary>Text in tables.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Kind == NoiseKind.BaselineWander ? "baseline wander" : "muscle artefact")} at {SnrDb} dB");
}
