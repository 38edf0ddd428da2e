using EcgRecovery.Beats;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.RPeaks;

/// <summary>How much of a record is reported as not to be trusted, for one record or added over several.</summary>
/// <param name="Name">The record, or the group of records.</param>
/// <param name="Seconds">Length of the recording.</param>
/// <param name="DoubtfulSeconds">Of it, reported.</param>
/// <param name="FlutterSeconds">Ventricular flutter by the annotators.</param>
/// <param name="DoubtfulFlutterSeconds">Of it, reported.</param>
/// <param name="DoubtfulBeats">Beats by the annotators in what is reported.</param>
internal sealed record DoubtScore(
    string Name, double Seconds, double DoubtfulSeconds, double FlutterSeconds, double DoubtfulFlutterSeconds, int DoubtfulBeats)
{
    /// <summary>Measures a record.</summary>
    /// <param name="record">The record, with its annotations.</param>
    /// <param name="found">Its R peaks.</param>
    public static DoubtScore Of(EcgRecord record, FoundRPeaks found)
    {
        var doubtful = SampleSpan.Merge(found.Doubtful.Select(doubt => doubt.Span));
        var flutter = Flutter(record.Annotations);
        return new DoubtScore(
            record.Name,
            record.DurationSeconds,
            Length(doubtful),
            Length(flutter),
            Length(SampleSpan.Intersect(doubtful, flutter)),
            record.Annotations.Count(annotation => annotation.IsBeat && doubtful.Any(span => span.Contains(annotation.Sample))));

        double Length(IReadOnlyList<SampleSpan> spans) => spans.Sum(span => span.Length) / record.SamplingFrequencyHz;
    }

    /// <summary>Adds several.</summary>
    public static DoubtScore Sum(string name, IEnumerable<DoubtScore> scores) => scores.Aggregate(
        new DoubtScore(name, 0, 0, 0, 0, 0),
        (sum, score) => new DoubtScore(
            name,
            sum.Seconds + score.Seconds,
            sum.DoubtfulSeconds + score.DoubtfulSeconds,
            sum.FlutterSeconds + score.FlutterSeconds,
            sum.DoubtfulFlutterSeconds + score.DoubtfulFlutterSeconds,
            sum.DoubtfulBeats + score.DoubtfulBeats));

    private static List<SampleSpan> Flutter(IReadOnlyList<Annotation> annotations)
    {
        var flutter = new List<SampleSpan>();
        var start = -1L;
        foreach (var annotation in annotations)
        {
            if (annotation.Symbol == "[")
                start = annotation.Sample;
            if (annotation.Symbol != "]" || start < 0)
                continue;
            flutter.Add(new SampleSpan(start, annotation.Sample));
            start = -1;
        }

        return flutter;
    }
}
