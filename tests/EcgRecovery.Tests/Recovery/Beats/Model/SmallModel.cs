using EcgRecovery.Neural;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Recovery.Beats.Model;

namespace EcgRecovery.Tests.Recovery.Beats.Model;

/// <summary>An untrained network of a few units, with every field of its card filled.</summary>
internal static class SmallModel
{
    public static NetworkSpec Network { get; } = new(1, [new(3), new(2, Bidirectional: true)], 1);

    public static BeatModelCard Card(bool masked) => new("small", Network, masked)
    {
        DataSha256 = new string('a', 64),
        DataRows = 100,
        Split = "rows 0..90 trained, rows 90..100 held out for validation",
        Records = ["100", "101"],
        Settings = new Dictionary<string, string> { ["seed"] = "7", ["learning_rate"] = "0.001" },
        Curve = [new(1, 0.1, 0.2, 0.001), new(2, 1.0 / 3, double.NaN, 1e-5)],
        ToolVersion = "0.1.0",
    };

    public static BeatModelFile File(bool masked = true) => new(Card(masked), NetworkInitializer.Initialize(Network, 5));
}
