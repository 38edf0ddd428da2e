using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Layouts of a paper ECG: ten seconds of twelve leads, in columns.</summary>
/// <remarks>
/// With c columns each lead is seen for 10/c seconds: leads I, II, III, aVR, aVL, aVF, V1 … V6 fill the columns in this order, and the
/// columns follow each other in time. On a common page of four columns by three rows I, II and III are seen first, V4, V5 and V6 last.
/// </remarks>
internal static class PaperLayout
{
    private const double PageSeconds = 10;

    // A recording of about a page.
    private const double MaximumDifference = 0.5;

    private static readonly string[] s_order = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>The numbers of columns: each lead is seen for 5, 3.3, 2.5, 1.7 or 0.8 s.</summary>
    public static IReadOnlyList<int> Columns { get; } = [2, 3, 4, 6, 12];

    /// <summary>Returns what each lead loses with a number of columns, in seconds.</summary>
    public static double LostSeconds(int columns) => Math.Round(PageSeconds * (columns - 1) / columns, 2);

    /// <summary>
    /// Returns the gaps of each lead, in the order of the record's leads; null where the record is no page of twelve leads.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="lostSeconds">As <see cref="LostSeconds"/> returns it.</param>
    public static IReadOnlyList<IReadOnlyList<SampleSpan>>? Gaps(TestedRecord record, double lostSeconds)
    {
        if (Math.Abs(record.DurationSeconds - PageSeconds) > MaximumDifference)
            return null;
        int[] places = [.. record.Leads.Select(PlaceOf)];
        if (s_order.Index().Any(name => !places.Contains(name.Index)))
            return null;
        var columns = Columns.Single(columns => LostSeconds(columns) == lostSeconds);
        var whole = new SampleSpan(0, record.SampleCount);
        return
        [
            .. places.Select(place =>
            {
                // A further lead is lost from end to end.
                if (place < 0)
                    return (IReadOnlyList<SampleSpan>)[whole];
                var column = place * columns / s_order.Length;
                return whole.Subtract([new(whole.End * column / columns, whole.End * (column + 1) / columns)]);
            }),
        ];
    }

    private static int PlaceOf(TestedLead lead) =>
        Array.FindIndex(s_order, name => name.Equals(lead.Name, StringComparison.OrdinalIgnoreCase));
}
