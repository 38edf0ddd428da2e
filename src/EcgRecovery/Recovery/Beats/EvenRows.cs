namespace EcgRecovery.Recovery.Beats;

/// <summary>Evenly spaced rows of a set of beats.</summary>
internal static class EvenRows
{
    /// <summary>Returns the rows, ascending.</summary>
    /// <param name="count">Rows of the set.</param>
    /// <param name="maximum">Maximum number of rows returned.</param>
    public static int[] Of(int count, int maximum)
    {
        var rows = new int[Math.Min(count, maximum)];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (int)((long)i * count / rows.Length);
        return rows;
    }
}
