namespace EcgRecovery.Neural.Files;

/// <summary>A value in an <see cref="OnnxModel"/>: float32, [B, T, C].</summary>
public sealed class OnnxValue
{
    internal OnnxValue(OnnxModel model, string name, int channels) => (Model, Name, Channels) = (model, name, channels);

    /// <summary>C, the channels of a time step.</summary>
    public int Channels { get; }

    internal OnnxModel Model { get; }

    internal string Name { get; }
}
