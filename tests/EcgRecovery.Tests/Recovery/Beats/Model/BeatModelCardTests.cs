using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

public sealed class BeatModelCardTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_what_it_writes(bool masked)
    {
        var card = SmallModel.Card(masked);
        var read = BeatModelCard.FromMetadata(card.ToMetadata(), "x");
        Assert.Equal(card.Preset, read.Preset);
        Assert.Equal(card.Network.InputCount, read.Network.InputCount);
        Assert.Equal(card.Network.Layers, read.Network.Layers);
        Assert.Equal(card.Network.OutputCount, read.Network.OutputCount);
        Assert.Equal(masked, read.Masked);
        Assert.Equal(card.DataSha256, read.DataSha256);
        Assert.Equal(card.DataRows, read.DataRows);
        Assert.Equal(card.Split, read.Split);
        Assert.Equal(card.Records, read.Records);
        Assert.Equal(card.Settings, read.Settings);
        Assert.Equal(card.Curve, read.Curve);
        Assert.Equal(card.ToolVersion, read.ToolVersion);
        Assert.Equal(card.ToMetadata(), read.ToMetadata());
    }

    [Fact]
    public void Unknown_records_differ_from_no_records()
    {
        Assert.Null(RoundTrip(null));
        Assert.Empty(RoundTrip([])!);

        static IReadOnlyList<string>? RoundTrip(IReadOnlyList<string>? records) =>
            BeatModelCard.FromMetadata((SmallModel.Card(masked: true) with { Records = records }).ToMetadata(), "x").Records;
    }

    [Fact]
    public void Its_json_is_as_in_every_model_file_so_far()
    {
        var metadata = SmallModel.Card(masked: true).ToMetadata();
        Assert.Equal(
            """{"inputs":1,"layers":[{"units":3,"bidirectional":false},{"units":2,"bidirectional":true}],"outputs":1}""",
            metadata["network"]);
        Assert.Equal("[[1,0.1,0.2,0.001],[2,0.3333333333333333,null,1E-05]]", metadata["curve"]);
    }

    [Theory]
    [InlineData(
        "format",
        "ecg-recovery-beat-model/2",
        "x is no beat model: its format is 'ecg-recovery-beat-model/2'; expected 'ecg-recovery-beat-model/1'.")]
    [InlineData("format", null, "x is no beat model: its format is 'none'; expected 'ecg-recovery-beat-model/1'.")]
    [InlineData("preset", null, "'preset'")]
    [InlineData("masked", "perhaps", "'perhaps'")]
    [InlineData("data_rows", "many", "'many'")]
    [InlineData("curve", "[[1]]", "x has a beat model's format but not its metadata: ")]
    [InlineData("curve", "[null]", "x has a beat model's format but not its metadata: ")]
    [InlineData("curve", "null", "x has a beat model's format but not its metadata: ")]
    [InlineData("curve", "[[null,1,1,1]]", "x has a beat model's format but not its metadata: an epoch of curve is no whole number")]
    [InlineData("network", "null", "x has a beat model's format but not its metadata: network has no layers")]
    [InlineData(
        "network", """{"inputs":1,"layers":null,"outputs":1}""", "x has a beat model's format but not its metadata: network has no layers")]
    [InlineData("network", """{"inputs":1,"layers":[null],"outputs":1}""", "network has no units")]
    [InlineData("network", "{", "x has a beat model's format but not its metadata: ")]
    [InlineData("network", "{}", "x has a beat model's format but not its metadata: ")]
    [InlineData("network", """{"inputs":1,"layers":[],"outputs":1}""", "expected at least one of each")]
    [InlineData("network", """{"inputs":1,"layers":[{"units":-3,"bidirectional":false}],"outputs":1}""", "expected at least one of each")]
    [InlineData(
        "network", """{"inputs":1,"layers":[{"units":1073741824,"bidirectional":false}],"outputs":1}""", "expected at most 2.7E+008")]
    [InlineData(
        "network",
        """{"inputs":1,"layers":[{"units":1.5,"bidirectional":false}],"outputs":1}""",
        "x has a beat model's format but not its metadata: units of network is no whole number")]
    public void Refuses_metadata_of_anything_but_a_beat_model(string key, string? value, string message)
    {
        var metadata = SmallModel.Card(masked: true).ToMetadata().ToDictionary();
        if (value is null)
            metadata.Remove(key);
        else
            metadata[key] = value;
        var error = Assert.Throws<InvalidDataException>(() => BeatModelCard.FromMetadata(metadata, "x"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
