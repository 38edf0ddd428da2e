using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Lays spans of several causes over each other so that none overlap: what came first stays.</summary>
internal sealed class SpanLayers
{
    /// <summary>All spans, in order.</summary>
    public IReadOnlyList<MissingSpan> Spans { get; private set; } = [];

    /// <summary>Adds what of a layer is not taken yet.</summary>
    /// <param name="layer">Spans in order that do not overlap.</param>
    /// <param name="minimum">Of a span that is cut, only pieces of this many samples are kept.</param>
    public void Add(IReadOnlyList<MissingSpan> layer, long minimum)
    {
        if (layer.Count == 0)
            return;
        var all = new List<MissingSpan>(Spans.Count + layer.Count);
        var next = 0;
        foreach (var span in layer)
        {
            while (next < Spans.Count && Spans[next].Span.End <= span.Span.Start)
                all.Add(Spans[next++]);
            var start = span.Span.Start;
            for (; next < Spans.Count && Spans[next].Span.Start < span.Span.End; next++)
            {
                Keep(start, Spans[next].Span.Start, span);
                start = Spans[next].Span.End;
                // A span that reaches further may cut the layer's next one, too.
                if (start > span.Span.End)
                    break;
                all.Add(Spans[next]);
            }

            Keep(start, span.Span.End, span);
        }

        all.AddRange(Spans.Skip(next));
        Spans = all;

        void Keep(long start, long end, MissingSpan whole)
        {
            if (end > start && (end - start >= minimum || end - start == whole.Span.Length))
                all.Add(new MissingSpan(new SampleSpan(start, end), whole.Cause));
        }
    }
}
