using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using EcgRecovery.Beats;
using EcgRecovery.Records;
using EcgRecovery.Recovery;

namespace EcgRecovery.Cli.Hosting;

/// <summary>Options that several verbs share.</summary>
internal static class StandardOptions
{
    private static readonly Dictionary<string, RecoveryEstimate> s_estimates = new(StringComparer.Ordinal)
    {
        ["mean"] = RecoveryEstimate.Mean,
        ["placed"] = RecoveryEstimate.Placed,
    };

    /// <summary>Creates <c>--gap 100..137</c>: samples of a beat, half-open, within 0..187.</summary>
    /// <param name="description">The help text.</param>
    /// <param name="defaultValue">The gap where none is given; null for none.</param>
    /// <param name="name">The option's name.</param>
    public static Option<SampleSpan?> BeatGap(string description, SampleSpan? defaultValue = null, string name = "--gap")
    {
        var option = new Option<SampleSpan?>(name) { Description = description, HelpName = "START..END", CustomParser = ReadBeatGap };
        if (defaultValue is { } value)
            option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>Creates <c>--seed N</c>, from 0.</summary>
    public static Option<int> Seed(int defaultValue = 1) =>
        Bounded(
            new Option<int>("--seed")
            {
                Description = "Seed of all randomness: the same seed gives the same bits.",
                HelpName = "N",
                DefaultValueFactory = _ => defaultValue,
            },
            0,
            int.MaxValue);

    /// <summary>Creates <c>--threads N</c>, 1 to 64; by default as many as the processor runs.</summary>
    public static Option<int> Threads() => Bounded(new ThreadsOption(), 1, ThreadsOption.Maximum);

    /// <summary>Creates <c>--estimate mean|placed</c>, as a <see cref="RecoveryEstimate"/>.</summary>
    public static Option<RecoveryEstimate> Estimate(string description)
    {
        var option = new Option<RecoveryEstimate>("--estimate")
        {
            Description = description,
            HelpName = string.Join('|', s_estimates.Keys),
            DefaultValueFactory = _ => RecoveryEstimate.Mean,
            CustomParser = result => s_estimates[result.Tokens[0].Value],
        };
        option.AcceptOnlyFromAmong([.. s_estimates.Keys]);
        return option;
    }

    /// <summary>Creates <c>--overwrite</c>.</summary>
    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace output files that exist." };

    /// <summary>Creates <c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of text." };

    /// <summary>Creates an option for a duration in seconds, 0.001 to a day.</summary>
    public static Option<double> Seconds(string name, string description, double defaultValue) =>
        Bounded(
            new Option<double>(name) { Description = description, HelpName = "S", DefaultValueFactory = _ => defaultValue },
            0.001,
            86_400);

    /// <summary>Limits an option's values to [<paramref name="minimum"/>, <paramref name="maximum"/>]; returns the option.</summary>
    public static Option<T> Bounded<T>(Option<T> option, T minimum, T maximum)
        where T : INumber<T>, IMinMaxValue<T>
    {
        option.Validators.Add(result =>
        {
            // A value that is not a number has an error of its own; reading it here would throw.
            if (result.Tokens is [var token]
                && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
                && !(value >= minimum && value <= maximum))
            {
                var expected = maximum == T.MaxValue ? $"at least {minimum}" : $"{minimum} to {maximum}";
                result.AddError($"{option.Name} is {value}; expected {expected}");
            }
        });
        return option;
    }

    private static SampleSpan? ReadBeatGap(ArgumentResult result)
    {
        try
        {
            var gap = SampleSpan.Parse(result.Tokens[0].Value);
            if (gap.End <= HeartbeatSet.BeatLength)
                return gap;
            result.AddError($"gap {gap} reaches outside the beat; expected samples of 0..{HeartbeatSet.BeatLength}");
        }
        catch (FormatException exception)
        {
            result.AddError(exception.Message);
        }

        return null;
    }
}
