using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>What the annotations of a file say, sorted out: what is missing or recovered of which lead, comments, and the annotations proper.</summary>
internal sealed class EdfAnnotations
{
    /// <summary>The key, in a <c>missing</c> annotation, of a lead's count of samples: what lies behind them is padding.</summary>
    public const string SampleCountKey = "samples";

    private readonly List<EdfTal> _annotations = [];

    private EdfAnnotations(int leads)
    {
        Missing = [.. Enumerable.Range(0, leads).Select(_ => new List<SampleSpan>())];
        Padding = new EdfPadding?[leads];
    }

    /// <summary>By lead: what is missing.</summary>
    public IReadOnlyList<List<SampleSpan>> Missing { get; }

    /// <summary>By lead: where its samples end, where an annotation says so.</summary>
    public EdfPadding?[] Padding { get; }

    /// <summary>Which samples are recovered or derived.</summary>
    public List<ProvenanceSpan> Provenance { get; } = [];

    /// <summary>The comments of the record.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>Sorts annotations out.</summary>
    /// <param name="found">All, in the order of their onsets.</param>
    /// <param name="start">When the first data record begins.</param>
    /// <param name="names">The leads' names.</param>
    /// <param name="frequencies">The leads' frequencies.</param>
    public static EdfAnnotations Sort(List<EdfTal> found, decimal start, string[] names, decimal[] frequencies)
    {
        var sorted = new EdfAnnotations(names.Length);
        var leadOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
            leadOf[names[i]] = i;
        foreach (var tal in found)
        {
            var relative = tal with { Onset = tal.Onset - start };
            if (!sorted.TakeProvenance(relative, leadOf, frequencies) && !sorted.TakeComment(relative))
                sorted._annotations.Add(relative);
        }

        sorted._annotations.TrimExcess();
        return sorted;
    }

    /// <summary>The annotations proper.</summary>
    /// <param name="frequency">In which their samples are counted.</param>
    public Annotation[] Annotations(double frequency)
    {
        var annotations = new Annotation[_annotations.Count];
        for (var i = 0; i < annotations.Length; i++)
        {
            var (onset, duration, words) = _annotations[i];
            var (code, aux) = EdfText.Parse(words);
            var sample = Sample(onset, (decimal)frequency);
            var exact = IsOf(onset, sample, (decimal)frequency) ? (decimal?)null : onset;
            annotations[i] = new Annotation(sample, code, Aux: aux, OnsetSeconds: exact, DurationSeconds: duration);
        }

        return annotations;
    }

    /// <summary>The sample nearest to a time.</summary>
    public static long Sample(decimal seconds, decimal frequency) => (long)Math.Round(seconds * frequency, MidpointRounding.AwayFromZero);

    // n/360 seconds have no end as a decimal fraction: an onset of as many decimals as we write, nearest to a sample's time, is that sample's.
    private static bool IsOf(decimal onset, long sample, decimal frequency) =>
        decimal.Round(onset, EdfTal.Decimals) == onset && decimal.Abs(onset - (sample / frequency)) <= EdfTal.HalfStep;

    private bool TakeProvenance(EdfTal tal, Dictionary<string, int> leadOf, decimal[] frequencies)
    {
        var mark = tal.Text.IndexOf(EdfText.LeadMark, StringComparison.Ordinal);
        if (mark < 0 || !leadOf.TryGetValue(tal.Text[(mark + EdfText.LeadMark.Length)..], out var lead)
            || !ProvenanceText.TryRead(tal.Text[..mark], out var span, out var more))
        {
            return false;
        }

        var samples = new SampleSpan(
            Math.Max(0, Sample(tal.Onset, frequencies[lead])), Sample(tal.Onset + (tal.Duration ?? 0), frequencies[lead]));
        if (span.Origin == SampleOrigin.Missing)
        {
            if (more.TryGetValue(SampleCountKey, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                Padding[lead] = new EdfPadding(count, samples);
            else if (!samples.IsEmpty)
                Missing[lead].Add(samples);
        }
        else if (!samples.IsEmpty)
        {
            Provenance.Add(span with { Lead = lead, Span = samples });
        }

        return true;
    }

    private bool TakeComment(EdfTal tal)
    {
        if (tal.Onset != 0 || !tal.Text.StartsWith(EdfText.CommentPrefix, StringComparison.Ordinal))
            return false;
        Comments.Add(tal.Text[EdfText.CommentPrefix.Length..]);
        return true;
    }
}

/// <summary>What an annotation says about a lead's end.</summary>
/// <param name="Count">How many samples the lead has.</param>
/// <param name="Span">The padding; it begins at the last data record's end if the lead goes on behind it.</param>
internal sealed record EdfPadding(long Count, SampleSpan Span);
