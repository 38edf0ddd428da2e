using EcgRecovery.Evaluation.Records.Plans;

namespace EcgRecovery.Evaluation.Tests.Records.Plans;

public class CellNamesTests
{
    // They are in files and options: none may change.
    [Fact]
    public void Names_are_fixed()
    {
        Assert.Equal(["random", "p", "qrs", "t"], CellNames.All<GapPlacement>());
        Assert.Equal(["all", "one", "all-but-one", "layout"], CellNames.All<LeadLoss>());
        Assert.Equal(["single", "gilbert-elliott", "packets", "real"], CellNames.All<LossPattern>());
    }

    [Fact]
    public void A_value_is_found_by_its_name()
    {
        Assert.All(Enum.GetValues<LeadLoss>(), loss => Assert.Equal(loss, CellNames.Find<LeadLoss>(CellNames.Of(loss))));
        Assert.All((string?[])["AllButOne", "All", "0", "", null], name => Assert.Null(CellNames.Find<LeadLoss>(name)));
    }
}
