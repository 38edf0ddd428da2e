using EcgRecovery.Records;
using EcgRecovery.Reporting.Figures;

namespace EcgRecovery.Cli.Outputs;

/// <summary>A rhythm of a recording, over all its episodes.</summary>
/// <param name="Code">The code in the file, as in <c>(AFIB</c>.</param>
/// <param name="Name">Its name, as in <c>atrial fibrillation</c>; null where the code is not known.</param>
/// <param name="Episodes">The number of episodes.</param>
/// <param name="Seconds">Their total duration.</param>
internal sealed record RhythmTotal(string Code, string? Name, int Episodes, double Seconds)
{
    /// <summary>Returns the rhythm in words, as in <c>atrial fibrillation 12 min 3 s (AFIB), 4 episodes</c>.</summary>
    public string Describe()
    {
        var code = Code.TrimStart('(');
        var episodes = Episodes == 1 ? "" : $", {Episodes:N0} episodes";
        return Name is null ? $"{code} {Duration(Seconds)}{episodes}" : $"{Name} {Duration(Seconds)} ({code}){episodes}";
    }

    /// <summary>Returns a duration as in <c>2 h 5 min 3 s</c>, to the nearest second; below ten seconds to a tenth.</summary>
    private static string Duration(double seconds)
    {
        if (seconds < 9.95)
            return $"{seconds:0.#} s";
        var whole = (long)Math.Round(seconds, MidpointRounding.AwayFromZero);
        (long Count, string Unit)[] parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")];
        return string.Join(' ', parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Unit}"));
    }
}

/// <summary>A text in the annotations of a recording that is not a rhythm.</summary>
/// <param name="Sample">The sample, counted as annotations are from the start of the whole recording.</param>
/// <param name="Seconds">Its time, from the start of the whole recording.</param>
/// <param name="Text">The text.</param>
internal sealed record NoteText(long Sample, double Seconds, string Text);

/// <summary>The rhythms and notes in the annotations of a part of a recording.</summary>
/// <param name="Rhythms">The rhythms, the longest first.</param>
/// <param name="Notes">The notes, in order.</param>
internal sealed record RecordTexts(IReadOnlyList<RhythmTotal> Rhythms, IReadOnlyList<NoteText> Notes)
{
    /// <summary>Collects them.</summary>
    /// <param name="record">The whole recording.</param>
    /// <param name="part">The part, as samples of the whole recording; a rhythm may begin before it.</param>
    public static RecordTexts Of(EcgRecord record, SampleSpan part) => new(RhythmsOf(record, part), NotesOf(record, part));

    private static RhythmTotal[] RhythmsOf(EcgRecord record, SampleSpan part)
    {
        Annotation[] changes = [.. record.Annotations.Where(RhythmText.IsRhythm)];
        return
        [
            .. changes
                .Select((change, i) => (
                    Change: change,
                    Span: new SampleSpan(change.Sample, i + 1 < changes.Length ? changes[i + 1].Sample : record.SampleCount)))
                .Select(episode => (episode.Change, episode.Span.Intersect(part).Length))
                .Where(episode => episode.Length > 0)
                .GroupBy(episode => RhythmText.Code(episode.Change), StringComparer.Ordinal)
                .Select(group => new RhythmTotal(
                    group.Key,
                    RhythmText.Of(group.First().Change) is var name && name == group.Key ? null : name,
                    group.Count(),
                    group.Sum(episode => episode.Length) / record.SamplingFrequencyHz))
                .OrderByDescending(rhythm => rhythm.Seconds)
                .ThenBy(rhythm => rhythm.Code, StringComparer.Ordinal),
        ];
    }

    private static NoteText[] NotesOf(EcgRecord record, SampleSpan part) =>
    [
        .. record.Annotations
            .Where(note => !note.IsBeat && !RhythmText.IsRhythm(note) && part.Contains(note.Sample))
            .Select(note => new NoteText(note.Sample, note.Sample / record.SamplingFrequencyHz, RhythmText.Of(note)))
            .Where(note => note.Text.Length > 0),
    ];
}
