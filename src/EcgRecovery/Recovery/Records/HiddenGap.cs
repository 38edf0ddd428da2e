using EcgRecovery.Records;
using EcgRecovery.Signals;

namespace EcgRecovery.Recovery.Records;

/// <summary>An observed stretch of a lead that is hidden from the method, in the way in which a real gap lacks its samples.</summary>
/// <param name="Span">The stretch.</param>
/// <param name="Others">For each other lead the samples that are hidden with it.</param>
internal sealed record HiddenGap(SampleSpan Span, IReadOnlyList<IReadOnlyList<SampleSpan>> Others);

/// <summary>The hidden gaps of a lead, in rounds: those of one round are hidden at the same time.</summary>
/// <param name="Rounds">The rounds; the gaps of each are in order.</param>
internal sealed record HiddenGaps(IReadOnlyList<IReadOnlyList<HiddenGap>> Rounds)
{
    // The method must not miss more signal around a hidden gap than around a real one.
    private const double ApartSeconds = 3;
    private const double MaximumShare = 0.1;

    // Long gaps take long: of one length no more signal than this is hidden, but enough gaps for intervals of 95 %.
    private const double MaximumSeconds = 240;
    private const int MinimumGaps = 20;

    private const int TriesPerGap = 50;

    /// <summary>No hidden gaps.</summary>
    public static HiddenGaps None { get; } = new([]);

    /// <summary>Number of hidden samples.</summary>
    public long SampleCount => Rounds.Sum(round => round.Sum(gap => gap.Span.Length));

    /// <summary>Draws hidden gaps like real ones.</summary>
    /// <remarks>
    /// For each <see cref="GapLength"/> the real gaps are taken in turn. A hidden gap is as long as the real one, lies at a random place
    /// of the window around it where all of it and the samples beside it are observed, and lacks the same parts of the other leads. Leads
    /// that survive in the real gap survive in the hidden one too.
    /// </remarks>
    /// <param name="source">The lead and those beside it.</param>
    /// <param name="gaps">The real gaps, in order.</param>
    /// <param name="options">The number of hidden gaps of each length, and the window.</param>
    /// <param name="cancellationToken">Cancels between gaps.</param>
    public static HiddenGaps Draw(
        LeadSource source, IReadOnlyList<SampleSpan> gaps, RecoveryOptions options, CancellationToken cancellationToken)
    {
        var rounds = new List<List<HiddenGap>>();
        foreach (var alike in gaps.GroupBy(gap => GapLength.Of(gap, source.SamplingFrequencyHz)).OrderBy(group => group.Key.Number))
        {
            SampleSpan[] models = [.. alike];
            var count = Count(models[0], source, options);
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Evenly over the real gaps, each the model of several hidden ones where there are few.
                var model = models[(int)((long)i * models.Length / count)];
                var random = new SeededPlaces(source.Samples.Count, model, i);
                if (Draw(source, model, options, random) is { } hidden)
                    Add(rounds, hidden, source);
            }
        }

        return new HiddenGaps([.. rounds.Select(round => round.OrderBy(gap => gap.Span.Start).ToList())]);
    }

    /// <summary>Returns the lead as methods see it in a round.</summary>
    /// <param name="source">The lead and those beside it.</param>
    /// <param name="round">The gaps of the round.</param>
    public static LeadSource Hide(LeadSource source, IReadOnlyList<HiddenGap> round) => source with
    {
        Samples = Hide(source.Samples, round.Select(gap => gap.Span)),
        Others = [.. source.Others.Select((other, i) => Hide(other, round.SelectMany(gap => gap.Others[i])))],
    };

    private static ISamples<float> Hide(ISamples<float> samples, IEnumerable<SampleSpan> spans)
    {
        SamplePatch<float>[] patches = [.. spans.Select(span => new SamplePatch<float>(span, null, float.NaN))];
        return patches.Length == 0 ? samples : new PatchedSamples<float>(samples, patches);
    }

    private static int Count(SampleSpan model, LeadSource source, RecoveryOptions options)
    {
        var affordable = (int)(MaximumSeconds * source.SamplingFrequencyHz / model.Length);
        return Math.Min(options.SelfTestGaps, Math.Max(MinimumGaps, affordable));
    }

    private static HiddenGap? Draw(LeadSource source, SampleSpan model, RecoveryOptions options, SeededPlaces random)
    {
        List<SampleSpan>[] missing = [.. source.Others.Select(other => Missing(other, model))];
        var window = (long)Math.Clamp(options.WindowSeconds * source.SamplingFrequencyHz, 1, source.Samples.Count);
        var places = new SampleSpan(Math.Max(1, model.Start - window), Math.Min(source.Samples.Count, model.End + window) - model.Length);
        for (var tries = 0; tries < TriesPerGap && !places.IsEmpty; tries++)
        {
            var start = random.Next(places);
            if (IsHideable(source, new SampleSpan(start, start + model.Length), missing))
            {
                var shift = start - model.Start;
                return new HiddenGap(
                    new SampleSpan(start, start + model.Length),
                    [.. missing.Select(spans => spans.Select(span => span.Shift(shift)).ToList())]);
            }
        }

        return null;
    }

    private static bool IsHideable(LeadSource source, SampleSpan place, List<SampleSpan>[] missing)
    {
        var count = source.Samples.Count;
        if (Missing(source.Samples, new SampleSpan(place.Start - 1, place.End + 1).Intersect(new SampleSpan(0, count))).Count > 0)
            return false;
        for (var i = 0; i < missing.Length; i++)
        {
            if (missing[i].Count == 0 && Missing(source.Others[i], place).Count > 0)
                return false;
        }

        return true;
    }

    private static List<SampleSpan> Missing(ISamples<float> samples, SampleSpan span)
    {
        var values = new float[checked((int)span.Length)];
        samples.Read(span.Start, values);
        return MissingRuns.Of<float>(values).ConvertAll(run => run.Shift(span.Start));
    }

    private static void Add(List<List<HiddenGap>> rounds, HiddenGap hidden, LeadSource source)
    {
        var apart = (long)(ApartSeconds * source.SamplingFrequencyHz);
        var near = new SampleSpan(hidden.Span.Start - apart, hidden.Span.End + apart);
        foreach (var round in rounds)
        {
            var share = (round.Sum(gap => gap.Span.Length) + hidden.Span.Length) / (double)source.Samples.Count;
            if (share <= MaximumShare && round.TrueForAll(gap => gap.Span.Intersect(near).IsEmpty))
            {
                round.Add(hidden);
                return;
            }
        }

        rounds.Add([hidden]);
    }
}
