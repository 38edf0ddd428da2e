using System.Globalization;
using EcgRecovery.Benchmarks;

switch (args)
{
    case ["csv", var path]:
        CsvBenchmark.Run(path);
        return 0;
    case ["training-step", var threads, var batch, var seconds]:
        TrainingStepBenchmark.Run(
            int.Parse(threads, CultureInfo.InvariantCulture), int.Parse(batch, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("usage: EcgRecovery.Benchmarks csv FILE.csv | training-step THREADS BATCH SECONDS");
        return 2;
}
