using EcgRecovery.Formats;
using EcgRecovery.Records;

namespace EcgRecovery.Tests.Formats;

public class ProvenanceTextTests
{
    [Theory]
    [InlineData(SampleOrigin.Missing, "", "", null, "missing")]
    [InlineData(SampleOrigin.Derived, "resampled from 360 Hz", "0.1.0", null, "derived method=resampled%20from%20360%20Hz version=0.1.0")]
    [InlineData(SampleOrigin.Recovered, "locally-linear", "0.1.0", 0.95, "recovered method=locally-linear version=0.1.0 interval=0.95")]
    [InlineData(SampleOrigin.Recovered, "50 %=ü@@II", "", null, "recovered method=50%20%25%3D%C3%BC%40%40II")]
    public void Reads_back_what_it_writes(SampleOrigin origin, string method, string version, double? level, string expected)
    {
        var span = new ProvenanceSpan(0, new SampleSpan(0, 0), origin, method, version, level);
        Assert.Equal(expected, ProvenanceText.Write(span));
        Assert.True(ProvenanceText.TryRead(expected, out var read, out var more));
        Assert.Equal(span, read);
        Assert.Empty(more);
    }

    [Fact]
    public void Keeps_what_a_format_adds()
    {
        var text = ProvenanceText.Write(new ProvenanceSpan(0, new SampleSpan(5, 9), SampleOrigin.Missing), ("start", "5"), ("end", "9"));
        Assert.Equal("missing start=5 end=9", text);
        Assert.True(ProvenanceText.TryRead(text, out _, out var more));
        Assert.Equal("5 9", $"{more["start"]} {more["end"]}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("missing lead")]
    [InlineData("recovered interval=2")]
    [InlineData("recovered interval=x")]
    [InlineData("Recovered")]
    [InlineData("recovered  method=x")]
    public void Another_note_is_not_taken_for_provenance(string text) => Assert.False(ProvenanceText.TryRead(text, out _, out _));
}
