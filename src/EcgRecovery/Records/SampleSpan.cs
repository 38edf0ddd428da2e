using System.Globalization;

namespace EcgRecovery.Records;

/// <summary>A run of consecutive samples, half-open: [<paramref name="Start"/>, <paramref name="End"/>).</summary>
/// <param name="Start">First sample, counted from 0.</param>
/// <param name="End">First sample after the span.</param>
public readonly record struct SampleSpan(long Start, long End)
{
    /// <summary>Number of samples; 0 or less where the span is empty.</summary>
    public long Length => End - Start;

    /// <summary>Whether the span holds no sample.</summary>
    public bool IsEmpty => End <= Start;

    /// <summary>Whether the sample lies in the span.</summary>
    public bool Contains(long sample) => sample >= Start && sample < End;

    /// <summary>Returns the samples that both spans hold; empty where they hold none in common.</summary>
    public SampleSpan Intersect(SampleSpan other) => new(Math.Max(Start, other.Start), Math.Min(End, other.End));

    /// <summary>Returns the span, moved by a number of samples.</summary>
    public SampleSpan Shift(long samples) => new(Start + samples, End + samples);

    /// <summary>Returns the span as a range of an array or a span of memory.</summary>
    /// <exception cref="OverflowException">A bound is no index of an array.</exception>
    public Range ToRange() => new(checked((int)Start), checked((int)End));

    /// <summary>Returns the same samples as spans that neither touch nor overlap, in order. Empty spans are dropped.</summary>
    public static IReadOnlyList<SampleSpan> Merge(IEnumerable<SampleSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        var merged = new List<SampleSpan>();
        foreach (var span in spans.Where(span => !span.IsEmpty).OrderBy(span => span.Start))
        {
            if (merged is [.., var last] && span.Start <= last.End)
                merged[^1] = last with { End = Math.Max(last.End, span.End) };
            else
                merged.Add(span);
        }

        return merged;
    }

    /// <summary>Returns the samples that two lists of spans have in common, in order.</summary>
    /// <param name="some">Spans in order that do not overlap.</param>
    /// <param name="others">Spans in order that do not overlap.</param>
    internal static IReadOnlyList<SampleSpan> Intersect(IReadOnlyList<SampleSpan> some, IReadOnlyList<SampleSpan> others)
    {
        var common = new List<SampleSpan>();
        for (var (i, j) = (0, 0); i < some.Count && j < others.Count;)
        {
            var both = some[i].Intersect(others[j]);
            if (!both.IsEmpty)
                common.Add(both);
            if (some[i].End < others[j].End)
                i++;
            else
                j++;
        }

        return common;
    }

    /// <summary>Returns the samples of some spans that lie in none of the others, in order.</summary>
    /// <param name="some">Spans in order that do not overlap.</param>
    /// <param name="others">Spans in order that do not overlap.</param>
    internal static IReadOnlyList<SampleSpan> Subtract(IReadOnlyList<SampleSpan> some, IReadOnlyList<SampleSpan> others)
    {
        var rest = new List<SampleSpan>();
        foreach (var span in some)
            span.AddRest(others, rest);
        return rest;
    }

    /// <summary>Returns the samples of this span that lie in none of the others, in order.</summary>
    /// <param name="others">Spans in order that do not overlap.</param>
    internal IReadOnlyList<SampleSpan> Subtract(IReadOnlyList<SampleSpan> others) => Subtract([this], others);

    /// <summary>Reads <c>100..137</c>.</summary>
    /// <exception cref="FormatException">The text is not two whole numbers with <c>..</c> between them, the second larger.</exception>
    public static SampleSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split("..");
        if (parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && start < end)
        {
            return new SampleSpan(start, end);
        }

        throw new FormatException($"'{text}' is not a range of samples; expected START..END with START < END, half-open, as in 100..137.");
    }

    /// <summary>Writes <c>100..137</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}..{End}");

    private void AddRest(IReadOnlyList<SampleSpan> others, List<SampleSpan> rest)
    {
        var first = Start;
        var start = first;
        for (var i = OrderedSearch.CountWhile(others.Count, i => others[i].End <= first); i < others.Count && others[i].Start < End; i++)
        {
            if (others[i].Start > start)
                rest.Add(new SampleSpan(start, others[i].Start));
            start = Math.Max(start, others[i].End);
        }

        if (start < End)
            rest.Add(this with { Start = start });
    }
}
