using System.CommandLine;
using EcgRecovery.Benchmarks;
using EcgRecovery.Benchmarks.Engines;
using EcgRecovery.Benchmarks.Profile;
using EcgRecovery.Benchmarks.Workloads;

var file = new Argument<string>("FILE") { Description = "A heartbeat CSV." };
var csv = new Command("csv", "Reads a heartbeat CSV and prints what ../csv/compare.py compares.") { file };
csv.SetAction(parse => CsvBenchmark.Run(parse.GetRequiredValue(file)));

var caseFolder = new Argument<string>("CASE");
var results = new Argument<string>("RESULTS");
var work = new Argument<Work>("WORK");
var threads = new Argument<int>("THREADS");
var engine = new Command(OurEngine.Verb, "Is our engine in a process of its own; compare starts it.") { caseFolder, results, work, threads };
engine.SetAction(parse => OurEngineServer.Run(
    parse.GetRequiredValue(caseFolder), parse.GetRequiredValue(results), parse.GetRequiredValue(work), parse.GetRequiredValue(threads)));

var stream = new Command(OurStream.Verb, "Is our engine fed time step by time step; compare starts it.") { caseFolder, results, work, threads };
stream.SetAction(parse => OurEngineServer.RunStream(parse.GetRequiredValue(caseFolder), parse.GetRequiredValue(results)));

var seconds = new Argument<double>("SECONDS");
var profile = new Command(PhaseProfile.Verb, "Profiles our engine on a case; compare starts it.") { caseFolder, threads, seconds };
profile.SetAction(parse => ProfileServer.Run(parse.GetRequiredValue(caseFolder), parse.GetRequiredValue(threads), parse.GetRequiredValue(seconds)));

return await new RootCommand("Benchmarks; ../README.md tells what they need.")
{
    CompareCommand.Create(), StartUpBenchmark.Create(), csv, engine, stream, profile, StartUpBenchmark.CreateChild(),
}.Parse(args).InvokeAsync();
