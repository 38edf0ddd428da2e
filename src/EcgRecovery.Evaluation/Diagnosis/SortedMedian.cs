using System.Numerics;

namespace EcgRecovery.Evaluation.Diagnosis;

/// <summary>The median of values in order.</summary>
internal static class SortedMedian
{
    /// <summary>Returns the middle value, or the mean of the two middle ones.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    public static T Of<T>(ReadOnlySpan<T> sorted)
        where T : INumber<T>
    {
        var upper = sorted[sorted.Length / 2];
        return sorted.Length % 2 == 1 ? upper : (sorted[(sorted.Length / 2) - 1] + upper) / T.CreateChecked(2);
    }
}
