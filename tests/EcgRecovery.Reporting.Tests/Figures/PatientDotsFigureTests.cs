using System.Xml.Linq;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class PatientDotsFigureTests
{
    private static readonly string[] s_methods = ["linear", "similar", "placed"];

    private static readonly PatientErrors[] s_patients =
    [
        new("100", [0.4, 0.2, 0.25]), new("103", [0.5, 0.1, 0.3]), new("105", [0.3, double.NaN, 0.2]), new("111", [0.6, 0.15, 0.2]),
    ];

    [Fact]
    public void Patients_are_in_the_order_of_the_best_methods_error_and_those_without_it_last()
    {
        // The means are 0.45, 0.15 and 0.2375, but the second method has no error for 105: the third is the best of the whole ones.
        Assert.Equal(2, PatientDotsFigure.Best(3, s_patients));
        Assert.Equal(["105", "111", "100", "103"], Names(Draw(s_methods, s_patients)));
        Assert.Equal(["103", "111", "100", "105"], PatientDotsFigure.Sorted(s_patients, 1).Select(patient => patient.Patient));
        Assert.Contains("RMSE, mV: mean over a patient's gaps; sorted by placed, the best on average", Draw(s_methods, s_patients).Texts());
    }

    [Fact]
    public void A_mark_lies_at_its_error_and_NaN_has_none()
    {
        var svg = Draw(s_methods, s_patients);
        var scale = PatientDotsFigure.ErrorScale(3, s_patients);
        Assert.Equal((0, 0.6 * 1.03), (scale.From, scale.To));
        // The first circle is that of the legend.
        var linear = svg.Elements("circle", "method-0-ink").Skip(1).Select(mark => mark.Number("cx"));
        Assert.Equal(new[] { 0.3, 0.6, 0.4, 0.5 }.Select(scale.Map), linear, (a, b) => Math.Abs(a - b) < 0.06);
        Assert.Equal(1 + 3, svg.Elements("rect", "method-1-ink").Count());
    }

    [Fact]
    public void An_error_beyond_three_times_the_largest_median_is_an_arrow_at_the_end_of_the_axis()
    {
        PatientErrors[] patients = [.. s_patients, new("wild", [9, 0.2, 0.3])];
        var scale = PatientDotsFigure.ErrorScale(3, patients);
        Assert.Equal(3 * 0.5, scale.To, 1e-12);
        var svg = Draw(s_methods, patients);
        Assert.Equal(738 + 4.2, Assert.Single(svg.Elements("path", "method-0-ink")).Points()[0].X, 0.06);
        Assert.Contains("RMSE, mV (▸: beyond the axis)", svg.Texts());
        Assert.Contains("RMSE, mV", Draw(s_methods, s_patients).Texts());
    }

    [Fact]
    public void The_legend_names_every_method_in_lines_within_the_drawing()
    {
        var svg = Draw(SyntheticBenchmark.Methods, SyntheticBenchmark.Patients());
        var names = svg.Elements("text", null).Where(text => SyntheticBenchmark.Methods.Contains(text.Value)).ToArray();
        Assert.Equal(SyntheticBenchmark.Methods, names.Select(name => name.Value));
        Assert.All(names, name => Assert.InRange(name.Number("x") + FigureText.Width(name.Value, 12), 0, 750));
        Assert.Equal(2, names.Select(name => name.Number("y")).Distinct().Count());
    }

    [Fact]
    public void Without_patients_or_errors_there_is_a_drawing()
    {
        Assert.Contains("There is no patient.", Draw(s_methods, []).Texts());
        var none = Draw(s_methods, [new("100", [double.NaN, double.NaN, double.NaN])]);
        Assert.Contains("100", none.Texts());
        Assert.DoesNotContain(none.Texts(), text => text.Contains("sorted by", StringComparison.Ordinal));
        Assert.NotEmpty(Draw(["a"], [new("100", [0])]).Elements("circle", null));
        Assert.Null(PatientDotsFigure.Best(1, []));
    }

    [Fact]
    public void Errors_of_another_number_of_methods_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => Draw(["a", "b"], [new("100", [0.1])]));
        Assert.Contains("Patient 100 has 1 errors; expected one for each of 2 methods", exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(XElement svg) => svg.Texts().Where(text => s_patients.Any(patient => patient.Patient == text));

    private static XElement Draw(IReadOnlyList<string> methods, IReadOnlyList<PatientErrors> patients) =>
        Markup.Parse(PatientDotsFigure.Draw("patients", "Title", "RMSE, mV", methods, patients));
}
