using EcgRecovery.Benchmarks;

switch (args)
{
    case ["csv", var path]:
        CsvBenchmark.Run(path);
        return 0;
    default:
        Console.Error.WriteLine("usage: EcgRecovery.Benchmarks csv FILE.csv");
        return 2;
}
