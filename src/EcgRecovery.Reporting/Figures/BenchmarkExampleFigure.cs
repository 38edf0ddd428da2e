using System.Globalization;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>A gap of a benchmark with the truth under it.</summary>
/// <param name="Title">What it is an example of, as in <c>Median of similar: 0.081 mV</c>.</param>
/// <param name="Record">Name of the record.</param>
/// <param name="SamplingFrequencyHz">Samples per second.</param>
/// <param name="Truth">The true samples around and in the gap, [n], in mV; NaN = missing.</param>
/// <param name="GapStart">First sample of the gap, counted in <paramref name="Truth"/>.</param>
/// <param name="GapEnd">End of the gap, exclusive.</param>
/// <param name="Recovered">[length of the gap], in mV; NaN where it was left missing.</param>
/// <param name="Lower">Lower bounds of the 95 % interval, [length of the gap], in mV; null for none.</param>
/// <param name="Upper">Upper bounds of the 95 % interval, [length of the gap], in mV; null for none.</param>
internal sealed record BenchmarkExample(
    string Title,
    string Record,
    double SamplingFrequencyHz,
    float[] Truth,
    int GapStart,
    int GapEnd,
    float[] Recovered,
    float[]? Lower,
    float[]? Upper)
{
    /// <summary>Name of the lead.</summary>
    public string Lead { get; init; } = "ECG";

    /// <summary>The method that recovered the gap; may be empty.</summary>
    public string Method { get; init; } = "";

    /// <summary>Number of the first sample of <see cref="Truth"/> in the record, so that times are those of the record.</summary>
    public long FirstSample { get; init; }
}

/// <summary>An example of a benchmark on ECG paper: measured samples around the gap, recovered ones in it, the truth under them.</summary>
/// <remarks>A row is as wide as A4 upright at 25 mm/s. Of gaps longer than half a minute the beginning is drawn.</remarks>
internal static class BenchmarkExampleFigure
{
    private const double Millimetre = EcgPaper.Millimetre;
    private const double RowSeconds = 6;
    private const double MaximumSeconds = 30;
    private const double MinimumBeside = 0.5;
    private const double Margin = 2 * Millimetre;
    private const double HeadingHeight = 12 * Millimetre;
    private const double FootingHeight = 7 * Millimetre;
    private const double TextSize = 2.8 * Millimetre;
    private const double IntervalLevel = 0.95;

    private static readonly EcgPaperScale s_scale = new(25, 10);

    /// <summary>Draws the figure.</summary>
    /// <param name="name">Name of the figure.</param>
    /// <param name="example">The example.</param>
    /// <exception cref="ArgumentException">The gap is not within the truth, or lengths do not fit.</exception>
    public static Figure Draw(string name, BenchmarkExample example)
    {
        Check(example);
        var sheet = Read(example);
        var width = sheet.Rows.Max(row => row.Width) + (2 * Margin);
        var height = HeadingHeight + sheet.Rows.Sum(row => row.Height) + FootingHeight;
        var words = $"{Words(example)}. {sheet.Describe()}";
        var canvas = new SvgCanvas(name, width, height, example.Title, words, Millimetre, Palette.EcgSheet);
        var titleSize = Math.Min(1.3 * TextSize, (width - (2 * Margin)) / FigureText.BoldWidth(example.Title, 1));
        canvas.Text(Palette.EcgText, Margin, 5 * Millimetre, example.Title, titleSize, isBold: true);
        canvas.Text(Palette.EcgNote, Margin, 9.5 * Millimetre, $"{Words(example)} · {sheet.Words}", 0.85 * TextSize);
        canvas.Text(Palette.EcgNote, width - Margin, 9.5 * Millimetre, FigureText.NotForDiagnosis, 0.85 * TextSize, TextAnchor.End);
        var top = HeadingHeight;
        foreach (var row in sheet.Rows)
        {
            row.Draw(canvas, Margin, top);
            top += row.Height;
        }

        Legend.Draw(canvas, width / 2, width - (2 * Margin), height - (0.35 * FootingHeight), TextSize, sheet.Legend);
        return canvas.Finish();
    }

