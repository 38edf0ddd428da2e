using System.Text;
using EcgRecovery.Records;
using EcgRecovery.Reporting.Drawing;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Paths of a trace: one for each origin, with the lines that lead to its samples.</summary>
internal sealed class EcgPaperTracePaths
{
    private readonly StringBuilder[] _paths = [.. Enum.GetValues<SampleOrigin>().Select(_ => new StringBuilder())];
    private readonly double _low;
    private readonly double _high;
    private SampleOrigin? _pen;
    private string _penAt = "";

    /// <param name="trace">The trace.</param>
    /// <param name="place">Position of a point in the drawing.</param>
    /// <param name="low">Upper edge of the paper: the smallest y.</param>
    /// <param name="high">Lower edge of the paper: the largest y.</param>
    public EcgPaperTracePaths(EcgPaperTrace trace, Func<TracePoint, (double X, double Y)> place, double low, double high)
    {
        (_low, _high) = (low, high);
        for (var i = 0; i < trace.Points.Count; i++)
        {
            var point = trace.Points[i];
            var isIsolated = i + 1 == trace.Points.Count || trace.Points[i + 1].IsAfterBreak;
            if (i > 0 && !point.IsAfterBreak)
                Segment(Later(trace.Points[i - 1].Origin, point.Origin), place(trace.Points[i - 1]), place(point));
            else if (isIsolated && place(point) is var (x, y) && y >= low && y <= high)
                Draw(point.Origin, At(x, y), At(x, y)); // a line of length 0, which a round line cap shows as a dot
        }
    }

    /// <summary>Path of measured samples.</summary>
    public string Measured => _paths[(int)SampleOrigin.Measured].ToString();

    /// <summary>Path of derived samples.</summary>
    public string Derived => _paths[(int)SampleOrigin.Derived].ToString();

    /// <summary>Path of recovered samples.</summary>
    public string Recovered => _paths[(int)SampleOrigin.Recovered].ToString();

    private static SampleOrigin Later(SampleOrigin a, SampleOrigin b) => (SampleOrigin)Math.Max((int)a, (int)b);

    private void Segment(SampleOrigin origin, (double X, double Y) from, (double X, double Y) to)
    {
        if ((from.Y < _low && to.Y < _low) || (from.Y > _high && to.Y > _high))
            return;
        Draw(origin, Cut(from, to), Cut(to, from));
    }

    private void Draw(SampleOrigin origin, string from, string to)
    {
        var path = _paths[(int)origin];
        if (_pen != origin || _penAt != from)
            path.Append('M').Append(from);
        path.Append('L').Append(to);
        (_pen, _penAt) = (origin, to);
    }

    private string Cut((double X, double Y) end, (double X, double Y) other)
    {
        var y = Math.Clamp(end.Y, _low, _high);
        return At(y == end.Y ? end.X : end.X + ((other.X - end.X) * (y - end.Y) / (other.Y - end.Y)), y);
    }

    private static string At(double x, double y) => $"{NumberText.Coordinate(x)} {NumberText.Coordinate(y)}";
}
