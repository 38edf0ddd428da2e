using EcgRecovery.Neural.Engine;

namespace EcgRecovery.Neural.Tests.Engine;

public sealed class BatchShareTests
{
    /// <summary>B, threads, groups; nine single sequences take as long as a group.</summary>
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(9, 1, 0)]
    [InlineData(10, 1, 1)]
    [InlineData(16, 1, 1)]
    [InlineData(18, 1, 1)]      // and two single
    [InlineData(30, 1, 2)]
    [InlineData(16, 2, 0)]      // eight single per thread; a group would leave a thread idle
    [InlineData(32, 2, 2)]
    [InlineData(34, 2, 2)]
    [InlineData(1000, 2, 62)]   // and eight single
    [InlineData(1024, 2, 64)]
    [InlineData(64, 8, 0)]
    [InlineData(int.MaxValue, 1, 134_217_728)]
    public void Groups_are_as_many_as_save_time(int sequences, int threads, int groups) =>
        Assert.Equal(groups, BatchShare.Groups(sequences, threads));
}
