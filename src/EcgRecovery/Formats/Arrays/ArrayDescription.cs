namespace EcgRecovery.Formats.Arrays;

/// <summary>One lead in the text beside a file of arrays; physical value = (number − base) / gain.</summary>
internal readonly record struct DescribedLead(string Name, double Gain, double Base, string Unit);

/// <summary>What a text beside a file of arrays says about them.</summary>
/// <param name="Path">The text; empty where there is none.</param>
/// <param name="FrequencyHz">The sampling frequency; null where not known.</param>
/// <param name="Leads">The leads; empty where not known.</param>
internal sealed record ArrayDescription(string Path, double? FrequencyHz, IReadOnlyList<DescribedLead> Leads)
{
    /// <summary>No text.</summary>
    public static ArrayDescription None { get; } = new("", null, []);
}
