using EcgRecovery.Recovery.Beats;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The warning that a model file of foreign make is used.</summary>
internal static class UnverifiedModel
{
    /// <summary>Warns where a method is a model whose file carries no hashes.</summary>
    /// <param name="method">Any method.</param>
    /// <param name="error">Receives the line.</param>
    public static void Warn(BeatRecoveryMethod method, TextWriter error)
    {
        if (method is BeatModel { File.IsVerified: false })
            error.WriteLine($"warning: the file of {method.Name} carries no hashes: damage to it would not be noticed");
    }
}
