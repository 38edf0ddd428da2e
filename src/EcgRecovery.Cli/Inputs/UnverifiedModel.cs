using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The warning for a model file without hashes.</summary>
internal static class UnverifiedModel
{
    /// <summary>Writes the warning where a method is a model whose file has no hashes.</summary>
    public static void Warn(BeatRecoveryMethod method, TextWriter error)
    {
        if (method is BeatModel { File.IsVerified: false })
            Warn(method.Name, error);
    }

    /// <summary>Writes the warning.</summary>
    /// <param name="model">Name or file of the model.</param>
    /// <param name="error">Receives it.</param>
    public static void Warn(string model, TextWriter error) =>
        error.WriteLine($"warning: the file of {model} carries no hashes: damage to it would not be noticed");
}
