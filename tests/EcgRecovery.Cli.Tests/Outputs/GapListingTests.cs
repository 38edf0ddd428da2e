using System.Globalization;
using System.Text.Json;
using EcgRecovery.Cli.Outputs;
using EcgRecovery.Records;

namespace EcgRecovery.Cli.Tests.Outputs;

public class GapListingTests
{
    [Fact]
    public void The_table_tells_every_span_and_then_the_totals() => Assert.Equal(
        """
        lead        start          end  duration  cause      samples
        II    0:00:01.000  0:00:01.500   0.500 s  sentinel   100..150
        II    0:00:02.000  0:00:12.000  10.000 s  flat-line  200..1200

        lead  cause      spans     duration    share
        II    sentinel       1  0:00:00.500  0.250 %
        II    flat-line      1  0:00:10.000  5.000 %
        a,b   nothing        0  0:00:00.000  0.000 %
        a,b is not judged: its unit is degC; name it with --lead

        """.ReplaceLineEndings("\n"),
        Text(listing => output => listing.WriteTable(output, 80)));

    [Fact]
    public void The_csv_has_a_line_a_span() => Assert.Equal(
        "lead,start_sample,end_sample,start_s,end_s,cause\nII,100,150,1,1.5,sentinel\nII,200,1200,2,12,flat-line\n", Text(
            listing => listing.WriteCsv));

    [Fact]
    public void The_json_holds_the_same()
    {
        using var document = JsonDocument.Parse(Text(listing => listing.WriteJson));
        var lead = document.RootElement.GetProperty("leads")[0];
        Assert.Equal("II", lead.GetProperty("lead").GetString());
        Assert.Equal(20_000, lead.GetProperty("endSample").GetInt64());
        Assert.Equal(0.05, lead.GetProperty("totals")[1].GetProperty("share").GetDouble());
        var gap = lead.GetProperty("gaps")[1];
        Assert.Equal(
            ("flat-line", 200, 12.0, false),
            (
                gap.GetProperty("cause").GetString(),
                gap.GetProperty("startSample").GetInt64(),
                gap.GetProperty("endSeconds").GetDouble(),
                gap.GetProperty("isStated").GetBoolean()));
        Assert.False(document.RootElement.GetProperty("leads")[1].GetProperty("isJudged").GetBoolean());
    }

    [Fact]
    public void The_json_keeps_its_keys_their_order_and_one_line() => Assert.StartsWith(
        """
        {"record":"r","leads":[{"lead":"II","number":0,"samplingFrequencyHz":100,"startSample":0,"endSample":20000,"isJudged":true,"totals":[
        {"cause":"sentinel","spans":1,"samples":50,"share":0.0025},{"cause":"flat-line","spans":1,"samples":1000,"share":0.05}],"gaps":[
        {"startSample":100,"endSample":150,"startSeconds":1,"endSeconds":1.5,"cause":"sentinel","isStated":true},
        """.ReplaceLineEndings(""),
        Text(listing => listing.WriteJson));

    [Fact]
    public void Annotations_are_notes_in_the_words_of_provenance_counted_in_the_records_samples()
    {
        var annotations = Listing(recordFrequency: 200).Annotations();
        Assert.Equal([200, 400], annotations.Select(annotation => annotation.Sample));
        Assert.All(annotations, annotation => Assert.Equal("\"", annotation.Symbol));
        Assert.All(annotations, annotation => Assert.Equal(0, annotation.Channel));
        Assert.Equal("missing start=200 end=1200 cause=flat-line", annotations[1].Aux);
    }

    private static string Text(Func<GapListing, Action<TextWriter>> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        write(Listing(100))(text);
        return text.ToString();
    }

    private static GapListing Listing(double recordFrequency)
    {
        var lead = new EcgLead { Name = "II", SamplingFrequencyHz = 100, AdcUnits = new MemorySamples<int>(new int[20_000]) };
        var other =
            new EcgLead { Name = "a,b", Unit = "degC", SamplingFrequencyHz = 100, AdcUnits = new MemorySamples<int>(new int[20_000]) };
        var record = new EcgRecord { Name = "r", SamplingFrequencyHz = recordFrequency, Leads = [lead, other] };
        return new GapListing(
            record,
            [
                new LeadGaps(
                    0, lead, 0, 20_000, true,
                    [
                        new MissingSpan(new SampleSpan(100, 150), MissingCause.Sentinel),
                        new MissingSpan(new SampleSpan(200, 1200), MissingCause.FlatLine),
                    ]),
                new LeadGaps(1, other, 0, 20_000, false, []),
            ]);
    }
}
