namespace EcgRecovery.Neural.Tests;

public class LossFunctionTests
{
    [Theory]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.5, 0.25, 1.0)]
    [InlineData(-3.0, 9.0, -6.0)]
    public void Squared_error_is_the_square(double error, double value, double derivative)
    {
        Assert.Equal(value, LossFunction.MeanSquaredError.Value(error));
        Assert.Equal(derivative, LossFunction.MeanSquaredError.Derivative(error));
    }

    [Theory]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.25, 0.03125, 0.25)]
    [InlineData(-0.5, 0.125, -0.5)]   // both branches meet at δ: ½·δ²
    [InlineData(2.0, 0.875, 0.5)]     // δ·(|e| − δ/2) = 0.5·(2 − 0.25)
    [InlineData(-2.0, 0.875, -0.5)]
    public void Huber_is_quadratic_inside_and_linear_outside(double error, double value, double derivative)
    {
        Assert.Equal(value, LossFunction.Huber(0.5f).Value(error));
        Assert.Equal(derivative, LossFunction.Huber(0.5f).Derivative(error));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Huber_refuses_a_delta_that_bounds_nothing(float delta) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LossFunction.Huber(delta));
}
