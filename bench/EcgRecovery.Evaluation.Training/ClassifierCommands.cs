using System.Diagnostics;
using EcgRecovery.Evaluation.Diagnosis;
using EcgRecovery.Evaluation.Scores;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Records;
using static EcgRecovery.Evaluation.Scores.ScoreText;

namespace EcgRecovery.Evaluation.Training;

/// <summary>The commands that choose, train and measure the beat classifier. They print Markdown.</summary>
internal static class ClassifierCommands
{
    private static readonly string[] s_recordHeadings =
        ["record", "beats", "accuracy", "S", "S given S", "others given S", "V", "V given V", "others given V"];

    /// <summary>Trains each design without the validation records, and prints a row of figures on them for each.</summary>
    /// <param name="folder">Folder of the records.</param>
    public static void Choose(string folder)
    {
        var training = ClassifierDesigns.Leads.ToDictionary(
            lead => lead, lead => LabelledLead.OpenAll(folder, InterPatientSplit.Training, [lead]));
        var validation = LabelledLead.OpenAll(folder, InterPatientSplit.Validation, [0]);
        var rows = new List<IReadOnlyList<string>> { ClassifierDesigns.Headings };
        foreach (var (name, options) in ClassifierDesigns.All)
        {
            Console.Error.WriteLine(name);
            var file = ClassifierTraining.Train([.. options.Leads.SelectMany(lead => training[lead])], options, Console.Error.WriteLine);
            using var classifier = new BeatClassifier(file);
            rows.Add(ClassifierDesigns.Row(name, ClassifierEvaluation.Measure(classifier, validation)));
            Console.Error.WriteLine(string.Join(" | ", rows[^1]));
        }

        Console.Write(ResultTable.Markdown([new ResultTable("Designs on the validation records, lead 0:", rows)], []));
    }

    /// <summary>Trains the classifier that ships.</summary>
    /// <param name="folder">Folder of the records.</param>
    /// <param name="output">The file; replaced if it exists.</param>
    public static void Train(string folder, string output)
    {
        var options = new ClassifierOptions();
        var leads = LabelledLead.OpenAll(folder, InterPatientSplit.Learnable, options.Leads);
        ClassifierTraining.Train(leads, options, Console.Error.WriteLine).Write(output, overwrite: true);
    }

    /// <summary>Prints the counts of the classifier in the library on each lead of DS2, and its accuracy on each record.</summary>
    /// <param name="folder">Folder of the records.</param>
    public static void Measure(string folder)
    {
        using var classifier = BeatClassifier.Load();
        foreach (var lead in ClassifierDesigns.Leads)
        {
            var sum = new ClassCounts();
            var rows = new List<IReadOnlyList<string>> { s_recordHeadings };
            foreach (var record in InterPatientSplit.DS2)
            {
                var counts = ClassifierEvaluation.Measure(classifier, LabelledLead.Open(folder, record, lead));
                sum.Add(counts);
                rows.Add(
                [
                    record, $"{counts.Total}", Percent(counts.Accuracy), .. Cells(counts, AamiClass.S), .. Cells(counts, AamiClass.V),
                ]);
            }

            var table = ClassifierEvaluation.Table($"DS2, lead {lead}, accuracy {Percent(sum.Accuracy)}:", sum);
            Console.Write(ResultTable.Markdown([table, new ResultTable($"DS2, lead {lead}, by record:", rows)], []));
        }
    }

    private static string[] Cells(ClassCounts counts, AamiClass of) =>
        [$"{counts.Of(of)}", $"{counts[of, of]}", $"{ClassCounts.All.Where(truth => truth != of).Sum(truth => counts[truth, of])}"];

    /// <summary>Prints the time per beat, of a whole lead in one call and of beats in a call each.</summary>
    /// <param name="folder">Folder of the records.</param>
    public static void Time(string folder)
    {
        using var classifier = BeatClassifier.Load();
        var lead = LabelledLead.Open(folder, InterPatientSplit.Validation[0], 0);
        var whole = MillisecondsPerBeat(1);
        var single = MillisecondsPerBeat(lead.RPeaks.Length);
        Console.WriteLine($"{Figure(whole, 3)} ms a beat in one call, {Figure(single, 3)} ms in a call each");

        double MillisecondsPerBeat(int calls)
        {
            var beats = lead.RPeaks.Length / calls;
            classifier.Classify(lead.MilliVolts, lead.SamplingFrequencyHz, lead.RPeaks, ..beats);
            var clock = Stopwatch.StartNew();
            for (var call = 0; call < calls; call++)
                classifier.Classify(lead.MilliVolts, lead.SamplingFrequencyHz, lead.RPeaks, (call * beats)..((call + 1) * beats));
            return clock.Elapsed.TotalMilliseconds / (calls * beats);
        }
    }
}
