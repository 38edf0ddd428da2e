using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Scoring;

public class ClassBeatsTests
{
    [Fact]
    public void Counts_of_a_class_add_up_in_the_order_of_classes()
    {
        ClassBeats[] counts =
        [
            new(AamiClass.V, 1, 2, 3, 4, 5, 6, 7, 8),
            new(AamiClass.N, 1, 1, 0, 1, 0, 0, 0, 0),
            new(AamiClass.V, 10, 20, 30, 40, 50, 60, 70, 80),
        ];
        Assert.Equal(
            [new(AamiClass.N, 1, 1, 0, 1, 0, 0, 0, 0), new(AamiClass.V, 11, 22, 33, 44, 55, 66, 77, 88)], ClassBeats.Pool(counts));
    }
}
