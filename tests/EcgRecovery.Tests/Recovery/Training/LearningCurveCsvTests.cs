using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Tests.Recovery.Training;

public sealed class LearningCurveCsvTests
{
    [Fact]
    public void Writes_one_line_per_epoch_and_no_value_without_validation() => Assert.Equal(
        "epoch,loss,validation_loss,learning_rate\n1,0.25,0.1,0.001\n2,1.1E-07,,5E-05\n",
        LearningCurveCsv.Format([new(1, 0.25, 0.1, 0.001), new(2, 1.1e-7, double.NaN, 5e-5)]));
}
