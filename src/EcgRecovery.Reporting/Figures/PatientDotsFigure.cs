using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>The errors of all methods on one patient.</summary>
/// <param name="Patient">Name of the patient.</param>
/// <param name="ErrorsOfMethods">One error per method; NaN for none.</param>
internal sealed record PatientErrors(string Patient, IReadOnlyList<double> ErrorsOfMethods);

/// <summary>One row of marks per patient, one mark per method: shows how much the error depends on the patient.</summary>
/// <remarks>
/// Patients are in the order of the error of the best method, which is the one with the smallest mean over the patients among those with
/// most errors. The axis ends at three times the largest median of a method; errors beyond it are arrows at its end.
/// </remarks>
internal static class PatientDotsFigure
{
    private const double Width = 760;
    private const double Left = 80;
    private const double Right = 738;
    private const double Heading = 50;
    private const double LegendLine = 19;
    private const double RowHeight = 18;
    private const double Footer = 48;
    private const double LegendSize = 12;
    private const double MediansToEnd = 3;
    private const int MaximumName = 26;
    private const int MaximumPatient = 8;

    /// <summary>Draws the figure.</summary>
    /// <param name="name">Name of the figure.</param>
    /// <param name="title">Title, one line.</param>
    /// <param name="error">What the error is, with its unit, as in <c>RMSE in the gap, mV</c>.</param>
    /// <param name="methods">Names of the methods, in the order of their styles.</param>
    /// <param name="patients">The patients, in any order.</param>
    /// <exception cref="ArgumentException">A patient has errors of another number of methods.</exception>
    public static Figure Draw(
        string name, string title, string error, IReadOnlyList<string> methods, IReadOnlyList<PatientErrors> patients)
    {
        foreach (var patient in patients.Where(patient => patient.ErrorsOfMethods.Count != methods.Count))
        {
            throw new ArgumentException(
                $"Patient {patient.Patient} has {patient.ErrorsOfMethods.Count} errors; expected one for each of {methods.Count} methods.",
                nameof(patients));
        }

        var best = Best(methods.Count, patients);
        var rows = Sorted(patients, best);
        var legend = LegendLines(methods);
        var top = Heading + (legend.Count * LegendLine);
        var bottom = top + (Math.Max(1, rows.Count) * RowHeight);
        var scale = ErrorScale(methods.Count, patients);
        var canvas = new SvgCanvas(name, Width, bottom + Footer, title, Description(error, methods, rows));
        canvas.Text(Palette.Text, 10, 20, title, 15, isBold: true);
        var order = best is { } number ? $"; sorted by {FigureText.WithoutMiddle(methods[number], MaximumName)}, the best on average" : "";
        canvas.Text(Palette.MutedText, 10, 38, $"{error}: mean over a patient's gaps{order}", 12);
        Legend(canvas, legend);
        var hasArrows = patients.SelectMany(patient => patient.ErrorsOfMethods).Any(value => double.IsFinite(value) && value > scale.To);
        Axis(canvas, scale, hasArrows ? $"{error} (▸: beyond the axis)" : error, top, bottom);
        for (var row = 0; row < rows.Count; row++)
            Row(canvas, scale, rows[row], top + ((row + 0.5) * RowHeight));
        if (rows.Count == 0)
            canvas.Text(Palette.MutedText, Width / 2, (top + bottom) / 2, "There is no patient.", 12, TextAnchor.Middle);
        return canvas.Finish();
    }

    /// <summary>Returns the number of the best method; null where none has an error.</summary>
    public static int? Best(int methods, IReadOnlyList<PatientErrors> patients)
    {
        var errors = Enumerable.Range(0, methods)
            .Select(method => (Method: method, Errors: Finite(patients, method)))
            .Where(method => method.Errors.Length > 0)
            .ToArray();
        return errors.Length == 0
            ? null
            : errors.OrderByDescending(method => method.Errors.Length).ThenBy(method => method.Errors.Average()).First().Method;
    }

    /// <summary>Returns the patients in the order of a method's errors, those without one last.</summary>
    public static IReadOnlyList<PatientErrors> Sorted(IReadOnlyList<PatientErrors> patients, int? method) =>
    [
        .. patients
            .OrderBy(patient => method is { } best && double.IsFinite(patient.ErrorsOfMethods[best])
                ? patient.ErrorsOfMethods[best]
                : double.PositiveInfinity)
            .ThenBy(patient => patient.Patient, StringComparer.Ordinal),
    ];

