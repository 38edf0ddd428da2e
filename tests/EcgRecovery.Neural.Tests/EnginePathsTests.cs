namespace EcgRecovery.Neural.Tests;

public sealed class EnginePathsTests
{
    [Fact]
    public void Every_machine_has_the_reference_and_128_bits() =>
        Assert.Equal([EnginePath.Reference, EnginePath.Vector128], EnginePaths.Available.Take(2));

    [Fact]
    public void Takes_the_widest_path_unless_another_is_named()
    {
        Assert.Equal(EnginePaths.Available[^1], EnginePaths.Choose(null));
        Assert.Equal(EnginePaths.Available[^1], EnginePaths.Choose(""));
        Assert.Equal(EnginePath.Reference, EnginePaths.Choose("reference"));
        Assert.Equal(EnginePath.Vector128, EnginePaths.Choose("Vector128"));
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("1")]
    [InlineData("reference,vector128")]
    public void Names_the_paths_that_there_are_where_the_name_is_of_none(string asked)
    {
        var error = Assert.Throws<PlatformNotSupportedException>(() => EnginePaths.Choose(asked));
        Assert.StartsWith(
            $"ECGRECOVERY_ENGINE is '{asked}'; expected one of reference, vector128", error.Message, StringComparison.Ordinal);
    }
}
