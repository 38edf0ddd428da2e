using EcgRecovery.Recovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Tests.Recovery.Records;

/// <summary>The contract of every method for leads; a new method in the list is tested here.</summary>
public class RecordRecoveryMethodContractTests
{
    public static TheoryData<string> Names => [.. RecoveryMethods.ForRecords.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_name_is_that_of_the_list(string name)
    {
        using var method = RecoveryMethods.CreateForRecords(name);
        Assert.Equal(name, method.Name);
        Assert.Empty(method.LearnedFromRecords!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fills_gaps_with_finite_values_and_changes_nothing_else(string name)
    {
        var lead = Enumerable.Range(0, 1000).Select(t => t % 17 < 4 || t > 980 ? float.NaN : t * 0.01f).ToArray();
        var filled = (float[])lead.Clone();
        using var method = RecoveryMethods.CreateForRecords(name);
        method.Fill(new LeadSignal(lead, 360), MissingRuns.Of<float>(lead), filled, CancellationToken.None);
        for (var t = 0; t < lead.Length; t++)
        {
            Assert.True(float.IsFinite(filled[t]));
            if (!float.IsNaN(lead[t]))
                Assert.Equal(BitConverter.SingleToInt32Bits(lead[t]), BitConverter.SingleToInt32Bits(filled[t]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Can_be_cancelled(string name)
    {
        using var method = RecoveryMethods.CreateForRecords(name);
        float[] lead = [1, float.NaN, 2];
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(
            () => method.Fill(new LeadSignal(lead, 360), MissingRuns.Of<float>(lead), new float[3], cancelled));
    }
}
