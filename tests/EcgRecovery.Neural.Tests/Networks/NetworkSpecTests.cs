using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Neural.Tests.Networks;

public sealed class NetworkSpecTests
{
    [Fact]
    public void Counts_parameters_as_Keras_does()
    {
        // Keras' summary of the original: LSTM 16,896; 12,416; 24,832; dense 65.
        Assert.Equal(54_209, new NetworkSpec(1, [new(64), new(32), new(64)], 1).ParameterCount);
        // Bidirectional(LSTM(3)) on 2 inputs: 2·(4·3·(2 + 3 + 1)) = 144; Dense(2) on 6: 14.
        Assert.Equal(158, new NetworkSpec(2, [new(3, Bidirectional: true)], 2).ParameterCount);
    }

    [Fact]
    public void Refuses_a_network_without_inputs_layers_units_or_outputs()
    {
        Assert.Throws<ArgumentException>(new NetworkSpec(0, [new(3)], 1).Validate);
        Assert.Throws<ArgumentException>(new NetworkSpec(1, [], 1).Validate);
        Assert.Throws<ArgumentException>(new NetworkSpec(1, [new(3)], 0).Validate);
        var error = Assert.Throws<ArgumentException>(new NetworkSpec(1, [new(3), new(-4)], 1).Validate);
        Assert.Equal("Network has 1 inputs, layers of [3, -4] units, 1 outputs; expected at least one of each.", error.Message);
    }

    [Theory]
    [InlineData(1, 1 << 30, 1)]          // 4·H is 0 in 32 bits
    [InlineData(1, 20_000, 1)]
    [InlineData(int.MaxValue, 1, 1)]
    [InlineData(1, 64, int.MaxValue)]
    public void Refuses_a_network_beyond_all_memory(int inputs, int units, int outputs)
    {
        var error = Assert.Throws<ArgumentException>(new NetworkSpec(inputs, [new(units)], outputs).Validate);
        Assert.EndsWith("expected at most 2.7E+008.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Allows_a_thousand_units() => new NetworkSpec(12, [new(1000, Bidirectional: true), new(1000)], 12).Validate();
}
