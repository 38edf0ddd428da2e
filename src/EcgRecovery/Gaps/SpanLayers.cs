using EcgRecovery.Records;

namespace EcgRecovery.Gaps;

/// <summary>Combines spans of several causes without overlap; spans of earlier layers have priority.</summary>
internal sealed class SpanLayers
{
    /// <summary>All spans, in order.</summary>
    public IReadOnlyList<MissingSpan> Spans { get; private set; } = [];

    /// <summary>Adds the parts of a layer that do not overlap the spans so far.</summary>
    /// <param name="layer">Spans, in order and without overlap.</param>
    /// <param name="minimum">The smallest number of samples of a part; whole spans may be shorter.</param>
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
                // A span that ends behind this one may also cut the layer's next one.
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