    private static void Check(BenchmarkExample example)
    {
        if (!(example.GapStart >= 0 && example.GapStart < example.GapEnd && example.GapEnd <= example.Truth.Length))
        {
            throw new ArgumentException(
                $"The gap is {example.GapStart}..{example.GapEnd}; expected one within the {example.Truth.Length} samples of the truth.",
                nameof(example));
        }

        foreach (var (samples, what) in new[] { (example.Recovered, "recovered"), (example.Lower, "lower"), (example.Upper, "upper") })
        {
            if (samples is not null && samples.Length != example.GapEnd - example.GapStart)
            {
                throw new ArgumentException(
                    $"There are {samples.Length} {what} samples; expected {example.GapEnd - example.GapStart}, the length of the gap.",
                    nameof(example));
            }
        }
    }

    private static string Words(BenchmarkExample example) => string.Create(
        CultureInfo.InvariantCulture,
        $"record {example.Record} · {(example.GapEnd - example.GapStart) / example.SamplingFrequencyHz:0.###} s lost");

    private static EcgPaperSheet Read(BenchmarkExample example)
    {
        var (hz, first) = (example.SamplingFrequencyHz, example.FirstSample / example.SamplingFrequencyHz);
        var (gap, end) = (first + (example.GapStart / hz), first + (example.Truth.Length / hz));
        var gapSeconds = (example.GapEnd - example.GapStart) / hz;
        var seconds = Math.Min(MaximumSeconds, RowSeconds * Math.Ceiling((gapSeconds + (2 * MinimumBeside)) / RowSeconds));
        var before = Math.Max(MinimumBeside, (seconds - gapSeconds) / 2);
        // On a large box, from which the grid begins.
        var start = Math.Floor(Math.Clamp(gap - before, first, Math.Max(first, end - seconds)) * 5) / 5;
        var marks = new EcgPaperMarks { Truth = new Dictionary<int, EcgLead> { [0] = Lead(example, "", example.Truth) } };
        return EcgPaperSheet.Read(Record(example), [0], start, Math.Min(end, start + seconds), RowSeconds, s_scale, marks);
    }

    /// <summary>Returns a recording whose only lead is the truth, recovered in the gap; behind it the bounds.</summary>
    private static EcgRecord Record(BenchmarkExample example)
    {
        float[] filled = [.. example.Truth];
        example.Recovered.CopyTo(filled, example.GapStart);
        var hasInterval = example is { Lower: not null, Upper: not null };
        var gap = new SampleSpan(example.GapStart, example.GapEnd).Shift(example.FirstSample);
        return new EcgRecord
        {
            Name = example.Record,
            SamplingFrequencyHz = example.SamplingFrequencyHz,
            Leads =
            [
                Lead(example, "", filled),
                .. hasInterval
                    ? [Bound(EcgRecord.LowerBoundSuffix, example.Lower!), Bound(EcgRecord.UpperBoundSuffix, example.Upper!)]
                    : (EcgLead[])[],
            ],
            Provenance = [new(0, gap, SampleOrigin.Recovered, example.Method, "", hasInterval ? IntervalLevel : null)],
        };

        EcgLead Bound(string suffix, float[] bounds)
        {
            var around = new float[example.Truth.Length];
            around.AsSpan().Fill(float.NaN);
            bounds.CopyTo(around, example.GapStart);
            return Lead(example, suffix, around);
        }
    }

    private static EcgLead Lead(BenchmarkExample example, string suffix, float[] milliVolts) => new()
    {
        Name = example.Lead + suffix,
        SamplingFrequencyHz = example.SamplingFrequencyHz,
        PhysicalValues = new Excerpt(milliVolts, example.FirstSample),
    };

    /// <summary>Samples of a record that are known from one on: those before are missing.</summary>
    private sealed class Excerpt(float[] values, long first) : ISamples<double>
    {
        public long Count => first + values.Length;

        public void Read(long start, Span<double> destination)
        {
            SampleWindow.Check(start, destination.Length, Count);
            for (var t = 0; t < destination.Length; t++)
                destination[t] = start + t < first ? double.NaN : values[start + t - first];
        }
    }
}
