using EcgRecovery.Formats.Csv.Cells;

namespace EcgRecovery.Formats.Csv;

/// <summary>Keeps times rising that begin again: a clock without days after midnight, a counter after its largest value.</summary>
/// <param name="time">The form of the times.</param>
internal sealed class CsvCycles(CsvTime time)
{
    private const int SecondsOfDay = 86_400;

    // A counter whose cycle is not known begins again near 0.
    private const int SmallAgain = 10;

    private CsvInstant _before;
    private bool _hasBefore;
    private Int128 _passed;

    /// <summary>Number of rows whose counter was that of the row before: a whole cycle of it is missing.</summary>
    public int WholeCycles { get; private set; }

    /// <summary>Adds the cycles that have passed to a time, which must be given in the order of the rows.</summary>
    public CsvInstant Unwrap(ref CsvInstant instant)
    {
        if (time.Kind is not (CsvTimeKind.Clock or CsvTimeKind.SampleIndex))
            return instant;
        var read = instant;
        if (_hasBefore)
            _passed += time.Kind == CsvTimeKind.Clock ? PassedAtMidnight(instant) : PassedByCounter(instant);
        (_before, _hasBefore) = (read, true);
        if (_passed > 0)
        {
            var passed = _passed * (Int128)CsvNumber.PowerOfTen(instant.Decimals);
            instant = instant with { Mantissa = instant.Mantissa + (long)Int128.Min(passed, long.MaxValue / 4) };
        }

        return instant;
    }

    // A clock goes back by half a day only at midnight.
    private int PassedAtMidnight(CsvInstant instant) => instant.Since(_before) < -SecondsOfDay / 2.0 ? SecondsOfDay : 0;

    private long PassedByCounter(CsvInstant instant)
    {
        var step = instant.Since(_before);
        if (time.Counter is not { } counter || step > 0)
            return 0;
        if (counter.Modulus > 0)
        {
            WholeCycles += step == 0 ? 1 : 0;
            return counter.Modulus;
        }

        // Other moduli than a power of two are known only from the first rows: two recordings in one file are not one.
        var next = (long)_before.Seconds + counter.Step;
        var modulus = CsvCounter.ModulusOf(next);
        return step < 0 && instant.Seconds * SmallAgain < next && long.IsPow2(modulus) ? modulus : 0;
    }
}
