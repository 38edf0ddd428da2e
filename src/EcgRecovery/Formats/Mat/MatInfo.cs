using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Mat;

/// <summary>The content of <c>NAME.info</c>, which wfdb2mat writes beside <c>NAME.mat</c>.</summary>
/// <remarks>
/// <code>
/// Sampling frequency: 250 Hz  Sampling interval: 0.004 sec
/// Row	Signal	Gain	Base	Units
/// 1	II	7247	0	mV
/// </code>
/// Source: wfdb2mat(1), https://physionet.org/physiotools/wag/wfdb2m-1.htm.
/// </remarks>
internal static class MatInfo
{
    private const int MaximumBytes = 1 << 20;
    private const string Frequency = "Sampling frequency:";

    /// <summary>Reads the text beside a MATLAB file, if there is one.</summary>
    /// <param name="matPath">The MATLAB file.</param>
    /// <exception cref="InvalidDataException">The file is too long.</exception>
    public static ArrayDescription Read(string matPath)
    {
        var path = Path.ChangeExtension(matPath, ".info");
        if (!File.Exists(path))
            return ArrayDescription.None;
        double? frequency = null;
        var leads = new List<DescribedLead>();
        foreach (var line in Encoding.Latin1.GetString(InputFile.ReadAllBytes(path, MaximumBytes)).Split('\n'))
        {
            var cells = line.Trim('\r').Split('\t');
            if (line.StartsWith(Frequency, StringComparison.Ordinal)
                && TryRead(line[Frequency.Length..].Trim().Split(' ')[0], out var hz) && hz > 0)
            {
                frequency = hz;
            }

            // Rows are numbered from 1.
            if (cells.Length >= 5 && cells[0] == (leads.Count + 1).ToString(CultureInfo.InvariantCulture)
                && TryRead(cells[2], out var gain) && TryRead(cells[3], out var adcBase))
            {
                leads.Add(new DescribedLead(cells[1], gain, adcBase, cells[4].Trim()));
            }
        }

        return new ArrayDescription(path, frequency, leads);
    }

    private static bool TryRead(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
