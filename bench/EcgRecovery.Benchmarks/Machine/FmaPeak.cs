using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EcgRecovery.Neural;

namespace EcgRecovery.Benchmarks.Machine;

/// <summary>The peak rate of multiply-adds: only registers, no memory, enough independent sums to hide the latency.</summary>
internal static unsafe class FmaPeak
{
    // Two multiply-adds start per cycle and take four cycles: eight sums suffice. With two constants, twelve fit the 16 registers of AVX2.
    private const int Sums = 12;

    // About 0.1 ms: short against the time between two interrupts, long against a reading of the clock.
    private const int ChunkIterations = 20_000;

    /// <summary>Measures 10⁹ floating-point operations per second: the sum over the threads of their medians.</summary>
    /// <param name="path">The path whose registers are used.</param>
    /// <param name="threads">Number of threads that compute at the same time.</param>
    /// <param name="seconds">The duration.</param>
    public static double GigaflopsPerSecond(EnginePath path, int threads, double seconds)
    {
        var rates = new double[threads];
        using var start = new Barrier(threads);
        var team = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            var index = i;
            team[i] = new Thread(() =>
            {
                start.SignalAndWait();
                rates[index] = Rate(path, seconds);
            });
            team[i].Start();
        }

        foreach (var thread in team)
            thread.Join();
        return rates.Sum();
    }

    private static double Rate(EnginePath path, double seconds) => path switch
    {
        EnginePath.Avx512 => Rate<Register512>(seconds),
        EnginePath.Avx2 => Rate<Register256>(seconds),
        _ => Rate<Register128>(seconds),
    };

    private static double Rate<TRegister>(double seconds)
        where TRegister : struct, IRegister<TRegister>
    {
        // Different start values: an optimiser could merge equal sums.
        var starts = stackalloc float[Sums * TRegister.Lanes];
        for (var i = 0; i < Sums * TRegister.Lanes; i++)
            starts[i] = i;
        var chunks = new List<double>();
        var clock = Stopwatch.StartNew();
        var used = 0f;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            var before = Stopwatch.GetTimestamp();
            used += Chunk<TRegister>(starts);
            chunks.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        if (!float.IsFinite(used))
            throw new InvalidOperationException("The sums of the peak loop are not finite.");
        chunks.Sort();
        return 2e-9 * Sums * TRegister.Lanes * ChunkIterations / chunks[chunks.Count / 2];
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Chunk<TRegister>(float* starts)
        where TRegister : struct, IRegister<TRegister>
    {
        // Every sum converges to y / (1 − x) = 1, so none overflows or becomes denormal.
        var x = TRegister.Broadcast(0.999f);
        var y = TRegister.Broadcast(0.001f);
        var s0 = TRegister.Load(starts);
        var s1 = TRegister.Load(starts + (1 * TRegister.Lanes));
        var s2 = TRegister.Load(starts + (2 * TRegister.Lanes));
        var s3 = TRegister.Load(starts + (3 * TRegister.Lanes));
        var s4 = TRegister.Load(starts + (4 * TRegister.Lanes));
        var s5 = TRegister.Load(starts + (5 * TRegister.Lanes));
        var s6 = TRegister.Load(starts + (6 * TRegister.Lanes));
        var s7 = TRegister.Load(starts + (7 * TRegister.Lanes));
        var s8 = TRegister.Load(starts + (8 * TRegister.Lanes));
        var s9 = TRegister.Load(starts + (9 * TRegister.Lanes));
        var s10 = TRegister.Load(starts + (10 * TRegister.Lanes));
        var s11 = TRegister.Load(starts + (11 * TRegister.Lanes));
        for (var i = 0; i < ChunkIterations; i++)
        {
            s0 = TRegister.MultiplyAdd(s0, x, y);
            s1 = TRegister.MultiplyAdd(s1, x, y);
            s2 = TRegister.MultiplyAdd(s2, x, y);
            s3 = TRegister.MultiplyAdd(s3, x, y);
            s4 = TRegister.MultiplyAdd(s4, x, y);
            s5 = TRegister.MultiplyAdd(s5, x, y);
            s6 = TRegister.MultiplyAdd(s6, x, y);
            s7 = TRegister.MultiplyAdd(s7, x, y);
            s8 = TRegister.MultiplyAdd(s8, x, y);
            s9 = TRegister.MultiplyAdd(s9, x, y);
            s10 = TRegister.MultiplyAdd(s10, x, y);
            s11 = TRegister.MultiplyAdd(s11, x, y);
        }

        return TRegister.First(s0) + TRegister.First(s1) + TRegister.First(s2) + TRegister.First(s3) + TRegister.First(s4)
            + TRegister.First(s5) + TRegister.First(s6) + TRegister.First(s7) + TRegister.First(s8) + TRegister.First(s9)
            + TRegister.First(s10) + TRegister.First(s11);
    }

    private interface IRegister<TSelf>
        where TSelf : struct, IRegister<TSelf>
    {
        static abstract int Lanes { get; }

        static abstract TSelf Load(float* source);

        static abstract TSelf Broadcast(float value);

        static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

        static abstract float First(TSelf a);
    }

    private readonly struct Register512(Vector512<float> value) : IRegister<Register512>
    {
        private readonly Vector512<float> _value = value;

        public static int Lanes => 16;

        public static Register512 Load(float* source) => new(Vector512.Load(source));

        public static Register512 Broadcast(float value) => new(Vector512.Create(value));

        public static Register512 MultiplyAdd(Register512 a, Register512 b, Register512 c) =>
            new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));

        public static float First(Register512 a) => a._value.ToScalar();
    }

    private readonly struct Register256(Vector256<float> value) : IRegister<Register256>
    {
        private readonly Vector256<float> _value = value;

        public static int Lanes => 8;

        public static Register256 Load(float* source) => new(Vector256.Load(source));

        public static Register256 Broadcast(float value) => new(Vector256.Create(value));

        public static Register256 MultiplyAdd(Register256 a, Register256 b, Register256 c) =>
            new(Fma.MultiplyAdd(a._value, b._value, c._value));

        public static float First(Register256 a) => a._value.ToScalar();
    }

    private readonly struct Register128(Vector128<float> value) : IRegister<Register128>
    {
        private readonly Vector128<float> _value = value;

        public static int Lanes => 4;

        public static Register128 Load(float* source) => new(Vector128.Load(source));

        public static Register128 Broadcast(float value) => new(Vector128.Create(value));

        public static Register128 MultiplyAdd(Register128 a, Register128 b, Register128 c) =>
            new(Vector128.MultiplyAddEstimate(a._value, b._value, c._value));

        public static float First(Register128 a) => a._value.ToScalar();
    }
}
