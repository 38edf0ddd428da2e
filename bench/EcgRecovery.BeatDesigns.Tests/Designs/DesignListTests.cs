using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Scores;
using EcgRecovery.Recovery;

namespace EcgRecovery.BeatDesigns.Tests.Designs;

public class DesignListTests
{
    [Fact]
    public void A_line_names_a_design_and_what_it_changes()
    {
        var list = DesignList.Parse(
            """
            # a comment

            * base
            other units=64,32 inputs=estimate,local-spread neighbours=4 residual=both-estimates loss=rmse augment=stretch,noise beats=both-leads seed=7 average=yes
            """,
            "list");
        Assert.Equal(2, list.Count);
        Assert.Equal(("base", true, ""), (list[0].Name, list[0].IsShown, list[0].Settings));
        var design = Assert.IsType<DesignEntry>(list[1]).Design;
        Assert.Equal([64, 32], design.Units);
        Assert.Equal(EstimateInputs.Estimate | EstimateInputs.LocalSpread, design.Inputs);
        Assert.Equal(ResidualBase.BothEstimates, design.Residual);
        Assert.Equal(Augmentations.Stretch | Augmentations.Noise, design.Augmentations);
        Assert.Equal(9, design.InputCount);
        Assert.True(design.UsesLocalEstimates);
        Assert.Equal(["other", "other~ema"], ((DesignEntry)list[1]).ResultNames);
    }

    [Fact]
    public void What_a_design_changes_is_written_in_one_order_and_read_back()
    {
        const string changes = "units=32 loss=huber huber-delta=0.25 weight-decay=0.05 average=yes seed=3";
        var entry = Assert.Single(DesignList.Parse("x seed=3 average=yes weight-decay=5e-2 huber-delta=0.25 loss=huber units=32 fill=linear", "list"));
        Assert.Equal(changes, entry.Settings);
        Assert.Equal(changes, Assert.Single(DesignList.Parse($"x {changes}", "list")).Settings);
    }

    [Fact]
    public void A_line_may_change_a_design_above()
    {
        var list = DesignList.Parse("one loss=rmse units=32 average=yes\ntwo as=one average=no seed=2", "list");
        Assert.Equal("units=32 loss=rmse seed=2", list[1].Settings);
        Assert.Equal("as=one average=no seed=2", list[1].Told);
        Assert.Equal("units=32 loss=rmse average=yes", list[0].Told);
    }

    [Fact]
    public void Reference_methods_estimates_and_ensembles_have_their_lines()
    {
        var list = DesignList.Parse(
            """
            knn method=knn
            rule method=locally-linear padding-rule=yes
            near estimate=local beats=both-leads padding-rule=yes
            one average=yes
            two seed=2
            both mean-of=one~ema,two
            """,
            "list");
        Assert.Equal(new MethodEntry("rule", false, "locally-linear", KnowsPadding: true), list[1]);
        Assert.Equal(new EstimateEntry("near", false, IsLocal: true, BeatSource.BothLeads, KnowsPadding: true), list[2]);
        Assert.Equal(["one~ema", "two"], Assert.IsType<EnsembleEntry>(list[5]).Members);
        Assert.Equal(
            ["method=knn", "method=locally-linear padding-rule=yes", "estimate=local beats=both-leads padding-rule=yes", "average=yes", "seed=2", "mean-of=one~ema,two"],
            list.Select(entry => entry.Settings));
    }

    [Theory]
    [InlineData("a\na", "line 2: a stands twice")]
    [InlineData("units=3", "line 1: the line has no name")]
    [InlineData("a loss", "line 1: 'loss' is not key=value")]
    [InlineData("a colour=red", "line 1: colour is not one of units, fill")]
    [InlineData("a loss=mae", "line 1: loss: mae is not one of mse, huber, rmse")]
    [InlineData("a units=0", "line 1: units: 0 is not between 1 and 1024")]
    [InlineData("a neighbours=9", "line 1: neighbours: 9 is not between 0 and 8")]
    [InlineData("a average=maybe", "line 1: average: maybe is neither yes nor no")]
    [InlineData("a method=knn k=5", "line 1: k=5 does not belong here")]
    [InlineData("a as=b", "line 1: b is not the name of a design above")]
    [InlineData("a seed=2 as=a", "line 1: as is not one of units, fill")]
    [InlineData("a mean-of=b", "line 1: b is not the name of a design above")]
    [InlineData("a~ema seed=2", "line 1: a~ema is not a name")]
    public void A_line_that_is_wrong_is_named(string text, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => DesignList.Parse(text, "list"));
        Assert.StartsWith($"list, {expected}", error.Message);
    }

    [Fact]
    public void The_projects_own_list_is_understood_and_its_reference_methods_are_the_products()
    {
        var list = DesignList.ReadOwn();
        Assert.Contains(list, entry => entry.Settings.Length == 0);
        Assert.Contains(list, entry => entry.IsShown);
        Assert.All(list.OfType<MethodEntry>(), entry => Assert.NotNull(BeatRecoveryMethods.Find(entry.Method)));
    }

    [Fact]
    public void Every_committed_result_is_of_a_line_of_the_list()
    {
        var results = DesignList.ReadOwn().SelectMany(entry => DesignResults.Read(CommonOptions.OwnResults, entry)).Select(result => $"{result.Name}.json");
        Assert.Equal(Directory.EnumerateFiles(CommonOptions.OwnResults).Select(Path.GetFileName).Order(StringComparer.Ordinal), results.Order(StringComparer.Ordinal));
    }
}
