using System.Globalization;
using System.Text.Json;
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
        {"record":"r","lead":"V5","number":1,"samplingFrequencyHz":100,"meanBeatsPerMinute":66.66666666666667,"beats":[
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

    private static string Text(Func<BeatListing, Action<TextWriter>> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        write(Listing(100))(text);
        return text.ToString();
    }

    private static BeatListing Listing(double recordFrequency)
    {
        EcgLead[] leads =
        [
            .. new[] { "II", "V5" }.Select(
                name => new EcgLead { Name = name, SamplingFrequencyHz = 100, AdcUnits = new MemorySamples<int>([]) })
        ];
        return new BeatListing(new EcgRecord { Name = "r", SamplingFrequencyHz = recordFrequency, Leads = leads }, 1, [50, 150, 230]);
    }
}
