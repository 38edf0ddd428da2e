using EcgRecovery.Neural.Reference;

namespace EcgRecovery.Neural.Tests.Reference;

public class ReferenceAdamTests
{
    [Fact]
    public void Follows_the_formula_on_a_quadratic()
    {
        // L = Σ k·(θ − a)²/2. Made with:
        // python3 -c "
        // import math
        // k,a,th=[1,100,1e-6],[3,-1,5],[0,0,0]; m=[0]*3; v=[0]*3
        // for t in range(1,31):
        //     g=[k[i]*(th[i]-a[i]) for i in range(3)]; al=.05*math.sqrt(1-.999**t)/(1-.9**t)
        //     m=[.9*m[i]+.1*g[i] for i in range(3)]; v=[.999*v[i]+.001*g[i]*g[i] for i in range(3)]
        //     th=[th[i]-al*m[i]/(math.sqrt(v[i])+1e-7) for i in range(3)]
        // print(*map(repr,th))"
        double[] curvature = [1, 100, 1e-6], minimum = [3, -1, 5], parameters = [0, 0, 0];
        var adam = new ReferenceAdam(3);
        for (var step = 0; step < 30; step++)
            adam.Step(parameters, [.. parameters.Select((value, i) => curvature[i] * (value - minimum[i]))], 0.05);
        double[] expected = [1.4196282781168412, -1.1026904220262843, 1.2163613918281324];
        for (var i = 0; i < 3; i++)
            Assert.Equal(expected[i], parameters[i], 1e-12);
    }

    [Fact]
    public void The_first_step_is_the_learning_rate_against_the_sign_of_the_gradient()
    {
        double[] parameters = [1, 1];
        new ReferenceAdam(2).Step(parameters, [0.5, -20], 0.001);
        Assert.Equal(0.999, parameters[0], 1e-8);
        Assert.Equal(1.001, parameters[1], 1e-8);
    }

    [Fact]
    public void Refuses_lengths_that_differ() =>
        Assert.Throws<ArgumentException>(() => new ReferenceAdam(2).Step(new double[2], new double[3], 0.1));
}
