using System.Globalization;

namespace EcgRecovery.Evaluation.Scores;

/// <summary>Cells of result tables: scores as text, with a true minus sign; a dash where there is no finite value.</summary>
internal static class ScoreText
{
    /// <summary>Mark behind the name of a method that learned from patients it is tested on.</summary>
    public const string SawTestPatientsMark = "†";

    /// <summary>Mark behind a difference whose interval excludes zero.</summary>
    public const string DiffersMark = "‡";

    private const string None = "–";

    /// <summary>Returns a figure, as in <c>0.1234</c>.</summary>
    public static string Figure(double? value, int decimals = 4)
    {
        if (value is not { } figure || !double.IsFinite(figure))
            return None;
        // A value that rounds to zero from below would be written -0.000.
        var shown = Math.Round(figure, decimals) == 0 ? 0 : figure;
        return shown.ToString($"F{decimals}", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>Returns a figure with its sign, as in <c>+0.123</c>; 0 has none.</summary>
    public static string Signed(double? value, int decimals) =>
        $"{(value is { } figure && Math.Round(figure, decimals) > 0 ? "+" : "")}{Figure(value, decimals)}";

    /// <summary>Returns a share of 1 in per cent, as in <c>93.8 %</c>.</summary>
    public static string Percent(double? share) => share is { } value && double.IsFinite(value) ? $"{Figure(100 * value, 1)} %" : None;

    /// <summary>Returns a mean with its interval, as in <c>0.2500 [0.0625, 0.5000]</c>.</summary>
    public static string Mean(ErrorSummary error) =>
        double.IsNaN(error.Mean) ? None : $"{Figure(error.Mean)} [{Figure(error.Low)}, {Figure(error.High)}]";

    /// <summary>Returns a relative difference in per cent with its interval, as in <c>−12.5 [−25.0, −1.0] ‡</c>.</summary>
    public static string Difference(ErrorDifference? difference)
    {
        if (difference is not { Relative: var relative } || !double.IsFinite(relative.Value))
            return None;
        var interval = $"[{Signed(100 * relative.Low, 1)}, {Signed(100 * relative.High, 1)}]";
        return $"{Signed(100 * relative.Value, 1)} {interval}{(relative.ExcludesZero ? $" {DiffersMark}" : "")}";
    }
}
