#:package Microsoft.ML.OnnxRuntime@1.31.1

// ONNX Runtime as a rival: computes the values of a case, then answers requests for times.
//
// usage: onnx CASE RESULTS inference THREADS      (files and protocol: ../README.md)
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

if (args is not [var folder, var results, "inference", var threads])
{
    Console.Error.WriteLine("ONNX Runtime is compared for inference only");
    return 1;
}

var shape = File.ReadAllText(Path.Combine(folder, "shape")).Split();
var (inputs, outputs, steps, sequences) = (Number(shape[0]), Number(shape[1]), Number(shape[2]), Number(shape[3]));
var input = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, "input.f32"))).ToArray();
var output = new float[sequences * steps * outputs];

using var options = new SessionOptions
{
    GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
    InterOpNumThreads = 1,
    IntraOpNumThreads = int.Parse(threads, CultureInfo.InvariantCulture),
};
using var session = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
using var run = new RunOptions();
using var x = OrtValue.CreateTensorValueFromMemory(input, [sequences, steps, inputs]);
using var y = OrtValue.CreateTensorValueFromMemory(output, [sequences, steps, outputs]);

Infer();
File.WriteAllBytes(Path.Combine(results, "output.f32"), MemoryMarshal.AsBytes(output.AsSpan()));
Console.WriteLine($"ready ONNX Runtime {OrtEnv.Instance().GetVersionString()}");
while (Console.ReadLine() is { } line)
{
    var seconds = double.Parse(line, CultureInfo.InvariantCulture);
    var clock = Stopwatch.StartNew();
    var times = new List<double>();
    do
    {
        var start = Stopwatch.GetTimestamp();
        Infer();
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
    while (clock.Elapsed.TotalSeconds < seconds);

    times.Sort();
    Console.WriteLine(times[times.Count / 2].ToString("F6", CultureInfo.InvariantCulture));
}

return 0;

static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

void Infer() => session.Run(run, ["x"], [x], ["y"], [y]);
