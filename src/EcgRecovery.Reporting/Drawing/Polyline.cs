using System.Text;

namespace EcgRecovery.Reporting.Drawing;

/// <summary>Values as the data of an SVG path.</summary>
internal static class Polyline
{
    /// <summary>
    /// Returns the closed area between (first + i, lower[i]) and (first + i, upper[i]), clamped to the vertical scale, without the samples
    /// whose bounds are not finite.
    /// </summary>
    public static string Band(int first, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, Scale horizontal, Scale vertical)
    {
        var (low, high) = (Math.Min(vertical.Start, vertical.End), Math.Max(vertical.Start, vertical.End));
        var path = new StringBuilder();
        for (var i = 0; i < upper.Length; i++)
            Append(i, upper[i], lower[i]);
        for (var i = lower.Length - 1; i >= 0; i--)
            Append(i, lower[i], upper[i]);
        return path.Length == 0 ? "" : path.Append('Z').ToString();

        void Append(int i, float bound, float other)
        {
            if (!float.IsFinite(bound) || !float.IsFinite(other))
                return;
            path.Append(path.Length == 0 ? 'M' : 'L').Append(NumberText.Coordinate(horizontal.Map(first + i))).Append(' ')
                .Append(NumberText.Coordinate(Math.Clamp(vertical.Map(bound), low, high)));
        }
    }

    /// <summary>Returns a line through (i, values[i]), cut at the vertical scale, broken where a value is not finite.</summary>
    /// <remarks>Cut by arithmetic: not every viewer follows the reference of a clip path.</remarks>
    public static string Path(ReadOnlySpan<float> values, Scale horizontal, Scale vertical)
    {
        var path = new StringBuilder();
        var (low, high) = (Math.Min(vertical.Start, vertical.End), Math.Max(vertical.Start, vertical.End));
        (double X, double Y)? pen = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                continue;
            var point = (X: horizontal.Map(i), Y: vertical.Map(values[i]));
            var hasBefore = i > 0 && float.IsFinite(values[i - 1]);
            var hasAfter = i + 1 < values.Length && float.IsFinite(values[i + 1]);
            if (hasBefore)
                Segment((horizontal.Map(i - 1), vertical.Map(values[i - 1])), point);
            else if (!hasAfter && point.Y >= low && point.Y <= high)
                Dot(point);
        }

        return path.ToString();

        void Segment((double X, double Y) from, (double X, double Y) to)
        {
            if ((from.Y < low && to.Y < low) || (from.Y > high && to.Y > high))
                return;
            var (start, end) = (Cut(from, to), Cut(to, from));
            if (pen != start)
                Append('M', start);
            Append('L', end);
            pen = end;
        }

        // An isolated point is a line of length 0, which a round line cap shows as a dot.
        void Dot((double X, double Y) point)
        {
            Append('M', point);
            Append('L', point);
        }

        (double X, double Y) Cut((double X, double Y) end, (double X, double Y) other)
        {
            var y = Math.Clamp(end.Y, low, high);
            return y == end.Y ? end : (end.X + ((other.X - end.X) * (y - end.Y) / (other.Y - end.Y)), y);
        }

        void Append(char command, (double X, double Y) point) =>
            path.Append(command).Append(NumberText.Coordinate(point.X)).Append(' ').Append(NumberText.Coordinate(point.Y));
    }
}
