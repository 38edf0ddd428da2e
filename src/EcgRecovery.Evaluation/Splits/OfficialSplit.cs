using EcgRecovery.Beats;
using EcgRecovery.Neural;

namespace EcgRecovery.Evaluation.Splits;

/// <summary>The official split of Kaggle's heartbeat data set: the beats of <c>mitbih_test.csv</c> and their order.</summary>
/// <remarks>
/// It divides beats, not patients: beats of every patient are on both sides. The order of the test file is known (the embedded resource,
/// made by <c>make-official-test-order.py</c>). That of <c>mitbih_train.csv</c> is not: our file holds the same rows in a fixed shuffle, so
/// that its last rows, which the original notebook holds out for validation, are beats of every kind.
/// Source: Kachuee, Fazeli and Sarrafzadeh 2018, doi:10.1109/ICHI.2018.00092; kaggle.com/datasets/shayanfazeli/heartbeat.
/// </remarks>
internal static class OfficialSplit
{
    /// <summary>Number of rows of <c>mitbih_test.csv</c>.</summary>
    public const int TestCount = 21_892;

    /// <summary>Number of rows of <c>mitbih_train.csv</c>.</summary>
    public const int TrainCount = 87_554;

    /// <summary>SHA-256 of the official <c>mitbih_test.csv</c>, in lower-case hexadecimal.</summary>
    public const string TestSha256 = "f3fdb3fd318275e653fac082b617d8c1ef09fca619a0606dc22c863451c77333";

    private const int BitsPerRow = 17;

    // Any number; it must never change.
    private const ulong TrainOrderSeed = 1;

    /// <summary>Divides all heartbeats of the database.</summary>
    /// <param name="beats">All 109,446 beats: the result of <see cref="MitBihDatabase.ReadHeartbeats"/> for all records.</param>
    /// <returns>The test rows in the official order, the others in the fixed shuffle.</returns>
    /// <exception cref="ArgumentException">There are not 109,446 rows.</exception>
    public static (HeartbeatSet Train, HeartbeatSet Test) Divide(HeartbeatSet beats)
    {
        if (beats.Count != TestCount + TrainCount)
            throw new ArgumentException($"{beats.Count} heartbeats; expected all {TestCount + TrainCount}.", nameof(beats));
        var test = TestOrder();
        var isTest = new bool[beats.Count];
        foreach (var beat in test)
            isTest[beat] = true;
        int[] train = [.. Enumerable.Range(0, beats.Count).Where(beat => !isTest[beat])];
        new SeededRandom(TrainOrderSeed).Shuffle(train);
        return (beats.Select(train), beats.Select(test));
    }

    /// <summary>Returns whether a hash is that of the official test file.</summary>
    /// <param name="sha256">Hexadecimal, of the uncompressed bytes.</param>
    public static bool IsOfficialTest(string? sha256) => string.Equals(sha256, TestSha256, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the record of every row of the official test file, [21892].</summary>
    public static IReadOnlyList<string> TestRecords()
    {
        var records = MitBihDatabase.RecordOfEveryBeat().ToArray();
        return Array.ConvertAll(TestOrder(), beat => records[beat]);
    }

    /// <summary>Returns the index of every test row's beat among all beats in record and time order, [21892].</summary>
    public static int[] TestOrder()
    {
        using var resource = typeof(OfficialSplit).Assembly.GetManifestResourceStream("official-test-order.bin")!;
        var packed = new byte[resource.Length];
        resource.ReadExactly(packed);
        var order = new int[TestCount];
        for (var row = 0; row < TestCount; row++)
        {
            for (var bit = 0; bit < BitsPerRow; bit++)
            {
                var at = (row * BitsPerRow) + bit;
                order[row] |= ((packed[at / 8] >> (at % 8)) & 1) << bit;
            }
        }

        return order;
    }
}
