using System.CommandLine;
using System.Globalization;
using EcgRecovery;
using EcgRecovery.Evaluation.Records;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Results;
using EcgRecovery.Evaluation.Records.Scoring;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Recovery;
using EcgRecovery.Settings.Benchmarks;

var records = new Option<string>("--records") { Description = "Folder of the MIT-BIH Arrhythmia Database.", Required = true };
var split = new Option<string>("--split")
{
    Description = "The records: validation, or ds1, which holds them.",
    DefaultValueFactory = _ => RecordSplit.Validation,
};
split.AcceptOnlyFromAmong(RecordSplit.Validation, "ds1");
var frequency = new Option<double?>("--frequency") { Description = "Resample to this frequency before gaps are cut." };
var method = new Option<string?>("--method") { Description = "Only the settings of this method." };
var threads = new Option<int>("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount };
var root = new RootCommand("Tables of settings of the methods, on the validation patients; see ../README.md.")
{
    records, split, frequency, method, threads,
};
root.SetAction(parse =>
{
    var variants = Variant.All.Where(variant => (parse.GetValue(method) ?? variant.Method) == variant.Method);
    foreach (var loss in variants.GroupBy(variant => variant.Loss))
    {
        var names = RecordSplit.Records(parse.GetRequiredValue(split), parse.GetRequiredValue(records));
        var source = RecordSource.Of(parse.GetRequiredValue(records), names, parse.GetValue(frequency));
        var result = Run(source, parse.GetValue(frequency), loss.Key, [.. loss], parse.GetValue(threads));
        foreach (var table in loss.Index().GroupBy(variant => variant.Item.Method))
            Write(table.Key, [.. table.Select(row => (row.Item.Setting, row.Index))], result);
    }
});
return root.Parse(args).Invoke();

static RecordBenchmarkResult Run(RecordSource source, double? frequencyHz, LeadLoss loss, List<Variant> variants, int threads)
{
    var gaps = new PlanOptions
    {
        FrequencyHz = frequencyHz,
        Cells = PlanOptions.Grid(PlanOptions.CustomSeconds, [GapPlacement.Random], [loss]),
    };
    var plan = RecordBenchmark.Plan(source, gaps, threads, CancellationToken.None);
    // All have the name of their method; rows are told by their number.
    List<Entrant> entrants =
    [
        .. variants.Select(variant => new MethodEntrant(
            new RecoveryMethodInfo(variant.Method, variant.Setting) { ForRecords = variant.Create },
            new RecoveryOptions { SelfTestGaps = 0 },
            _ => false)),
    ];
    var result = RecordBenchmark.Run(
        source, plan, entrants, new GapScorer(classifier: null), new RecordBenchmarkOptions { Threads = threads });
    entrants.ForEach(entrant => entrant.Dispose());
    return result;
}

static void Write(string method, IReadOnlyList<(string Setting, int Row)> rows, RecordBenchmarkResult result)
{
    Console.WriteLine($"| {method} | {string.Join(" | ", result.Cells.Select(cell => cell.Kind.Heading))} | mean |");
    Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---:|", result.Cells.Count + 1))}");
    foreach (var (setting, row) in rows)
    {
        double[] errors = [.. result.Cells.Select(cell => cell.Methods[row].Rmse.Mean)];
        var figures = errors.Append(errors.Average()).Select(error => error.ToString("0.0000", CultureInfo.InvariantCulture));
        Console.WriteLine($"| {setting} | {string.Join(" | ", figures)} |");
    }

    Console.WriteLine();
}
