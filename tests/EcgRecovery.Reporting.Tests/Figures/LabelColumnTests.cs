using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Reporting.Tests.Figures;

public class LabelColumnTests
{
    [Fact]
    public void Labels_far_apart_stay_where_they_belong() => Assert.Equal([10, 40, 80], LabelColumn.Place([10, 40, 80], 15, 0, 100));

    // 50, 52 and 54 become 37, 52 and 67; their mean stays.
    [Fact]
    public void Labels_close_together_are_spread_about_their_middle() =>
        Assert.Equal([10, 37, 52, 67], LabelColumn.Place([10, 50, 52, 54], 15, 0, 100));

    /// <remarks>
    /// From scipy 1.10.1:
    /// <code>
    /// import numpy as np
    /// from scipy.optimize import minimize
    /// w = np.array([3., 5, 20, 31, 34, 90, 96]); d, low, high = 12, 0, 100
    /// c = [{'type': 'ineq', 'fun': lambda y: np.r_[np.diff(y) - d, y[0] - low, high - y[-1]]}]
    /// print(minimize(lambda y: ((y - w)**2).sum(), w, constraints=c, method='SLSQP', options={'ftol': 1e-14}).x)
    /// </code>
    /// </remarks>
    [Fact]
    public void The_places_are_the_nearest_ones_in_the_sense_of_least_squares() => Assert.Equal(
        [0.000000, 12.000000, 24.000000, 36.000000, 48.000000, 87.000000, 99.000000],
        LabelColumn.Place([3, 5, 20, 31, 34, 90, 96], 12, 0, 100),
        (a, b) => Math.Abs(a - b) < 1e-4);

    [Fact]
    public void A_column_that_is_too_short_is_filled_evenly()
    {
        Assert.Equal([0, 5, 10], LabelColumn.Place([9, 9, 9], 15, 0, 10), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Empty(LabelColumn.Place([], 15, 0, 10));
        Assert.Equal([10], LabelColumn.Place([25], 15, 0, 10));
    }
}
