using System.CommandLine;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Evaluation.Splits;

namespace EcgRecovery.Cli.Commands;

/// <summary><c>prepare heartbeats</c>: rebuilds Kaggle's heartbeat files from the raw PhysioNet records.</summary>
internal static class PrepareCommand
{
    public static Command Create()
    {
        var prepare = new Command("prepare", "Makes data files from raw recordings.");
        prepare.Subcommands.Add(CreateHeartbeats());
        return prepare;
    }

    private static Verb CreateHeartbeats()
    {
        var records = new Option<string>("--records")
        {
            Description = "Folder with the 48 records of the MIT-BIH Arrhythmia Database (.hea, .dat, .atr).",
            Required = true,
            HelpName = "DIR",
        };
        var output = new Option<string>("--output") { Description = "Folder for the files.", Required = true, HelpName = "DIR" };
        var split = new Option<string>("--split")
        {
            Description = "official: mitbih_train.csv and mitbih_test.csv, as on Kaggle; "
                + "inter-patient: ds1.csv and ds2.csv, of other patients.",
            DefaultValueFactory = _ => "official",
        };
        split.AcceptOnlyFromAmong("official", "inter-patient");
        var bothLeads = new Option<bool>("--both-leads")
        {
            Description = "inter-patient: also write ds1-both-leads.csv, with the beats of both leads. The beat model is trained on it.",
        };
        var overwrite = StandardOptions.Overwrite();
        var command = new Verb(
            "heartbeats",
            "Rebuilds Kaggle's MIT-BIH heartbeat files from the raw records, the test file byte for byte.",
            "prepare heartbeats --records mitdb --output heartbeats",
            "prepare heartbeats --records mitdb --output heartbeats --split inter-patient")
        {
            records, output, split, bothLeads, overwrite,
        };
        command.SetAction((parse, token) =>
        {
            var configuration = parse.InvocationConfiguration;
            var files = new PreparedFiles(
                parse.GetRequiredValue(output), parse.GetValue(overwrite), configuration.Output, configuration.Error);
            var folder = parse.GetRequiredValue(records);
            var isOfficial = parse.GetValue(split) == "official";
            if (isOfficial && parse.GetValue(bothLeads))
                throw new UsageException("--both-leads goes with --split inter-patient");
            if (isOfficial)
                PrepareOfficial(folder, files, token);
            else
                PrepareInterPatient(folder, files, parse.GetValue(bothLeads), token);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void PrepareOfficial(string folder, PreparedFiles files, CancellationToken cancellationToken)
    {
        files.RefuseExisting("mitbih_test.csv", "mitbih_train.csv");
        var (train, test) = OfficialSplit.Divide(Cut(folder, MitBihDatabase.Records, files, cancellationToken));
        var hash = files.Write("mitbih_test.csv", test, cancellationToken);
        files.Print(OfficialSplit.IsOfficialTest(hash)
            ? "  the official file, byte for byte"
            : $"  NOT the official file, which has {OfficialSplit.TestSha256}");
        files.Write("mitbih_train.csv", train, cancellationToken);
        files.Print("  the official rows, in a fixed shuffle: the official order is not known");
    }

    private static void PrepareInterPatient(string folder, PreparedFiles files, bool bothLeads, CancellationToken cancellationToken)
    {
        files.RefuseExisting(bothLeads ? ["ds1.csv", "ds2.csv", "ds1-both-leads.csv"] : ["ds1.csv", "ds2.csv"]);
        var first = Cut(folder, InterPatientSplit.Learnable, files, cancellationToken);
        files.Write("ds1.csv", first, cancellationToken);
        files.Print("  DS1 without records 201 (same patient as 202 of DS2) and 208 (the demo's), which nothing may learn from");
        if (bothLeads)
        {
            var second = MitBihDatabase.ReadHeartbeats(folder, InterPatientSplit.Learnable, lead: 1, cancellationToken: cancellationToken);
            files.Write("ds1-both-leads.csv", MitBihDatabase.Concatenate([first, second]), cancellationToken);
            files.Print("  the rows of ds1.csv, then as many of the second leads");
        }

        files.Write("ds2.csv", Cut(folder, InterPatientSplit.DS2, files, cancellationToken), cancellationToken);
    }

    private static HeartbeatSet Cut(string folder, IReadOnlyList<string> records, PreparedFiles files, CancellationToken cancellationToken)
    {
        files.Log($"cutting {records.Count} records of {folder}");
        return MitBihDatabase.ReadHeartbeats(folder, records, cancellationToken: cancellationToken);
    }
}
