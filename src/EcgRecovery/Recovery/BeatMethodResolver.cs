using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Recovery;

/// <summary>Finds what a name on the command line means: a shipped model, a reference method, or a model file.</summary>
public static class BeatMethodResolver
{
    /// <summary>The names that need no file: reference methods, simplest first, then shipped models.</summary>
    public static IEnumerable<string> Names => BeatRecoveryMethods.All.Concat(ShippedBeatModels.All).Select(entry => entry.Name);

    /// <summary>The method of that name, or else the model in that file.</summary>
    /// <param name="nameOrFile">A name of <see cref="Names"/>, or a path.</param>
    /// <returns>Null where it is neither. A file is read, and found broken, only when the method is made.</returns>
    /// <exception cref="FileNotFoundException">It is written as a path, with a folder or an extension, and there is no such file.</exception>
    public static BeatMethodEntry? Find(string nameOrFile) =>
        BeatRecoveryMethods.Find(nameOrFile)
        ?? ShippedBeatModels.All.FirstOrDefault(entry => entry.Name == nameOrFile)
        ?? (File.Exists(nameOrFile)
            ? new BeatMethodEntry(nameOrFile, "a trained network", NeedsReferenceBeats: false, context => BeatModel.Load(nameOrFile, context.Threads))
            : Path.HasExtension(nameOrFile) || Path.GetFileName(nameOrFile) != nameOrFile
                ? throw new FileNotFoundException($"Model file {nameOrFile} does not exist.", nameOrFile)
                : null);
}
