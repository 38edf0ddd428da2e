namespace EcgRecovery.Neural.Training;

/// <summary>The course of the learning rate over a training run.</summary>
public enum LearningRateSchedule
{
    /// <summary>The same rate in all updates.</summary>
    Constant,

    /// <summary>A linear rise over the first 2 % of the updates, then half a cosine down to 1 % of the peak.</summary>
    Cosine,
}

/// <summary>Learning rates of a schedule.</summary>
public static class LearningRates
{
    private const double WarmUpShare = 0.02;
    private const double FinalShare = 0.01;

    /// <summary>Returns the learning rate of one update.</summary>
    /// <remarks>
    /// <code>u = (update − warm-up) / (updates − warm-up)        lr = peak·(f + (1 − f)·½·(1 + cos πu)), f = 0.01</code>
    /// Source: Loshchilov and Hutter 2017, arXiv:1608.03983 (one cycle, no restart).
    /// </remarks>
    /// <param name="schedule">The schedule.</param>
    /// <param name="peak">The maximum learning rate.</param>
    /// <param name="update">Number of the update, from 0.</param>
    /// <param name="updates">Number of updates of the run.</param>
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
