// Loses a segment of one heartbeat and recovers it by the model that ships.   dotnet run examples/fill-heartbeats.cs
#:project ../src/EcgRecovery/EcgRecovery.csproj

using EcgRecovery;
using EcgRecovery.Beats;
using EcgRecovery.Records;

// A row is one beat: 187 samples at 120 Hz, scaled to 0…1, beginning at its R peak, with zeros after its end.
var row = new float[HeartbeatSet.BeatLength];
for (var t = 0; t < 110; t++)
    row[t] = (float)(0.15 + (0.8 * Math.Exp(-t * t / 8.0)) + (0.2 * Math.Exp(-(t - 30) * (t - 30) / 60.0)));
row.AsSpan(20, 25).Fill(float.NaN);

var recovered = new HeartbeatSet(row, [AamiClass.N]).Recover("beat");
for (var t = 20; t < 45; t += 6)
{
    var (lower, upper) = (recovered.Lower![t], recovered.Upper![t]);
    Console.WriteLine($"sample {t}: {recovered.Samples[t]:F3}, {recovered.IntervalLevel:P0} interval {lower:F3} to {upper:F3}");
}
