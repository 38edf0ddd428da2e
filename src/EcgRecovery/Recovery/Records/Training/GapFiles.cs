using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Neural.Files;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>The gaps of a training run on disk, a file per recording and round, so that an abort loses at most one round.</summary>
/// <remarks>
/// <c>gaps/RECORDING-ROUND.gaps</c> in the folder of the checkpoint: a safetensors file with its hashes. All gaps stand one behind the
/// other in each tensor. The metadata hold the format and a text, as <c>name=value</c> pairs, of all that decides on the gaps.
/// </remarks>
internal sealed class GapFiles
{
    private const string Format = "ecg-recovery-gaps/1";
    private const string Extension = ".gaps";

    // Per gap: cells, cells before it, cells inside; unit of the channels in the lead's unit, and in mV.
    private const int Sizes = 3;

    private const int MaximumCells = 1 << 20;

    private readonly string _folder;

    /// <param name="directory">The folder of the checkpoint.</param>
    /// <param name="resume">Whether to use the gaps in it.</param>
    /// <exception cref="CheckpointExistsException">The folder holds gaps and <paramref name="resume"/> is false.</exception>
    public GapFiles(string directory, bool resume)
    {
        _folder = Path.Combine(directory, "gaps");
        var existing = Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, $"*{Extension}").FirstOrDefault() : null;
        if (!resume && existing is not null)
            throw new CheckpointExistsException(existing);
    }

    /// <summary>Reads the gaps of one round; null where there are none yet.</summary>
    /// <param name="recording">Name of the recording.</param>
    /// <param name="round">Number of the round.</param>
    /// <param name="fingerprint">All that decides on the gaps, as <c>name=value</c> pairs with <c>;</c> between them.</param>
    /// <param name="patient">Number of the recording's patient.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or its gaps are of other data or settings.</exception>
    public IReadOnlyList<TrainingGap>? Read(string recording, int round, string fingerprint, int patient)
    {
        var path = PathOf(recording, round);
        if (!File.Exists(path))
            return null;
        var file = SafetensorsFile.Read(path);
        if (file.Metadata.GetValueOrDefault("format") != Format || !file.IsVerified)
            throw new InvalidDataException($"{path} holds no gaps of a training run; expected format '{Format}' with its hashes.");
        var other = file.Metadata.GetValueOrDefault("run", "");
        if (other != fingerprint)
            throw new InvalidDataException($"{path} belongs to another run; it has {RunFingerprint.FirstDifference(other, fingerprint)}.");
        try
        {
            return GapsOf(file.Tensors, patient);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{path} has the format of gaps but not their content: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the gaps of one round.</summary>
    /// <param name="recording">Name of the recording.</param>
    /// <param name="round">Number of the round.</param>
    /// <param name="fingerprint">All that decides on the gaps.</param>
    /// <param name="gaps">The gaps.</param>
    public void Write(string recording, int round, string fingerprint, IReadOnlyList<TrainingGap> gaps)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = Format, ["run"] = fingerprint };
        WeightTensor[] tensors =
        [
            Tensor("sizes", Sizes, gaps.Select(gap => (float[])[gap.Cells.Count, gap.Cells.Before, gap.Cells.Inside])),
            Tensor("scales", 1, gaps.Select(gap => (float[])[gap.Cells.Scale])),
            Tensor("channels", GapChannels.Count, gaps.Select(gap => gap.Cells.Channels)),
            Tensor("features", GapChannels.Features, gaps.Select(gap => gap.Cells.Features)),
            Tensor("residuals", 1, gaps.Select(gap => gap.Residual)),
        ];
        OutputFile.Write(PathOf(recording, round), overwrite: true, new SafetensorsFile(metadata, tensors).Write);
    }

    private string PathOf(string recording, int round) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{recording}-{round}{Extension}"));

    private static WeightTensor Tensor(string name, int width, IEnumerable<float[]> parts)
    {
        float[] values = [.. parts.SelectMany(part => part)];
        return new WeightTensor(name, [values.Length / width, width], values);
    }

    private static List<TrainingGap> GapsOf(IReadOnlyList<WeightTensor> tensors, int patient)
    {
        var (sizes, scales) = (new Values(tensors, "sizes", Sizes), new Values(tensors, "scales", 1));
        var channels = new Values(tensors, "channels", GapChannels.Count);
        var features = new Values(tensors, "features", GapChannels.Features);
        var residuals = new Values(tensors, "residuals", 1);
        var gaps = new List<TrainingGap>();
        while (!sizes.IsEmpty)
        {
            int[] size = [.. sizes.Take(1).Select(value => (int)value)];
            if (size[0] is < 1 or > MaximumCells || size[1] < 0 || size[2] < 1 || size[1] + size[2] > size[0])
                throw new FormatException($"a gap has {size[2]} cells after {size[1]} of {size[0]}.");
            var cells = new GapCells(channels.Take(size[0]), features.Take(1), size[1], size[2], scales.Take(1)[0]);
            gaps.Add(new TrainingGap(patient, cells, residuals.Take(size[2])));
        }

        return gaps;
    }

    /// <summary>The rows of a tensor, taken one after the other.</summary>
    private sealed class Values(IReadOnlyList<WeightTensor> tensors, string name, int width)
    {
        private readonly float[] _values =
            tensors.FirstOrDefault(tensor => tensor.Name == name && tensor.Shape.Length == 2 && tensor.Shape[1] == width)?.Values
                ?? throw new FormatException($"it has no {name} [any, {width}].");

        private int _at;

        public bool IsEmpty => _at == _values.Length;

        public float[] Take(int rows)
        {
            var end = _at + (rows * width);
            if (end > _values.Length)
                throw new FormatException($"{name} has {_values.Length / width} rows; expected {end / width}.");
            var taken = _values[_at..end];
            _at = end;
            return taken;
        }
    }
}
