using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Records.Model;
using EcgRecovery.Recovery.Training;

namespace EcgRecovery.Tests.Recovery.Records.Model;

public sealed class RecordModelFileTests : IDisposable
{
    private static readonly NetworkSpec s_network = new(GapChannels.Inputs, [new(2, Bidirectional: true)], CellGrid.Fold * 3);

    private static readonly RecordModelCard s_card = new(
        s_network,
        ["a,b", "c"],
        [0.1f, 0.9f],
        new RecordCalibration(
            [new(0.1, false, [1.5f]), new(double.PositiveInfinity, false, [2]), new(double.PositiveInfinity, true, [0.5f])]))
    {
        DataSha256 = "abc",
        Records = ["a", "b", "c"],
        Settings = new Dictionary<string, string> { ["seed"] = "7", ["folds"] = "2" },
        Curve = [new EpochResult(1, 0.5, 0.25, 1e-3)],
        ToolVersion = "1.2.3",
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_it_writes()
    {
        var path = _folder.File("m.safetensors");
        var model = new RecordModelFile(s_card, Weights(2));
        model.Write(path, overwrite: false);
        var read = RecordModelFile.Read(path);
        Assert.True(read.IsVerified);
        Assert.Equal(s_card.ToMetadata(), read.Card.ToMetadata());
        Assert.Equal(("record", "abc", "1.2.3", 2), (read.Card.Preset, read.Card.DataSha256, read.Card.ToolVersion, read.Card.Members));
        Assert.Equal(s_card.Records, read.Card.Records);
        Assert.Equal(s_card.HeldOut, read.Card.HeldOut);
        Assert.Equal(s_card.Levels, read.Card.Levels);
        Assert.Equal(s_card.Settings, read.Card.Settings);
        Assert.Equal(s_card.Curve, read.Card.Curve);
        Assert.Equal(2 * s_network.ParameterCount, read.Card.ParameterCount);
        Assert.Equal(
            NetworkInitializer.Initialize(s_network, 2).SelectMany(tensor => tensor.Values),
            read.Members[1].SelectMany(tensor => tensor.Values));
        Assert.Equal(s_network.TensorShapes().Select(tensor => tensor.Name), read.Members[1].Select(tensor => tensor.Name));
    }

    [Fact]
    public void Other_networks_and_tensors_are_refused()
    {
        AssertRefused("has no tensor member_2.", new RecordModelFile(s_card, Weights(1)));
        AssertRefused("has a tensor member_3.", new RecordModelFile(s_card, Weights(3)));
        var narrow = s_card with { Network = s_network with { InputCount = 5 } };
        AssertRefused($"maps 5 inputs to 12 outputs; expected {GapChannels.Inputs} to 12", new RecordModelFile(narrow, Weights(2)));

        void AssertRefused(string message, RecordModelFile model)
        {
            var path = _folder.File("m.safetensors");
            model.Write(path, overwrite: true);
            var error = Assert.Throws<InvalidDataException>(() => RecordModelFile.Read(path));
            Assert.Contains($"m.safetensors {message}", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("format", "ecg-recovery-beat-model/1", "x is no record model: its format is 'ecg-recovery-beat-model/1'; expected")]
    [InlineData("format", null, "x is no record model: its format is 'none'; expected 'ecg-recovery-record-model/1'.")]
    [InlineData("preset", null, "x has a record model's format but not its metadata: 'preset'")]
    [InlineData("network", "{}", "network has no layers")]
    [InlineData("members", "0", "members is 0; expected 1 to 1000.")]
    [InlineData("members", "3", "left_out has 2 parts; expected 3, one per member.")]
    [InlineData("levels", "[[0.1,0.8]]", "levels is [[0.1,0.8]]; expected ascending levels between 0 and 1")]
    [InlineData("levels", "[]", "levels")]
    [InlineData("levels", "x", "levels is no JSON")]
    [InlineData("calibration", "[]", "calibration is []; expected rows of")]
    [InlineData("curve", "[[1]]", "a row of curve is [1]")]
    public void Refuses_metadata_of_anything_but_a_record_model(string key, string? value, string message)
    {
        var metadata = s_card.ToMetadata().ToDictionary();
        if (value is null)
            metadata.Remove(key);
        else
            metadata[key] = value;
        var error = Assert.Throws<InvalidDataException>(() => RecordModelCard.FromMetadata(metadata, "x"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static WeightTensor[] Weights(int members) =>
        [.. MemberTensors.Join([.. Enumerable.Range(1, members).Select(seed => NetworkInitializer.Initialize(s_network, (ulong)seed))])];
}
