using System.CommandLine;
using EcgRecovery.Evaluation.Training;

var records = new Option<string>("--records")
{
    Description = "Folder of the MIT-BIH Arrhythmia Database.",
    Required = true,
    HelpName = "DIR",
};
var output = new Option<string>("--output") { Description = "The classifier's file.", Required = true, HelpName = "FILE" };

var choose = new Command("choose", "Trains designs on 15 records and prints their figures on the 5 validation records.") { records };
choose.SetAction(parse => ClassifierCommands.Choose(parse.GetRequiredValue(records)));

var train = new Command("train", "Trains the classifier on the 20 records of DS1 without 201 and 208.") { records, output };
train.SetAction(parse => ClassifierCommands.Train(parse.GetRequiredValue(records), parse.GetRequiredValue(output)));

var measure = new Command("measure", "Prints the figures of the classifier in the library on DS2.") { records };
measure.SetAction(parse => ClassifierCommands.Measure(parse.GetRequiredValue(records)));

var time = new Command("time", "Prints how long the classifier in the library takes for a beat.") { records };
time.SetAction(parse => ClassifierCommands.Time(parse.GetRequiredValue(records)));

return await new RootCommand("The beat classifier of the benchmark; see docs/models/classifier.md.") { choose, train, measure, time }
    .Parse(args).InvokeAsync();
