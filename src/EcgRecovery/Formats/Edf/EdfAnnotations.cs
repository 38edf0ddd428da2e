using System.Globalization;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Edf;

/// <summary>The annotations of a file, sorted by meaning: missing samples and provenance of leads, comments, and the others.</summary>
internal sealed class EdfAnnotations
{
    /// <summary>The key, in a <c>missing</c> annotation, of a lead's number of samples; the file holds padding behind them.</summary>
    public const string SampleCountKey = "samples";

    private readonly List<EdfTal> _annotations = [];

    private EdfAnnotations(int leads)
    {
        Missing = [.. Enumerable.Range(0, leads).Select(_ => new List<SampleSpan>())];
        Padding = new EdfPadding?[leads];
    }

    /// <summary>The missing samples of each lead.</summary>
    public IReadOnlyList<List<SampleSpan>> Missing { get; }

    /// <summary>The padding of each lead; null if no annotation gives it.</summary>
    public EdfPadding?[] Padding { get; }

    /// <summary>The recovered and derived samples.</summary>
    public List<ProvenanceSpan> Provenance { get; } = [];

    /// <summary>The comments of the record.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>Sorts annotations by meaning.</summary>
    /// <param name="found">All annotations, by onset.</param>
    /// <param name="start">Onset of the first data record.</param>
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

    /// <summary>Returns the annotations that are neither provenance nor comments.</summary>
    /// <param name="frequency">The frequency in which their samples are counted.</param>
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

    /// <summary>Returns the sample nearest to a time.</summary>
    public static long Sample(decimal seconds, decimal frequency) =>
        (long)Math.Round(seconds * frequency, MidpointRounding.AwayFromZero);

    // n/360 s is no finite decimal fraction: an onset with as many decimals as we write is exact if it is the nearest to the sample's time.
    private static bool IsOf(decimal onset, long sample, decimal frequency) =>
        decimal.Round(onset, EdfTal.Decimals) == onset && decimal.Abs(onset - (sample / frequency)) <= EdfTal.HalfStep;

    private bool TakeProvenance(EdfTal tal, Dictionary<string, int> leadOf, decimal[] frequencies)
    {
        var separator = tal.Text.IndexOf(EdfText.LeadSeparator, StringComparison.Ordinal);
        if (separator < 0 || !leadOf.TryGetValue(tal.Text[(separator + EdfText.LeadSeparator.Length)..], out var lead)
            || !ProvenanceText.TryRead(tal.Text[..separator], out var span, out var more))
        {
            return false;
        }

        var samples = new SampleSpan(
            Math.Max(0, Sample(tal.Onset, frequencies[lead])), Sample(tal.Onset + (tal.Duration ?? 0), frequencies[lead]));
        if (span.Origin == SampleOrigin.Missing)
        {
            if (more.TryGetValue(SampleCountKey, out var text)
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                Padding[lead] = new EdfPadding(count, samples);
            }
            else if (!samples.IsEmpty)
            {
                Missing[lead].Add(samples);
            }
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

/// <summary>The end of a lead, as an annotation gives it.</summary>
/// <param name="Count">Number of samples of the lead.</param>
/// <param name="Span">The padding; if the lead goes on behind the last data record, it begins and ends there.</param>
internal sealed record EdfPadding(long Count, SampleSpan Span);
