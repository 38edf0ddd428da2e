namespace EcgRecovery.Reporting.Drawing;

/// <summary>
/// A mapping from values to coordinates: <paramref name="From"/> to <paramref name="Start"/>, <paramref name="To"/> to
/// <paramref name="End"/>.
/// </summary>
internal sealed record Scale(double From, double To, double Start, double End, bool IsLogarithmic = false)
{
    /// <summary>Returns the coordinate of a value, which must be positive on a logarithmic scale.</summary>
    public double Map(double value)
    {
        var share = IsLogarithmic
            ? (Math.Log(value) - Math.Log(From)) / (Math.Log(To) - Math.Log(From))
            : (value - From) / (To - From);
        return Start + (share * (End - Start));
    }

    /// <summary>Returns round values within the scale, with their labels.</summary>
    public IReadOnlyList<Tick> Ticks(int maximum) => IsLogarithmic ? LogTicks(maximum) : LinearTicks(maximum);

    private List<Tick> LinearTicks(int maximum)
    {
        var power = Math.Floor(Math.Log10((To - From) / maximum));
        var step = RoundSteps(power).First(candidate => (To - From) / candidate <= maximum);
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        if (step * Math.Pow(10, decimals) % 1 is > 0.01 and < 0.99)
            decimals++;
        var ticks = new List<Tick>();
        for (var i = Math.Ceiling((From / step) - 1e-9); i * step <= To + (1e-9 * step); i++)
            ticks.Add(new Tick(i * step, NumberText.Tick(i * step, decimals)));
        return ticks;
    }

    private static IEnumerable<double> RoundSteps(double power)
    {
        for (var p = power; ; p++)
        {
            yield return Math.Pow(10, p);
            yield return 2 * Math.Pow(10, p);
            yield return 2.5 * Math.Pow(10, p);
            yield return 5 * Math.Pow(10, p);
        }
    }

    /// <summary>Returns 1, 2, 5 in every decade; where those are too many, decades only or every n-th decade.</summary>
    private List<Tick> LogTicks(int maximum)
    {
        var ticks = LogTicks([1, 2, 5], 1);
        for (var every = 1; ticks.Count > maximum; every++)
            ticks = LogTicks([1], every);
        return ticks;
    }

    private List<Tick> LogTicks(int[] mantissas, int everyDecade)
    {
        const double tolerance = 1e-9;
        var ticks = new List<Tick>();
        for (var decade = (int)Math.Floor(Math.Log10(From)); decade <= Math.Ceiling(Math.Log10(To)); decade++)
        {
            foreach (var mantissa in decade % everyDecade == 0 ? mantissas : [])
            {
                var value = mantissa * Math.Pow(10, decade);
                if (value >= From * (1 - tolerance) && value <= To * (1 + tolerance))
                    ticks.Add(new Tick(value, From < 0.0009 ? NumberText.Scientific(value) : NumberText.Plain(value)));
            }
        }

        return ticks;
    }
}

/// <summary>A tick of an axis.</summary>
internal readonly record struct Tick(double Value, string Label);
