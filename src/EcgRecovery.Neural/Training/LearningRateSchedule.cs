namespace EcgRecovery.Neural.Training;

/// <summary>How the learning rate changes over a training run.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It rises linearly over the first 2 % of the updates, then falls along half a cosine to 1 % of its peak.</summary>
    Cosine,
}

/// <summary>The learning rate of an update.</summary>
public static class LearningRates
{
    private const double WarmUpShare = 0.02;
    private const double FinalShare = 0.01;

    /// <summary>The learning rate of one update.</summary>
    /// <remarks>
    /// <code>u = (update − warm-up) / (updates − warm-up)        lr = peak·(f + (1 − f)·½·(1 + cos πu)), f = 0.01</code>
    /// Source: Loshchilov and Hutter 2017, arXiv:1608.03983 (one cycle, no restart).
    /// </remarks>
    /// <param name="schedule">The schedule.</param>
    /// <param name="peak">The highest learning rate.</param>
    /// <param name="update">Counted from 0.</param>
    /// <param name="updates">All updates of the run.</param>
    public static double At(LearningRateSchedule schedule, double peak, long update, long updates)
    {
        if (schedule == LearningRateSchedule.Constant)
            return peak;
        var warmUp = (long)(WarmUpShare * updates);
        if (update < warmUp)
            return peak * (update + 1) / (warmUp + 1);
        var u = (update - warmUp) / (double)Math.Max(1, updates - warmUp);
        return peak * (FinalShare + ((1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * u))));
    }
}
