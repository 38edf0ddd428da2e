namespace EcgRecovery.Evaluation.RPeaks;

/// <summary>Counts of found, missed and false R peaks; those of several records are added (pooled, not averaged).</summary>
/// <param name="TruePositives">Reference beats with a detection.</param>
/// <param name="FalseNegatives">Reference beats without one.</param>
/// <param name="FalsePositives">Detections without a reference beat.</param>
internal readonly record struct RPeakCounts(int TruePositives, int FalseNegatives, int FalsePositives)
{
    /// <summary>TP / (TP + FN), 0…1; NaN where there is no reference beat.</summary>
    public double Sensitivity => TruePositives / (double)(TruePositives + FalseNegatives);

    /// <summary>TP / (TP + FP), 0…1; NaN where nothing was detected.</summary>
    public double PositivePredictivity => TruePositives / (double)(TruePositives + FalsePositives);

    /// <summary>Pools the counts of two records.</summary>
    public static RPeakCounts operator +(RPeakCounts a, RPeakCounts b) => Add(a, b);

    /// <summary>Pools the counts of two records.</summary>
    public static RPeakCounts Add(RPeakCounts left, RPeakCounts right) => new(
        left.TruePositives + right.TruePositives,
        left.FalseNegatives + right.FalseNegatives,
        left.FalsePositives + right.FalsePositives);
}