    /// <summary>Returns the scale from error to x.</summary>
    public static Scale ErrorScale(int methods, IReadOnlyList<PatientErrors> patients)
    {
        double[][] errors = [.. Enumerable.Range(0, methods).Select(method => Finite(patients, method)).Where(some => some.Length > 0)];
        var largest = errors.SelectMany(some => some).DefaultIfEmpty(0).Max();
        var medians = errors.Select(some => Statistics.Quantile(some, 0.5)).DefaultIfEmpty(0).Max();
        var end = medians > 0 ? Math.Min(largest * 1.03, MediansToEnd * medians) : largest;
        return new Scale(0, end > 0 ? end : 1, Left, Right);
    }

    private static double[] Finite(IReadOnlyList<PatientErrors> patients, int method) =>
        [.. patients.Select(patient => patient.ErrorsOfMethods[method]).Where(double.IsFinite).Order()];

    private static void Axis(SvgCanvas canvas, Scale scale, string label, double top, double bottom)
    {
        foreach (var tick in scale.Ticks(9))
        {
            var x = scale.Map(tick.Value);
            canvas.Line(Palette.Grid, x, top, x, bottom);
            canvas.Text(Palette.MutedText, x, bottom + 16, tick.Label, 12, TextAnchor.Middle);
        }

        canvas.Line(Palette.Axis, Left, bottom, Right, bottom);
        canvas.Text(Palette.MutedText, (Left + Right) / 2, bottom + 34, label, 12, TextAnchor.Middle);
    }

    private static void Row(SvgCanvas canvas, Scale scale, PatientErrors patient, double y)
    {
        canvas.Text(Palette.Text, Left - 10, y + 4, FigureText.WithoutMiddle(patient.Patient, MaximumPatient), 12, TextAnchor.End);
        double[] drawn = [.. patient.ErrorsOfMethods.Where(double.IsFinite).Select(error => Math.Min(error, scale.To))];
        if (drawn.Length == 0)
            return;
        canvas.Line(Palette.Grid, scale.Map(drawn.Min()), y, scale.Map(drawn.Max()), y);
        // The first method, drawn last, lies on top.
        for (var method = patient.ErrorsOfMethods.Count - 1; method >= 0; method--)
        {
            var error = patient.ErrorsOfMethods[method];
            if (error > scale.To && double.IsFinite(error))
                MethodStyle.Of(method).DrawArrow(canvas, Right, y);
            else if (double.IsFinite(error))
                MethodStyle.Of(method).Draw(canvas, scale.Map(error), y);
        }
    }

    private static List<List<(int Method, string Name, double X)>> LegendLines(IReadOnlyList<string> methods)
    {
        var lines = new List<List<(int Method, string Name, double X)>>();
        var x = Width;
        for (var method = 0; method < methods.Count; method++)
        {
            var name = FigureText.WithoutMiddle(methods[method], MaximumName);
            var width = 12 + FigureText.Width(name, LegendSize);
            if (x + width > Right)
            {
                lines.Add([]);
                x = 16;
            }

            lines[^1].Add((method, name, x));
            x += width + 16;
        }

        return lines;
    }

    private static void Legend(SvgCanvas canvas, List<List<(int Method, string Name, double X)>> lines)
    {
        for (var line = 0; line < lines.Count; line++)
        {
            var y = Heading + ((line + 0.5) * LegendLine);
            foreach (var (method, name, x) in lines[line])
            {
                MethodStyle.Of(method).Draw(canvas, x, y - 4);
                canvas.Text(Palette.Text, x + 9, y, name, LegendSize);
            }
        }
    }

    private static string Description(string error, IReadOnlyList<string> methods, IReadOnlyList<PatientErrors> patients) =>
        $"{error}, patient by patient. " + string.Join(' ', patients.Select(patient => $"{patient.Patient}: " + string.Join(
            ", ",
            methods.Zip(patient.ErrorsOfMethods, (method, value) => $"{method} {NumberText.Error(value)}")) + "."));
}
