using System.CommandLine;
using EcgRecovery.Benchmarks;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Profile;
using EcgRecovery.Benchmarks.Workloads;

var file = new Argument<string>("FILE") { Description = "A heartbeat CSV." };
var csv = new Command("csv", "Reads a heartbeat CSV and prints the figures for ../csv/compare.py.") { file };
csv.SetAction(parse => CsvBenchmark.Run(parse.GetRequiredValue(file)));

var caseFolder = new Argument<string>("CASE");
var results = new Argument<string>("RESULTS");
var work = new Argument<Work>("WORK");
var threads = new Argument<int>("THREADS");
var engine = new Command(OurEngine.Verb, "Runs our engine in a separate process, for compare.") { caseFolder, results, work, threads };
engine.SetAction(parse => OurEngineServer.Run(
    parse.GetRequiredValue(caseFolder), parse.GetRequiredValue(results), parse.GetRequiredValue(work), parse.GetRequiredValue(threads)));

var stream = new Command(OurStream.Verb, "Runs our engine time step by time step, for compare.") { caseFolder, results, work, threads };
stream.SetAction(parse => OurEngineServer.RunStream(parse.GetRequiredValue(caseFolder), parse.GetRequiredValue(results)));

var seconds = new Argument<double>("SECONDS");
var profile = new Command(PhaseProfile.Verb, "Profiles our engine on a case, for compare.") { caseFolder, threads, seconds };
profile.SetAction(parse => ProfileServer.Run(
    parse.GetRequiredValue(caseFolder), parse.GetRequiredValue(threads), parse.GetRequiredValue(seconds)));

return await new RootCommand("Benchmarks; their requirements are in ../README.md.")
{
    CompareCommand.Create(), StartUpBenchmark.Create(), csv, engine, stream, profile, StartUpBenchmark.CreateChild(),
}.Parse(args).InvokeAsync();
