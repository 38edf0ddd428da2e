using System.Globalization;
using System.Text;
using EcgRecovery.Evaluation.Records.Entrants;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Entrants;

public sealed class FileEntrantTests : IDisposable
{
    private const int Count = 200;

    private static readonly CellKind s_kind = new(0.1);
    private static readonly SampleSpan s_gap = new(50, 60);
    private static readonly GapCut s_cut = new([new(0, [s_gap], [s_gap]), new(1, [s_gap], [s_gap])]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gaps_are_read_from_a_WFDB_record()
    {
        using var filled = Record("y").ToRecord([]);
        RecordFormats.Write(filled, _folder.PathOf(s_kind.Name, "x"), overwrite: false, TestContext.Current.CancellationToken);
        // A header decides, whatever else has the name.
        _folder.Write($"{s_kind.Name}/x.csv", "MLII,V1\n1,2\n");
        AssertRead(Fill());
    }

    [Fact]
    public void Gaps_are_read_from_text_by_the_names_of_leads()
    {
        WriteCsv("V1,mlii", t => $"{Text(1, t)},{Text(0, t)}");
        AssertRead(Fill());
    }

    [Fact]
    public void Gaps_are_read_from_an_array_by_the_place_of_leads()
    {
        // The bytes of numpy.save: version 1, 118 characters of header.
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (200, 2), }".PadRight(117) + "\n";
        var values = Enumerable.Range(0, Count).SelectMany(t => (float[])[Value(0, t), Value(1, t)]);
        byte[] magic = [0x93, .. "NUMPY"u8, 1, 0, 118, 0];
        _folder.Write($"{s_kind.Name}/x.npy", [.. magic, .. Encoding.ASCII.GetBytes(header), .. values.SelectMany(BitConverter.GetBytes)]);
        AssertRead(Fill());
    }

    [Fact]
    public void Each_of_several_cuts_has_a_file_of_its_own()
    {
        Assert.Equal(Path.Combine("single-random-all-0.10s", "x-3"), new CutPlace(s_kind, 2, 5).FileOf("x"));
        Assert.Equal(Path.Combine("single-random-all-0.10s", "x"), new CutPlace(s_kind, 0, 1).FileOf("x"));
        WriteCsv("MLII,V1", t => $"{Text(0, t)},{Text(1, t)}", name: "x-3.csv");
        AssertRead(Fill(new CutPlace(s_kind, 2, 5)));
        Assert.All(Fill(new CutPlace(s_kind, 1, 5)), Assert.Empty);
        Assert.All(Fill(), Assert.Empty);
    }

    [Fact]
    public void A_gap_with_a_missing_sample_has_no_estimate()
    {
        WriteCsv("MLII,V1", t => $"{Text(0, t)},{(t == 59 ? "" : Text(1, t))}");
        var filled = Fill();
        Assert.Equal((10, 0), (filled[0].Length, filled[1].Length));
        // Beside the gap it does not matter.
        WriteCsv("MLII,V1", t => $"{Text(0, t)},{(t is 49 or 60 ? "" : Text(1, t))}");
        AssertRead(Fill());
    }

    [Fact]
    public void The_only_lead_of_a_file_is_the_only_lead_that_is_tested()
    {
        WriteCsv("filled", t => Text(0, t));
        var cut = new GapCut([new(0, [s_gap], [s_gap]), new(1, [s_gap], [])]);
        Assert.Equal(Expected(0), Fill(cut: cut)[0], Near);
        Assert.Throws<InvalidDataException>(() => Fill());
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused()
    {
        WriteCsv("MLII,V1", t => $"{Text(0, t)},{Text(1, t)}", count: Count - 1);
        Assert.EndsWith("x.csv has 199 samples; expected 200, as record x.", Refused());
        WriteCsv("V1,V2,V5", t => $"{Text(0, t)},{Text(1, t)},{Text(1, t + 1)}");
        Assert.EndsWith("x.csv has leads V1, V2, V5; expected one named MLII, or all 2 leads of record x.", Refused());
        // Numbers that can be no millivolts are counts of a converter.
        WriteCsv("MLII,V1", t => FormattableString.Invariant($"{t * t % 4093},{t * t % 4091}"));
        Assert.EndsWith("x.csv is in adu; expected a voltage.", Refused());

        string Refused() => Assert.Throws<InvalidDataException>(() => Fill()).Message;
    }

    [Fact]
    public void A_folder_without_a_cells_folder_is_refused_before_the_work()
    {
        using var entrant = new FileEntrant("mine", _folder.PathOf("none"));
        Assert.Contains("none of the predictions of mine does not exist", Refused(entrant), StringComparison.Ordinal);
        using var empty = new FileEntrant("mine", _folder.Root);
        Assert.EndsWith("has none for a cell of the plan; expected a folder as single-random-all-0.10s.", Refused(empty));
        _folder.Write($"{s_kind.Name}/x.csv", "");
        empty.RefuseEmpty([new CellKind(2), s_kind]);

        static string Refused(FileEntrant entrant) =>
            Assert.Throws<DirectoryNotFoundException>(() => entrant.RefuseEmpty([s_kind])).Message;
    }

    private static void AssertRead(List<float[]> filled)
    {
        Assert.Equal(2, filled.Count);
        Assert.Equal(Expected(0), filled[0], Near);
        Assert.Equal(Expected(1), filled[1], Near);
    }

    private static IEnumerable<float> Expected(int lead) => Enumerable.Range(50, 10).Select(t => Value(lead, t));

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-6;

    // Whole steps of 1/200 mV, so that every format holds them.
    private static float Value(int lead, int t) => (float)Math.Round(200 * Math.Sin((t / 3.0) + lead)) / 200;

    private static string Text(int lead, int t) => Value(lead, t).ToString(CultureInfo.InvariantCulture);

    private static TestedRecord Record(string name) =>
        new([.. ((string[])["MLII", "V1"]).Select((lead, number) =>
            new TestedLead(name, [.. Enumerable.Range(0, Count).Select(t => Value(number, t))], 100)
            {
                Name = lead,
                Number = number,
                StepsPerMilliVolt = 200,
            })]);

    private void WriteCsv(string heading, Func<int, string> row, int count = Count, string name = "x.csv") =>
        _folder.Write($"{s_kind.Name}/{name}", $"{heading}\n{string.Join('\n', Enumerable.Range(0, count).Select(row))}\n");

    private List<float[]> Fill(CutPlace? place = null, GapCut? cut = null)
    {
        using var entrant = new FileEntrant("mine", _folder.Root);
        var truth = Record("x").With(_ => new float[Count]);
        var estimates = entrant.Fill(truth, cut ?? s_cut, place ?? new CutPlace(s_kind, 0, 1), 1, TestContext.Current.CancellationToken);
        if (cut is null)
            Assert.Equal([(0, s_gap), (1, s_gap)], estimates.Select(estimate => (estimate.Lead, estimate.Span)));
        return [.. estimates.Select(estimate => estimate.Samples)];
    }
}
