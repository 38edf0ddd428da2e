using System.Numerics;

namespace EcgRecovery.Neural;

/// <summary>A random generator whose sequence never changes: xoshiro256**, seeded by SplitMix64.</summary>
/// <remarks>
/// <see cref="Random"/> may change its sequence with a version of .NET; a seed in a model file must give the same weights in ten years.
/// <code>
/// next = rotl(s₁·5, 7)·9;  t = s₁ ≪ 17;  s₂ ^= s₀;  s₃ ^= s₁;  s₁ ^= s₂;  s₀ ^= s₃;  s₂ ^= t;  s₃ = rotl(s₃, 45)
/// </code>
/// All methods but <see cref="NextGaussian"/>, which uses the platform's logarithm, give the same bits on every machine. Not for
/// cryptography; not safe for concurrent calls: give each thread a <see cref="Fork"/>.
/// <para>Sources: Blackman and Vigna 2021, doi:10.1145/3460772, and prng.di.unimi.it (public domain); Steele et al. 2014,
/// doi:10.1145/2660193.2660195.</para>
/// </remarks>
public sealed class SeededRandom
{
    private const int StateLength = 4;

    private ulong s0, s1, s2, s3;

    /// <summary>Creates a generator at the start of a seed's sequence.</summary>
    /// <param name="seed">Any value; neighbouring seeds give unrelated sequences.</param>
    public SeededRandom(ulong seed)
    {
        s0 = SplitMix64(ref seed);
        s1 = SplitMix64(ref seed);
        s2 = SplitMix64(ref seed);
        s3 = SplitMix64(ref seed);
    }

    /// <summary>Gets or sets the four words of the state, as a copy.</summary>
    /// <exception cref="ArgumentException">The value is not four words, or all zero, which the generator would never leave.</exception>
    public ulong[] State
    {
        get => [s0, s1, s2, s3];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length != StateLength || (value[0] | value[1] | value[2] | value[3]) == 0)
                throw new ArgumentException($"State has {value.Length} words; expected {StateLength}, not all zero.", nameof(value));
            (s0, s1, s2, s3) = (value[0], value[1], value[2], value[3]);
        }
    }

    /// <summary>Returns a new generator from the state and a number; the state does not change.</summary>
    /// <param name="stream">The number of the new generator; the same state and number give the same generator.</param>
    /// <remarks>Work item n takes stream n, so that results depend neither on the thread nor on the order of the items.</remarks>
    public SeededRandom Fork(ulong stream)
    {
        // Mix after each word, so that two (state, stream) pairs give the same seed only by chance.
        var hash = stream;
        hash = SplitMix64(ref hash) ^ s0;
        hash = SplitMix64(ref hash) ^ s1;
        hash = SplitMix64(ref hash) ^ s2;
        hash = SplitMix64(ref hash) ^ s3;
        return new SeededRandom(hash);
    }

    /// <summary>Returns the next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var next = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return next;
    }

    /// <summary>Returns a multiple of 2⁻⁵³, uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns a multiple of 2⁻²⁴, uniform in [0, 1).</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1.0f / (1 << 24));

    /// <summary>Returns a number uniform in [0, <paramref name="count"/>), without bias.</summary>
    /// <param name="count">Above 0.</param>
    /// <remarks>Multiply and reject: Lemire 2019, doi:10.1145/3230636.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is 0 or below.</exception>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var high = Math.BigMul(NextUInt64(), (ulong)count, out var low);
        if (low < (ulong)count)
        {
            var biased = (0 - (ulong)count) % (ulong)count;   // 2⁶⁴ mod count: as many values would occur once too often
            while (low < biased)
                high = Math.BigMul(NextUInt64(), (ulong)count, out low);
        }

        return (int)high;
    }

    /// <summary>Returns a normally distributed number of mean 0 and standard deviation 1.</summary>
    /// <remarks>
    /// Marsaglia's polar method, doi:10.1137/1006063. Its second value is not kept: it would be state beyond the four words.
    /// </remarks>
    public double NextGaussian()
    {
        while (true)
        {
            var u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            var radius = (u * u) + (v * v);
            if (radius is > 0 and < 1)
                return u * Math.Sqrt(-2 * Math.Log(radius) / radius);
        }
    }

    /// <summary>Shuffles the values; all orders have the same probability (Fisher and Yates).</summary>
    public void Shuffle(Span<int> values)
    {
        for (var last = values.Length - 1; last > 0; last--)
        {
            var other = NextInt(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
