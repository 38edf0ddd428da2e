using System.Collections.ObjectModel;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.Formats;
using EcgRecovery.Neural;
using EcgRecovery.Neural.Files;

namespace EcgRecovery.BeatDesigns.Training;

/// <summary>Trained weights, kept for ensembles beside the results, in a folder that git ignores.</summary>
/// <param name="results">The results' folder.</param>
internal sealed class WeightFiles(string results)
{
    /// <summary>Writes a result's weights.</summary>
    public void Write(string name, IReadOnlyList<WeightTensor> weights) =>
        OutputFile.Write(PathOf(name), overwrite: true, new SafetensorsFile(ReadOnlyDictionary<string, string>.Empty, weights).Write);

    /// <summary>Reads a result's weights.</summary>
    /// <exception cref="FileNotFoundException">They are not there: the result comes from another checkout.</exception>
    /// <exception cref="InvalidDataException">The file is broken.</exception>
    public IReadOnlyList<WeightTensor> Read(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"An ensemble needs {path}, which is not kept in the repository: delete {DesignResult.PathOf(results, name)} and run {name} again.", path);
        }

        return SafetensorsFile.Read(path).Tensors;
    }

    private string PathOf(string name) => Path.Combine(results, "out", $"{name}.safetensors");
}
