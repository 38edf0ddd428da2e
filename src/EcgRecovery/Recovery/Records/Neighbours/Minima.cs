using System.Numerics;
using EcgRecovery.Records;

namespace EcgRecovery.Recovery.Records.Neighbours;

/// <summary>Finds the lowest local minima of a curve that are not too near to each other. Buffers are reused.</summary>
internal sealed class Minima
{
    // Minima that are kept before those near to a lower one are dropped: enough for any number wanted, so that the first ones found do not
    // depend on that number.
    private const int Kept = 1024;

    private readonly float[] _values = new float[2 * Kept];
    private readonly int[] _places = new int[2 * Kept];

    /// <summary>Returns the places of the lowest local minima, lowest first.</summary>
    /// <param name="curve">The curve; infinite where there can be no minimum.</param>
    /// <param name="span">The part to search.</param>
    /// <param name="count">Minima wanted.</param>
    /// <param name="separation">Two minima are more than this many samples apart.</param>
    public List<int> Of(float[] curve, SampleSpan span, int count, int separation)
    {
        var chosen = new List<int>(count);
        foreach (var place in Lowest(curve, span))
        {
            if (chosen.TrueForAll(other => Math.Abs(other - place) > separation))
                chosen.Add(place);
            if (chosen.Count == count)
                break;
        }

        return chosen;
    }

    /// <summary>Returns the lowest local minima, however near, lowest first.</summary>
    private ArraySegment<int> Lowest(float[] curve, SampleSpan span)
    {
        var (found, worst) = (0, float.PositiveInfinity);
        for (var p = NextBelow(curve, (int)span.Start + 1, (int)span.End - 1, worst);
            p < span.End - 1;
            p = NextBelow(curve, p + 1, (int)span.End - 1, worst))
        {
            var value = curve[p];
            if (value > curve[p - 1] || value >= curve[p + 1])
                continue;
            (_values[found], _places[found]) = (value, p);
            if (++found < _values.Length)
                continue;
            // The higher half can go: the buffer is sorted once for every so many minima that are low enough.
            Array.Sort(_values, _places);
            found = Kept;
            worst = _values[found - 1];
        }

        Array.Sort(_values, _places, 0, found);
        return new ArraySegment<int>(_places, 0, Math.Min(found, Kept));
    }

    /// <summary>Returns the first place from one on whose value is below a bound; the end where there is none.</summary>
    private static int NextBelow(float[] curve, int from, int end, float bound)
    {
        var limit = new Vector<float>(bound);
        var p = from;
        while (p <= end - Vector<float>.Count && !Vector.LessThanAny(new Vector<float>(curve, p), limit))
            p += Vector<float>.Count;
        while (p < end && !(curve[p] < bound))
            p++;
        return p;
    }
}
