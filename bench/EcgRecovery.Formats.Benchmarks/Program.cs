using System.CommandLine;
using EcgRecovery.Formats.Benchmarks;
using EcgRecovery.Records;

var file = new Argument<string>("FILE") { Description = "A recording in a supported format." };
var repeat = new Option<int>("--repeat") { Description = "Number of readings in this process.", DefaultValueFactory = _ => 1 };
var whole = new Option<bool>("--whole") { Description = "Read each lead into one array, instead of window by window." };
var trusting = new Option<bool>("--no-checksums") { Description = "Do not compare checksums, which needs a pass over the samples." };
var missing = new Option<int>("--missing-as")
{
    Description = "Value of a missing sample in sums and hashes, as the other reader returns it.",
    DefaultValueFactory = _ => EcgLead.MissingAdcUnits,
};
var read = new Command("read", "Reads every sample and prints the figures for ../formats/compare-biosig.")
{
    file, repeat, whole, trusting, missing,
};
read.SetAction(parse => ReadBenchmark.Run(
    parse.GetRequiredValue(file),
    parse.GetValue(repeat),
    new ReadOptions(parse.GetValue(whole), !parse.GetValue(trusting), parse.GetValue(missing))));

return await new RootCommand("Reading of recordings; see ../formats/README.md.") { read }.Parse(args).InvokeAsync();
