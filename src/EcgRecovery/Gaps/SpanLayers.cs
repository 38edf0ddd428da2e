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
            var rest = span.Span;
            for (; next < Spans.Count && Spans[next].Span.Start < span.Span.End; next++)
            {
                Keep(rest with { End = Spans[next].Span.Start }, span);
                rest = rest with { Start = Spans[next].Span.End };
                // A span that reaches further may cut the layer's next one, too.
                if (rest.Start > rest.End)
                    break;
                all.Add(Spans[next]);
            }

            Keep(rest, span);
        }

        all.AddRange(Spans.Skip(next));
        Spans = all;

        void Keep(SampleSpan piece, MissingSpan whole)
        {
            if (!piece.IsEmpty && (piece.Length >= minimum || piece == whole.Span))
                all.Add(whole with { Span = piece });
        }
    }
}
