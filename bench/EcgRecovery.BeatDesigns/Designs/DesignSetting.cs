using System.Globalization;
using System.Text;

namespace EcgRecovery.BeatDesigns.Designs;

/// <summary>One key of a design's line: how its value is read and written.</summary>
/// <param name="Key">As in <c>units</c>.</param>
/// <param name="Write">A design's value as text.</param>
/// <param name="Read">The design with the value of a text; throws <see cref="FormatException"/> or <see cref="OverflowException"/>.</param>
internal sealed record DesignSetting(string Key, Func<Design, string> Write, Func<Design, string, Design> Read)
{
    /// <summary>All of them: the order in which a design is written.</summary>
    public static IReadOnlyList<DesignSetting> All { get; } =
    [
        new("units", d => string.Join(',', d.Units), (d, text) => d with { Units = [.. text.Split(',').Select(part => Whole(part, 1, 1024))] }),
        Choice("fill", d => d.Fill, (d, value) => d with { Fill = value }),
        Choices("inputs", d => d.Inputs, (d, value) => d with { Inputs = value }),
        new("neighbours", d => $"{d.Neighbours}", (d, text) => d with { Neighbours = Whole(text, 0, Estimates.LocallyLinearEstimates.NearestKept) }),
        Choice("residual", d => d.Residual, (d, value) => d with { Residual = value }),
        Choice("loss", d => d.Loss, (d, value) => d with { Loss = value }),
        Number("huber-delta", d => d.HuberDelta, (d, value) => d with { HuberDelta = value }),
        Number("derivative-weight", d => d.DerivativeWeight, (d, value) => d with { DerivativeWeight = value }),
        Number("padding-weight", d => d.PaddingWeight, (d, value) => d with { PaddingWeight = value }),
        Choices("augment", d => d.Augmentations, (d, value) => d with { Augmentations = value }),
        Choice("beats", d => d.Beats, (d, value) => d with { Beats = value }),
        Number("learning-rate", d => d.LearningRate, (d, value) => d with { LearningRate = value }),
        Number("weight-decay", d => d.WeightDecay, (d, value) => d with { WeightDecay = value }),
        YesOrNo("average", d => d.AveragesWeights, (d, value) => d with { AveragesWeights = value }),
        new("training-beats", d => $"{d.TrainingBeats}", (d, text) => d with { TrainingBeats = Whole(text, 256, int.MaxValue) }),
        new("seed", d => $"{d.Seed}", (d, text) => d with { Seed = ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) }),
    ];

    /// <summary>A design's changes against another, as <c>loss=rmse seed=2</c>; empty where there are none.</summary>
    public static string Changes(Design design, Design start) =>
        string.Join(' ', All.Where(s => s.Write(design) != s.Write(start)).Select(s => $"{s.Key}={s.Write(design)}"));

    private static int Whole(string text, int from, int to) =>
        int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var value && value >= from && value <= to
            ? value
            : throw new FormatException($"{text} is not between {from} and {to}");

    private static DesignSetting Number(string key, Func<Design, double> of, Func<Design, double, Design> with) => new(
        key,
        design => of(design).ToString(CultureInfo.InvariantCulture),
        (design, text) => with(design, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)));

    private static DesignSetting YesOrNo(string key, Func<Design, bool> of, Func<Design, bool, Design> with) => new(
        key,
        design => of(design) ? "yes" : "no",
        (design, text) => with(design, text switch { "yes" => true, "no" => false, _ => throw new FormatException($"{text} is neither yes nor no") }));

    private static DesignSetting Choice<T>(string key, Func<Design, T> of, Func<Design, T, Design> with)
        where T : struct, Enum =>
        new(key, design => Name(of(design)), (design, text) => with(design, Parse<T>(text)));

    /// <summary>Flags, as <c>stretch,noise</c>; none of them is <c>none</c>.</summary>
    private static DesignSetting Choices<T>(string key, Func<Design, T> of, Func<Design, T, Design> with)
        where T : struct, Enum =>
        new(
            key,
            design => string.Join(',', of(design).ToString().Split(", ").Select(Hyphenated)),
            (design, text) => with(design, Enum.Parse<T>(string.Join(',', text.Split(',').Select(part => Parse<T>(part).ToString())))));

    private static T Parse<T>(string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Name(value) == text)
                return value;
        }

        throw new FormatException($"{text} is not one of {string.Join(", ", Enum.GetValues<T>().Select(Name))}");
    }

    private static string Name<T>(T value)
        where T : struct, Enum => Hyphenated(value.ToString());

    /// <summary><c>LocalSpread</c> as <c>local-spread</c>.</summary>
    private static string Hyphenated(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
