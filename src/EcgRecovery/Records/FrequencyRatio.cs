namespace EcgRecovery.Records;

/// <summary>The ratio of two sampling frequencies in lowest terms: <see cref="Up"/> samples after for <see cref="Down"/> before.</summary>
/// <remarks>
/// The first convergent of the continued fraction of to/from that is within <see cref="Tolerance"/> of it. A convergent hᵢ/kᵢ is followed
/// by one of denominator kᵢ₊₁ only while 1/(kᵢ·kᵢ₊₁) exceeds the tolerated error, so both terms stay below 1/(<see cref="Tolerance"/> ·
/// least ratio).
/// <para>Source: Hardy and Wright, An Introduction to the Theory of Numbers, 6th edition, theorems 163 and 171.</para>
/// </remarks>
internal readonly record struct FrequencyRatio(long Up, long Down)
{
    /// <summary>Frequencies may differ by at most this factor; the terms then stay far from what a long holds.</summary>
    public const double Largest = 1e6;

    /// <summary>
    /// Relative: after 10⁸ samples the time is off by a ten-thousandth of a sample. 4,500 times the rounding of a double.
    /// </summary>
    public const double Tolerance = 1e-12;

    /// <exception cref="ArgumentException">
    /// A frequency is not a finite positive number, or they differ by more than <see cref="Largest"/> times.
    /// </exception>
    public static FrequencyRatio Between(double fromHz, double toHz)
    {
        Check(fromHz, nameof(fromHz));
        Check(toHz, nameof(toHz));
        var ratio = toHz / fromHz;
        if (!(ratio is >= 1 / Largest and <= Largest))
        {
            throw new ArgumentException(
                $"{fromHz} Hz and {toHz} Hz are too far apart; expected frequencies that differ by at most a factor of {Largest}.",
                nameof(toHz));
        }

        // Euclid's algorithm; the remainder of two doubles is exact.
        var (dividend, divisor) = (toHz, fromHz);
        var (up, upBefore, down, downBefore) = (1L, 0L, 0L, 1L);
        while (true)
        {
            var remainder = dividend % divisor;
            var term = (long)Math.Round((dividend - remainder) / divisor);
            (up, upBefore) = (checked((term * up) + upBefore), up);
            (down, downBefore) = (checked((term * down) + downBefore), down);
            if (Math.Abs((ratio * down) - up) <= Tolerance * up)
                return new FrequencyRatio(up, down);
            (dividend, divisor) = (divisor, remainder);
        }
    }

    /// <summary>
    /// Where sample <paramref name="index"/> after lies: in whole samples before, and <paramref name="phase"/>/<see cref="Up"/> of one.
    /// </summary>
    public long Locate(long index, out long phase)
    {
        var (whole, rest) = Int128.DivRem((Int128)index * Down, Up);
        phase = (long)rest;
        return (long)whole;
    }

    /// <summary>
    /// The samples after that lie in the time of <paramref name="count"/> samples before: those at times in [0, count/from).
    /// </summary>
    public long CountOf(long count)
    {
        var after = (((Int128)count * Up) + Down - 1) / Down;
        return after <= long.MaxValue
            ? (long)after
            : throw new ArgumentException($"{count} samples become {after}; expected at most {long.MaxValue}.", nameof(count));
    }

    /// <summary>The sample after that is nearest in time to sample <paramref name="index"/> before; the later of two.</summary>
    public long Nearest(long index) => (long)Floor((2 * (Int128)index * Up) + Down, 2 * (Int128)Down);

    /// <summary>
    /// The first sample after at or behind the time of sample <paramref name="index"/> before, which may lie before the start.
    /// </summary>
    public long FirstAtOrBehind(long index) => (long)-Floor(-(Int128)index * Up, Down);

    // Towards minus infinity, where C#'s own division goes towards 0.
    private static Int128 Floor(Int128 dividend, Int128 divisor)
    {
        var (quotient, rest) = Int128.DivRem(dividend, divisor);
        return rest < 0 ? quotient - 1 : quotient;
    }

    private static void Check(double frequencyHz, string name)
    {
        if (!double.IsFinite(frequencyHz) || frequencyHz <= 0)
            throw new ArgumentException($"The sampling frequency is {frequencyHz} Hz; expected a finite number above 0.", name);
    }
}
