namespace EcgRecovery.Reporting.Figures;

/// <summary>Strips of many leads on one sheet, as close to each other as their traces allow, as on a cardiograph's sheet.</summary>
/// <remarks>
/// The distance of two neighbouring levels is what the lower side of the one trace and the upper side of the other need at the same time.
/// Where the sum is more than the paper, the distances shrink towards the room of the labels, and traces reach into their neighbours'
/// strips.
/// </remarks>
internal static class CloseStrips
{
    /// <summary>The smallest share of the needed distances that is easy to read; below it a smaller gain is better.</summary>
    public const double MinimumShare = 0.6;

    private const double CellSeconds = 0.2;
    private const double Box = 1 / EcgPaper.LargeBoxMillimetres; // a millimetre in large boxes
    private const double Clearance = 1 * Box;
    private const double MinimumDistance = 8 * Box; // room for a label
    private const double MinimumSide = 2 * Box;

    // A loose electrode must not take the paper of the other leads; its trace reaches into theirs.
    private const double MaximumSide = 4;

    /// <summary>Returns the share of the distances they need that strips of a whole row have on paper of some height; at most 1.</summary>
    /// <param name="strips">The strips, from the top.</param>
    /// <param name="boxes">Height of the paper in large boxes.</param>
    public static double Share(IReadOnlyList<EcgPaperStrip> strips, double boxes) => Math.Min(1, boxes / Distances(strips).Sum());

    /// <summary>Returns the strips on paper of some height; higher where even the labels need more.</summary>
    /// <param name="strips">The strips, from the top.</param>
    /// <param name="boxes">Height of the paper in large boxes.</param>
    public static IReadOnlyList<EcgPaperStrip> Place(IReadOnlyList<EcgPaperStrip> strips, double boxes)
    {
        // From the paper's upper edge to the first level, from level to level, from the last level to the lower edge; in whole millimetres.
        var distances = Distances(strips);
        double[] minima = [distances[0], .. strips.Skip(1).Select(Minimum), distances[^1]];
        var share = Math.Clamp((boxes - minima.Sum()) / Math.Max(Box, distances.Sum() - minima.Sum()), 0, 1);
        for (var i = 0; i < distances.Length; i++)
            distances[i] = Math.Floor(((minima[i] + ((distances[i] - minima[i]) * share)) / Box) + 1e-6) * Box;

        var edges = new double[strips.Count + 1];
        var level = 0.0;
        for (var i = 0; i < distances.Length; i++)
        {
            var (above, below) = (Side(i - 1, isLower: true), Side(i, isLower: false));
            edges[i] = i == 0 ? 0 : i == strips.Count ? level + distances[i] : level + (distances[i] * above / (above + below));
            level += distances[i];
        }

        return [.. strips.Select(Placed)];

        double Side(int strip, bool isLower) => strip < 0 || strip == strips.Count
            ? 0
            : Math.Max(MinimumSide, Cells(strips[strip]).Select(cell => isLower ? cell.Below : cell.Above).DefaultIfEmpty(0).Max());

        EcgPaperStrip Placed(EcgPaperStrip strip, int i)
        {
            var levelAt = distances.Take(i + 1).Sum();
            var levelBox = strip.Layout.LevelBox;
            return strip.With(new EcgPaperStripLayout(levelBox - (edges[i + 1] - levelAt), edges[i + 1] - edges[i], levelBox)
            {
                BoxesAbove = edges[i],
                BoxesBelow = edges[^1] - edges[i + 1],
                IsClose = true,
            });
        }
    }

    private static double[] Distances(IReadOnlyList<EcgPaperStrip> strips)
    {
        var cells = strips.Select(Cells).ToArray();
        var distances = new double[strips.Count + 1];
        distances[0] = Math.Max(Minimum(strips[0]), cells[0].Max(cell => cell.Above) + Clearance);
        distances[^1] = Math.Max(MinimumSide, cells[^1].Max(cell => cell.Below) + Clearance);
        for (var i = 1; i < strips.Count; i++)
            distances[i] = Math.Max(Minimum(strips[i]), cells[i - 1].Zip(cells[i], (a, b) => a.Below + b.Above).Max() + Clearance);
        return distances;
    }

    // The calibration pulse must not touch the level above it.
    private static double Minimum(EcgPaperStrip strip) =>
        Math.Max(MinimumDistance, strip.Lead.HasOwnScale ? 0 : (1 / strip.Lead.UnitsPerBox) + Clearance);

    /// <summary>Returns how far a trace rises above its level and falls below it in each fifth of a second, in large boxes.</summary>
    private static (double Above, double Below)[] Cells(EcgPaperStrip strip)
    {
        var cells = new (double Above, double Below)[(int)Math.Ceiling(strip.Seconds / CellSeconds) + 1];
        foreach (var point in strip.Trace.Points)
        {
            var boxes = (point.Value / strip.Lead.UnitsPerBox) - strip.Layout.LevelBox;
            ref var cell = ref cells[Math.Clamp((int)(point.Seconds / CellSeconds), 0, cells.Length - 1)];
            cell = (Math.Min(MaximumSide, Math.Max(cell.Above, boxes)), Math.Min(MaximumSide, Math.Max(cell.Below, -boxes)));
        }

        return cells;
    }
}
