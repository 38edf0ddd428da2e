using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Tests;

public class NetworkInitializerTests
{
    private static readonly NetworkSpec Spec = new(3, [new(64), new(10, Bidirectional: true), new(33)], 2);

    [Fact]
    public void Draws_every_tensor_in_order()
    {
        var tensors = NetworkInitializer.Initialize(Spec, 1);
        Assert.Equal(Spec.TensorShapes().Select(t => t.Name), tensors.Select(t => t.Name));
        Assert.Equal(Spec.TensorShapes().Select(t => t.Shape), tensors.Select(t => t.Shape));
        Assert.Equal(Spec.ParameterCount, tensors.Sum(t => t.Values.Length));
    }

    [Theory]
    [InlineData("lstm_1.kernel", 3, 256)]
    [InlineData("lstm_2.forward.kernel", 64, 40)]
    [InlineData("lstm_2.backward.kernel", 64, 40)]
    [InlineData("lstm_3.kernel", 20, 132)]
    [InlineData("dense.kernel", 33, 2)]
    public void Kernels_are_uniform_within_Glorots_limit(string name, int fanIn, int fanOut)
    {
        var limit = Math.Sqrt(6.0 / (fanIn + fanOut));
        var values = Enumerable.Range(0, 20).SelectMany(seed => Values(name, (ulong)seed)).Select(value => (double)value).ToArray();
        Assert.InRange(values.Max(), 0.98 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.98 * limit);
        var error = limit / Math.Sqrt(values.Length);
        Assert.InRange(values.Average(), -4 * 0.577 * error, 4 * 0.577 * error);
        Assert.InRange(values.Average(value => value * value), 0.9 * limit * limit / 3, 1.1 * limit * limit / 3);
    }

    [Theory]
    [InlineData("lstm_1.recurrent_kernel", 64)]
    [InlineData("lstm_2.forward.recurrent_kernel", 10)]
    [InlineData("lstm_2.backward.recurrent_kernel", 10)]
    [InlineData("lstm_3.recurrent_kernel", 33)]
    public void Rows_of_recurrent_kernels_are_orthonormal(string name, int units)
    {
        var values = Values(name, 2);
        for (var row = 0; row < units; row++)
        {
            for (var other = 0; other <= row; other++)
            {
                var product = 0.0;
                for (var column = 0; column < 4 * units; column++)
                    product += (double)values[(row * 4 * units) + column] * values[(other * 4 * units) + column];
                Assert.Equal(row == other ? 1 : 0, product, 1e-6);
            }
        }
    }

    [Fact]
    public void Recurrent_kernels_point_anywhere()
    {
        // Without the sign correction one element of each row would have a mean other than 0: LAPACK's Householder vectors give R a
        // negative diagonal. Over many seeds, every element has mean 0 and mean square 1 / 4H.
        const int seeds = 2000;
        var spec = new NetworkSpec(1, [new(2)], 1);
        var sum = new double[16];
        var square = new double[16];
        for (var seed = 0; seed < seeds; seed++)
        {
            var values = NetworkInitializer.Initialize(spec, (ulong)seed)[1].Values;
            for (var i = 0; i < 16; i++)
            {
                sum[i] += values[i] / seeds;
                square[i] += (double)values[i] * values[i] / seeds;
            }
        }

        Assert.All(sum, mean => Assert.InRange(mean, -0.04, 0.04));                 // standard error 0.0079
        Assert.All(square, mean => Assert.InRange(mean, 0.125 - 0.02, 0.125 + 0.02));   // 0.0034
    }

    [Fact]
    public void Biases_are_zero_but_one_for_the_forget_gate()
    {
        Assert.Equal([.. Repeat(0f, 64), .. Repeat(1f, 64), .. Repeat(0f, 128)], Values("lstm_1.bias", 3));
        Assert.Equal([.. Repeat(0f, 10), .. Repeat(1f, 10), .. Repeat(0f, 20)], Values("lstm_2.backward.bias", 3));
        Assert.Equal([0f, 0f], Values("dense.bias", 3));

        static IEnumerable<float> Repeat(float value, int count) => Enumerable.Repeat(value, count);
    }

    [Fact]
    public void A_seed_means_the_same_weights_each_time_and_another_seed_others()
    {
        foreach (var (name, _) in Spec.TensorShapes().Where(t => !t.Name.EndsWith("bias", StringComparison.Ordinal)))
        {
            Assert.Equal(Values(name, 4), Values(name, 4));
            Assert.NotEqual(Values(name, 4), Values(name, 5));
        }

        Assert.NotEqual(Values("lstm_2.forward.kernel", 4), Values("lstm_2.backward.kernel", 4));
    }

    [Fact]
    public void Draws_the_first_kernel_from_the_first_numbers_of_the_generator()
    {
        // The first numbers of xoshiro256** itself: seed 42 gives 1546998764402558742, 6990951692964543102 (SeededRandomTests),
        // limit √(6 / (1 + 8)): 0.816496580927726·(2·(n >> 11)·2⁻⁵³ − 1).
        var kernel = NetworkInitializer.Initialize(new NetworkSpec(1, [new(2)], 1), 42)[0].Values;
        Assert.Equal((float)(0.816496580927726 * ((2 * (1546998764402558742UL / 18446744073709551616.0)) - 1)), kernel[0], 1e-7f);
        Assert.Equal((float)(0.816496580927726 * ((2 * (6990951692964543102UL / 18446744073709551616.0)) - 1)), kernel[1], 1e-7f);
    }

    private static float[] Values(string name, ulong seed) => NetworkInitializer.Initialize(Spec, seed).Single(t => t.Name == name).Values;
}
