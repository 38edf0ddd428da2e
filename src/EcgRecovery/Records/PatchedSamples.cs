namespace EcgRecovery.Records;

/// <summary>Samples of which some spans are replaced.</summary>
/// <param name="samples">The samples.</param>
/// <param name="patches">The spans and their samples, in order and without overlap.</param>
/// <typeparam name="T">int: ADC units. double: physical values.</typeparam>
internal sealed class PatchedSamples<T>(ISamples<T> samples, IReadOnlyList<SamplePatch<T>> patches) : ISamples<T>
    where T : struct
{
    /// <inheritdoc/>
    public long Count => samples.Count;

    /// <inheritdoc/>
    public void Read(long start, Span<T> destination)
    {
        samples.Read(start, destination);
        var window = new SampleSpan(start, start + destination.Length);
        for (var i = OrderedSearch.CountWhile(patches.Count, i => patches[i].Span.End <= start);
            i < patches.Count && patches[i].Span.Start < window.End; i++)
        {
            var part = patches[i].Span.Intersect(window);
            var target = destination[part.Shift(-start).ToRange()];
            if (patches[i].Samples is { } values)
                values.AsSpan(part.Shift(-patches[i].Span.Start).ToRange()).CopyTo(target);
            else
                target.Fill(patches[i].Value);
        }
    }
}

/// <summary>New samples for a span.</summary>
/// <param name="Span">The span.</param>
/// <param name="Samples">[length of the span]; null where all samples are <paramref name="Value"/>.</param>
/// <param name="Value">The value of all samples, where there is no array.</param>
/// <typeparam name="T">int: ADC units. double: physical values.</typeparam>
internal readonly record struct SamplePatch<T>(SampleSpan Span, T[]? Samples, T Value = default)
    where T : struct;
