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
            error.WriteLine($"warning: the file of {method.Name} carries no hashes: damage to it would not be noticed");
    }
}
