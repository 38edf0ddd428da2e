using EcgRecovery.Cli.Hosting;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Cli.Outputs;

/// <summary>Writes what the texts of <c>info</c> for models have in common.</summary>
/// <param name="output">Receives it.</param>
/// <param name="columns">The width of text in lists; the table of layers has 64.</param>
internal sealed class ModelText(TextWriter output, int columns)
{
    private const int NameWidth = 18;

    /// <summary>Writes the table of layers of one network.</summary>
    /// <param name="model">Name or file of the model.</param>
    /// <param name="network">The network.</param>
    /// <param name="timeSteps">Time steps of a sequence; null for any number.</param>
    public void WriteLayers(string model, NetworkSpec network, int? timeSteps)
    {
        var rule = new string('─', 64);
        output.WriteLine($"Model: {model}");
        output.WriteLine(rule);
        output.WriteLine($"{"Layer (type)",-32}{"Output shape",-20}{"Parameters",12}");
        output.WriteLine(rule);
        foreach (var layer in ModelLayers.Of(network))
        {
            var (name, shape) = ($"{layer.Name} ({layer.Type})", $"(None, {timeSteps?.ToString() ?? "None"}, {layer.Outputs})");
            output.WriteLine($"{name,-32}{shape,-20}{layer.Parameters,12:N0}");
        }

        output.WriteLine(rule);
        output.WriteLine($"{"Total",-52}{network.ParameterCount,12:N0}");
    }

    /// <summary>Writes the number of networks and of all their parameters, below the table.</summary>
    public void WriteMembers(int members, int parameters) =>
        output.WriteLine($"{$"{members} networks, whose mean is the recovery",-52}{parameters,12:N0}");

    /// <summary>Writes an entry of the list; none where the value is empty.</summary>
    public void Entry(string name, string value)
    {
        if (value.Length == 0)
            return;
        foreach (var (i, line) in TextTable.Wrap(value, columns - NameWidth).Index())
            output.WriteLine($"{(i == 0 ? name : ""),-NameWidth}{line}");
    }

    /// <summary>Writes the settings, by name.</summary>
    public void WriteSettings(IReadOnlyDictionary<string, string> settings)
    {
        foreach (var (name, value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
            Entry(name, value);
    }

    /// <summary>Writes the last epoch, the version of the tool, and whether the file is whole.</summary>
    public void WriteMaking(IReadOnlyList<EpochResult> curve, string toolVersion, bool isVerified)
    {
        if (curve is [.., var last])
        {
            var validation = double.IsNaN(last.ValidationLoss) ? "" : $", validation loss {last.ValidationLoss:G4}";
            Entry("last epoch", $"{last.Epoch}: loss {last.Loss:G4}{validation}");
        }

        Entry("made by", $"{CommandHost.ProgramName} {toolVersion}");
        Entry("file", isVerified ? "verified: its hashes are right" : "not verified: it carries no hashes, so it was made elsewhere");
    }
}
