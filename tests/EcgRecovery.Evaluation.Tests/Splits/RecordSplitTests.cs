using EcgRecovery.Evaluation.Splits;

namespace EcgRecovery.Evaluation.Tests.Splits;

public class RecordSplitTests
{
    [Fact]
    public void Splits_are_those_of_the_database_or_all_records_of_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("ecg-recovery-test-");
        try
        {
            foreach (var name in new[] { "b.hea", "a.hea", "a.dat" })
                File.WriteAllText(Path.Combine(folder.FullName, name), "");
            Assert.Equal(["a", "b"], RecordSplit.Records("all", folder.FullName));
            Assert.Equal(["109", "116", "119", "209", "223"], RecordSplit.Records("validation", folder.FullName));
            Assert.Equal(20, RecordSplit.Records("ds1", folder.FullName).Count);
            Assert.DoesNotContain(RecordSplit.Records("ds1", folder.FullName), name => name is "201" or "208");
            Assert.Equal(22, RecordSplit.Records("ds2", folder.FullName).Count);
            var (train, test) = (RecordSplit.Records("ludb-train", folder.FullName), RecordSplit.Records("ludb-test", folder.FullName));
            Assert.Equal((160, "1", "160"), (train.Count, train[0], train[^1]));
            Assert.Equal((40, "161", "200"), (test.Count, test[0], test[^1]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_a_record_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("ecg-recovery-test-");
        try
        {
            Assert.Throws<InvalidDataException>(() => RecordSplit.Records("all", folder.FullName));
        }
        finally
        {
            folder.Delete();
        }

        Assert.Throws<DirectoryNotFoundException>(() => RecordSplit.Records("ds2", folder.FullName));
    }
}
