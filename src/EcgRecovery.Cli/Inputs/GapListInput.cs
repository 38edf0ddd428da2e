using System.CommandLine;
using System.Text.RegularExpressions;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Inputs;

/// <summary>The option for gaps that are named: ranges of samples, or a file as the verb <c>gaps</c> writes it.</summary>
internal sealed partial class GapListInput
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--gaps")
    {
        Description = "Gaps to recover, whatever their samples hold: ranges START..END,START..END of every lead, in samples as annotations "
            + "count them, or a file of 'gaps --output'. Alone, only these are recovered; with --only or --without, both.",
        HelpName = "FILE|START..END,…",
    };

    /// <summary>Returns the gaps, in each lead's own samples; null without the option.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="record">The recording.</param>
    /// <param name="leads">The leads that ranges hold for.</param>
    /// <exception cref="UsageException">The ranges are none, or lie outside the recording.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is broken, or of another recording.</exception>
    public IReadOnlyList<LeadSpan>? Read(ParseResult parse, EcgRecord record, IReadOnlyList<int> leads)
    {
        if (parse.GetValue(Option) is not { } text)
            return null;
        return File.Exists(text) || !LooksLikeRanges().IsMatch(text)
            ? GapListFile.Read(text, record)
            : [.. text.Split(',').SelectMany(range => Spans(range, record, leads))];
    }

    private static IEnumerable<LeadSpan> Spans(string range, EcgRecord record, IReadOnlyList<int> leads)
    {
        SampleSpan span;
        try
        {
            span = SampleSpan.Parse(range);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--gaps: {exception.Message}");
        }

        if (span.End > record.SampleCount)
        {
            throw new UsageException(
                $"--gaps: {span} reaches outside record {record.Name}; expected samples within 0..{record.SampleCount}");
        }

        foreach (var number in leads)
        {
            var lead = record.Leads[number];
            var own = new SampleSpan(record.FirstSampleOf(lead, span.Start), record.FirstSampleOf(lead, span.End));
            // A lead may end before others, or have no sample in so short a time.
            if (!own.IsEmpty)
                yield return new LeadSpan(number, own);
        }
    }

    [GeneratedRegex(@"^[^/\\]*\.\.[^/\\]*$")]
    private static partial Regex LooksLikeRanges();
}
