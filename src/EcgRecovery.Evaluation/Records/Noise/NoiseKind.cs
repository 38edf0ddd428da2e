namespace EcgRecovery.Evaluation.Records.Noise;

/// <summary>What disturbs a lead.</summary>
internal enum NoiseKind
{
    /// <summary>Slow motion of the baseline, from breathing and from electrodes that move a little.</summary>
    BaselineWander,

    /// <summary>Activity of muscles: broad, up to the highest frequencies of a lead.</summary>
    MuscleArtefact,
}

/// <summary>The names of the kinds of noise, which are those of their records in the MIT-BIH Noise Stress Test Database.</summary>
internal static class NoiseKinds
{
    /// <summary>Returns the name, as in <c>bw</c>.</summary>
    public static string NameOf(NoiseKind kind) => kind switch
    {
        NoiseKind.BaselineWander => "bw",
        NoiseKind.MuscleArtefact => "ma",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such noise."),
    };

    /// <summary>Returns the kind with a name; null where there is none.</summary>
    public static NoiseKind? Find(string name)
    {
        foreach (var kind in Enum.GetValues<NoiseKind>())
        {
            if (NameOf(kind) == name)
                return kind;
        }

        return null;
    }
}
