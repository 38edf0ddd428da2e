using EcgRecovery.Cli.Hosting;
using EcgRecovery.Neural.Files;

namespace EcgRecovery.Cli.Inputs;

/// <summary>A model given by the name of one that ships, or by its file.</summary>
internal static class ModelInput
{
    /// <summary>Returns whether a name is that of a method or a model file, not of a recording.</summary>
    public static bool IsModel(string nameOrFile) =>
        RecoveryMethods.All.Any(method => method.Name == nameOrFile)
        || Path.GetExtension(nameOrFile).Equals(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>Throws where a text is neither the name of a model that ships nor a path.</summary>
    /// <exception cref="UsageException">It is a single word, and no file has this name.</exception>
    public static void RequireKnown(string nameOrFile)
    {
        if (RecoveryMethods.All.All(method => method.Name != nameOrFile) && IsWord(nameOrFile) && !Path.Exists(nameOrFile))
            throw new UsageException($"'{nameOrFile}' is neither a shipped model nor a file; expected {Shipped} or a model file");
    }

    /// <summary>Returns whether a text has neither folder nor extension, as the name of a model.</summary>
    public static bool IsWord(string text) => Path.GetFileName(text) == text && !Path.HasExtension(text);

    /// <summary>The names of the models that ship, as a list for messages.</summary>
    public static string Shipped => RecoveryMethods.Names(RecoveryMethods.All.Where(method => method.IsShippedModel));

    /// <summary>Reads the file of a model.</summary>
    /// <exception cref="UsageException">The name is that of a method without a network.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no safetensors file.</exception>
    public static SafetensorsFile Read(string nameOrFile)
    {
        if (RecoveryMethods.All.FirstOrDefault(method => method.Name == nameOrFile) is not { } known)
            return SafetensorsFile.Read(nameOrFile);
        if (known.ModelFile is null)
        {
            throw new UsageException(
                $"{known.Name} is a reference method ({known.Description}) and holds no network; expected a shipped model or a model file");
        }

        using var stream = known.ModelFile();
        return SafetensorsFile.Read(stream, nameOrFile);
    }
}
