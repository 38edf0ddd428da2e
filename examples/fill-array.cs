// Fills the gaps of an array: NaN is missing, every other sample stays as it is.   dotnet run examples/fill-array.cs
#:project ../src/EcgRecovery/EcgRecovery.csproj

using EcgRecovery;
using EcgRecovery.Recovery;

float[] milliVolts = [0.02f, 0.05f, float.NaN, float.NaN, 0.11f, 0.08f, float.NaN, float.NaN, float.NaN, float.NaN, 0.01f];

float[] filled = EcgSignal.Fill(milliVolts, samplingFrequencyHz: 100);
Console.WriteLine(string.Join(' ', filled));

// Recover also says where each sample comes from, and may leave a gap missing.
var recovered = EcgSignal.Recover(milliVolts, 100, new RecoveryOptions { Method = "cubic", MaximumGapSeconds = 0.03 });
foreach (var gap in recovered.Gaps)
    Console.WriteLine($"samples {gap.Span}: {(gap.IsRecovered ? $"recovered by {gap.Method}" : $"still missing, {gap.Reason}")}");
