using System.CommandLine;
using EcgRecovery.Formats.Benchmarks;
using EcgRecovery.Records;

var file = new Argument<string>("FILE") { Description = "A recording of any format that is read." };
var repeat = new Option<int>("--repeat") { Description = "How often to read it in this process.", DefaultValueFactory = _ => 1 };
var whole = new Option<bool>("--whole") { Description = "Read each lead into one array, instead of window by window." };
var trusting = new Option<bool>("--no-checksums") { Description = "Do not compare checksums, which takes a pass over the samples." };
var missing = new Option<int>("--missing-as")
{
    Description = "What a missing sample counts as in sums and hashes: what the other reader gives for it.",
    DefaultValueFactory = _ => EcgLead.MissingAdcUnits,
};
var read = new Command("read", "Reads every sample and prints what ../formats/compare-biosig compares.")
{
    file, repeat, whole, trusting, missing,
};
read.SetAction(parse => ReadBenchmark.Run(
    parse.GetRequiredValue(file),
    parse.GetValue(repeat),
    new ReadOptions(parse.GetValue(whole), !parse.GetValue(trusting), parse.GetValue(missing))));

return await new RootCommand("Reading recordings; ../formats/README.md tells what for.") { read }.Parse(args).InvokeAsync();
