using System.Security.Cryptography;
using EcgRecovery.Beats;
using EcgRecovery.Evaluation.Splits;
using EcgRecovery.Formats.Heartbeats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Splits;

public class MitBihSplitTests
{
    // All 109,446 heartbeats are cut once.
    private static readonly Lazy<HeartbeatSet?> All = new(() =>
        TestData.Folder("mitdb") is { } folder ? MitBihDatabase.ReadHeartbeats(folder, MitBihDatabase.Records) : null);

    private static HeartbeatSet Beats
    {
        get
        {
            Assert.SkipWhen(All.Value is null, "mitdb is absent");
            return All.Value!;
        }
    }

    [Fact]
    public void Rebuilds_the_official_test_file_byte_for_byte()
    {
        var (_, test) = OfficialSplit.Divide(Beats);
        var hash = Sha256(test);
        // data/README.md, and sha256sum of Kaggle's mitbih_test.csv.
        Assert.Equal("f3fdb3fd318275e653fac082b617d8c1ef09fca619a0606dc22c863451c77333", hash);
        Assert.True(OfficialSplit.IsOfficialTest(hash.ToUpperInvariant()));
        Assert.False(OfficialSplit.IsOfficialTest(null));
    }

    // Fixes our own order, so that a training on the file can be repeated.
    [Fact]
    public void Never_changes_the_order_of_the_train_file() =>
        Assert.Equal("0022aa144910706ecbb5c6cc47e46a8e439f65fa6259b1e122ea22a6e7835314", Sha256(OfficialSplit.Divide(Beats).Train));

    [Fact]
    public void Has_the_label_counts_of_the_official_files()
    {
        var (train, test) = OfficialSplit.Divide(Beats);
        Assert.Equal([18_118, 556, 1_448, 162, 1_608], Counts(test));
        Assert.Equal([72_471, 2_223, 5_788, 641, 6_431], Counts(train));
        Assert.Equal((87_554, 21_892), (train.Count, test.Count));
    }

    [Fact]
    public void Cuts_the_beats_of_the_index_and_puts_them_into_its_test_rows()
    {
        var index = TestData.Folder("kaggle/kaggle_index.csv");
        Assert.SkipWhen(index is null, "kaggle_index.csv is absent");
        var order = OfficialSplit.TestOrder();
        var testRow = new int?[Beats.Count];
        for (var row = 0; row < order.Length; row++)
            testRow[order[row]] = row;

        var beat = 0;
        foreach (var line in File.ReadLines(index!).Skip(1))
        {
            var source = Beats.Sources![beat];
            var length = Math.Min(int.Parse(line.Split(',')[4]), HeartbeatSet.BeatLength);
            Assert.True(Beats.RealLength(beat) <= length, line);
            Assert.Equal(
                line, $"{source.Record},{source.Sample},{source.Symbol},{(int)Beats.Classes[beat]},{line.Split(',')[4]},{testRow[beat]}");
            beat++;
        }

        Assert.Equal(Beats.Count, beat);
    }

    [Fact]
    public void Knows_the_record_of_every_test_row_without_the_recordings()
    {
        var (_, test) = OfficialSplit.Divide(Beats);
        Assert.Equal(test.Sources!.Select(source => source.Record), OfficialSplit.TestRecords());
    }

    [Fact]
    public void Embeds_a_test_order_of_distinct_beats()
    {
        var order = OfficialSplit.TestOrder();
        // kaggle_index.csv: test row 0 is the beat of record 103 at 322111, row 4 that of record 111 at 596428.
        Assert.Equal([7_364, 57_123, 91_074, 21_070, 23_600], order[..5]);
        Assert.Equal(OfficialSplit.TestCount, order.Distinct().Count());
        Assert.All(order, beat => Assert.InRange(beat, 0, OfficialSplit.TestCount + OfficialSplit.TrainCount - 1));
        Assert.Equal(["103", "203", "222", "109", "111"], OfficialSplit.TestRecords().Take(5));
    }

    [Fact]
    public void Refuses_to_divide_anything_else() =>
        Assert.Equal(
            "1 heartbeats; expected all 109446. (Parameter 'beats')",
            Assert.Throws<ArgumentException>(() => OfficialSplit.Divide(new HeartbeatSet(new float[187], [AamiClass.N]))).Message);

    [Fact]
    public void Keeps_patients_apart()
    {
        Assert.Equal((22, 22, 48), (InterPatientSplit.DS1.Count, InterPatientSplit.DS2.Count, MitBihDatabase.Records.Count));
        Assert.Equal(
            MitBihDatabase.Records.Except(["102", "104", "107", "217"]),
            InterPatientSplit.DS1.Concat(InterPatientSplit.DS2).Order(StringComparer.Ordinal));
        var tested = InterPatientSplit.DS2.Select(InterPatientSplit.Patient);
        Assert.Empty(InterPatientSplit.Learnable.Select(InterPatientSplit.Patient).Intersect(tested));
        Assert.DoesNotContain("208", InterPatientSplit.Learnable);
        Assert.Equal(20, InterPatientSplit.Learnable.Count);
        Assert.Equal(
            InterPatientSplit.Learnable, InterPatientSplit.Training.Concat(InterPatientSplit.Validation).Order(StringComparer.Ordinal));
        Assert.Equal("201", InterPatientSplit.Patient("202"));
    }

    [Fact]
    public void Names_what_is_missing_or_not_of_the_database()
    {
        var folder = Directory.CreateTempSubdirectory("ecg-recovery-test-").FullName;
        try
        {
            var absent = Path.Combine(folder, "absent");
            Assert.Equal(
                $"Folder {absent} does not exist; expected the 48 records of the MIT-BIH Arrhythmia Database.",
                Assert.Throws<DirectoryNotFoundException>(() => MitBihDatabase.ReadHeartbeats(absent, ["100"])).Message);

            var path = Path.Combine(folder, "100");
            Assert.Equal(
                $"Input {path}.atr does not exist.",
                Assert.Throws<FileNotFoundException>(() => MitBihDatabase.ReadHeartbeats(folder, ["100"])).Message);

            File.WriteAllBytes(path + ".atr", [0x0A, 0x04, 0x0A, 0x04, 0, 0]);
            File.WriteAllBytes(path + ".dat", new byte[60]);
            File.WriteAllText(path + ".hea", "100 1 360 30\n100.dat 16\n");
            Assert.Equal(
                $"Record {path} gives 1 heartbeats; the database's 100 gives 2272.",
                Assert.Throws<InvalidDataException>(() => MitBihDatabase.ReadHeartbeats(folder, ["100"])).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Sha256(HeartbeatSet set)
    {
        using var sha256 = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, sha256, CryptoStreamMode.Write))
            HeartbeatCsv.Write(hashing, set);
        return Convert.ToHexStringLower(sha256.Hash!);
    }

    private static IEnumerable<int> Counts(HeartbeatSet set) =>
        Enum.GetValues<AamiClass>().Select(label => set.Classes.Count(c => c == label));
}
