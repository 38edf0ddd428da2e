using EcgRecovery.Cli.Inputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Inputs;

public class CauseNameTests
{
    [Fact]
    public void Every_cause_has_a_word_of_its_own_that_leads_back_to_it()
    {
        Assert.Equal(["sentinel", "nan", "null-segment", "time-gap", "flat-line", "saturation", "packet-loss"], CauseName.All);
        Assert.All(Enum.GetValues<MissingCause>(), cause => Assert.Equal(cause, CauseName.Parse(CauseName.Of(cause))));
    }
}
