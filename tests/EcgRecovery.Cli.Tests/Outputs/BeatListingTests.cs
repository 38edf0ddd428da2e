using System.Globalization;
using System.Text.Json;
using EcgRecovery.Beats;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Outputs;

public class BeatListingTests
{
    [Fact]
    public void The_table_the_csv_and_the_summary_tell_the_peaks()
    {
        Assert.Equal(
            """
                  sample            time         RR
                      50     0:00:00.500
                     150     0:00:01.500    1.000 s
                     230     0:00:02.300    0.800 s

            """.ReplaceLineEndings("\n"),
            Text(listing => listing.WriteTable));
        Assert.Equal("sample,time_s,rr_s\n50,0.5,\n150,1.5,1\n230,2.3,0.8\n", Text(listing => listing.WriteCsv));
        Assert.Equal("3 R peaks in lead V5 of record r, 66.7 a minute\n", Text(listing => listing.WriteSummary));
    }

    [Fact]
    public void The_json_holds_the_same_and_says_null_where_there_is_nothing()
    {
        using var document = JsonDocument.Parse(Text(listing => listing.WriteJson));
        Assert.Equal(
            ("V5", 1), (document.RootElement.GetProperty("lead").GetString(), document.RootElement.GetProperty("number").GetInt32()));
        Assert.Equal(200.0 / 3, document.RootElement.GetProperty("meanBeatsPerMinute").GetDouble(), 12);
        var beats = document.RootElement.GetProperty("beats");
        Assert.Equal(JsonValueKind.Null, beats[0].GetProperty("rrSeconds").ValueKind);
        Assert.Equal((230, 0.8), (beats[2].GetProperty("sample").GetInt64(), beats[2].GetProperty("rrSeconds").GetDouble()));
    }

    [Fact]
    public void The_json_keeps_its_keys_their_order_and_one_line() => Assert.Equal(
        """
        {"record":"r","lead":"V5","number":1,"samplingFrequencyHz":100,"leads":["V5"],
        "meanBeatsPerMinute":66.66666666666667,"doubtfulShare":0,"doubtful":[],"beats":[
        {"sample":50,"seconds":0.5,"rrSeconds":null},{"sample":150,"seconds":1.5,"rrSeconds":1},
        {"sample":230,"seconds":2.3,"rrSeconds":0.8}]}
        """.ReplaceLineEndings("") + "\n",
        Text(listing => listing.WriteJson));

    [Fact]
    public void Annotations_are_unclassified_beats_counted_in_the_records_samples()
    {
        var annotations = Listing(50).Annotations();
        Assert.Equal([25, 75, 115], annotations.Select(annotation => annotation.Sample));
        Assert.All(annotations, annotation => Assert.Equal(("Q", 1), (annotation.Symbol, annotation.Channel)));
    }

    [Fact]
    public void Stretches_that_are_not_to_be_trusted_are_in_every_output()
    {
        var listing = Listing(
            50, [0, 1], new(new SampleSpan(100, 200), DoubtCause.Noise), new(new SampleSpan(200, 400), DoubtCause.Fibrillation));
        Assert.Equal(
            "warning: R peaks are not to be trusted in 0:00:03.000 of 0:00:04.000: "
            + "noise 0:00:01.000, ventricular fibrillation or flutter 0:00:02.000",
            listing.Warning);
        Assert.Null(Listing(50).Warning);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        listing.WriteSummary(text);
        Assert.Equal(
            """
            3 R peaks in leads II, V5 of record r, placed in V5, 66.7 a minute
            not to be trusted: 0:00:01.000 to 0:00:02.000, noise
            not to be trusted: 0:00:02.000 to 0:00:04.000, ventricular fibrillation or flutter

            """.ReplaceLineEndings("\n"),
            text.ToString());
        using var json = new StringWriter(CultureInfo.InvariantCulture);
        listing.WriteJson(json);
        Assert.Contains(
            """
            "doubtfulShare":0.75,"doubtful":[{"startSample":100,"endSample":200,"startSeconds":1,"endSeconds":2,"cause":"noise"},
            """.Trim(),
            json.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            ["Q@25", "\"@50 beats doubtful: noise", "Q@75", "\"@100 end of noise", "\"@100 beats doubtful: fibrillation", "Q@115",
                "\"@200 end of fibrillation"],
            listing.Annotations().Select(annotation => $"{annotation.Symbol}@{annotation.Sample} {annotation.Aux}".TrimEnd()));
    }

    private static string Text(Func<BeatListing, Action<TextWriter>> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        write(Listing(100))(text);
        return text.ToString();
    }

    private static BeatListing Listing(double recordFrequency, int[]? searched = null, params DoubtfulBeats[] doubtful)
    {
        EcgLead[] leads =
        [
            .. new[] { "II", "V5" }.Select(
                name => new EcgLead { Name = name, SamplingFrequencyHz = 100, AdcUnits = new MemorySamples<int>([]) })
        ];
        var record = new EcgRecord { Name = "r", SamplingFrequencyHz = recordFrequency, Leads = leads };
        return new BeatListing(record, new FoundRPeaks(1, searched ?? [1], [50, 150, 230], doubtful), searchedSeconds: 4);
    }
}
