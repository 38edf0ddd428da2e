using System.Globalization;
using EcgRecovery.Formats.Files;
using EcgRecovery.Records;

namespace EcgRecovery.Formats.Arrays;

/// <summary>Makes a recording of the arrays of a file: the one place for MATLAB, NumPy and HDF5.</summary>
/// <remarks>
/// A recording has more samples than leads, so the longer side of a matrix is time. Whole numbers are ADC units, with WFDB's default gain,
/// unless a unit is known; then they are values in it, as floating-point numbers are.
/// </remarks>
/// <param name="contents">The file's arrays.</param>
/// <param name="options">The options.</param>
/// <param name="description">The text beside the file.</param>
internal sealed class ArrayRecord(ArrayContents contents, ArrayReadOptions options, ArrayDescription description)
{
    private const double DefaultGain = 200;
    private const int ScannedNumbers = 1 << 13;

    private readonly List<string> _remarks = [];

    /// <summary>The numbers of one lead.</summary>
    private readonly record struct Strip(string? Name, NumericArray Array, long First, long Stride, long Count)
    {
        public void Read(long start, Span<double> destination) => Array.Read(First + (start * Stride), Stride, destination);

        public void Read(long start, Span<int> destination) => Array.Read(First + (start * Stride), Stride, destination);
    }

    /// <summary>Makes the recording.</summary>
    /// <param name="source">Closes the file.</param>
    /// <exception cref="InvalidDataException">No array can be a recording, or it is broken.</exception>
    /// <exception cref="ArrayNotChosenException">Several arrays can be the recording, and the options name none.</exception>
    /// <exception cref="SamplingFrequencyMissingException">There is no sampling frequency.</exception>
    public EcgRecord Open(IDisposable source)
    {
        var path = contents.Path;
        var chosen = ArrayChoice.Choose(contents, options.Variable);
        if (chosen.IsOnlyOne && contents.Arrays.Count(array => !array.IsAttribute && array.Count > 1) > 1)
        {
            _remarks.Add(
                $"{ArrayChoice.Shown(chosen.Arrays[0])} was taken for the recording, by its size; "
                + "the option 'variable' names another array.");
        }

        // What is packed or scattered is found broken here, not when samples are read.
        foreach (var array in chosen.Arrays)
        {
            if (array.Count == 0)
                throw new InvalidDataException($"{path}: {ArrayChoice.Shown(array)} is no recording; it has no samples.");
            array.ReadOne(array.Count - 1);
        }

        if (options.Variable is null && chosen.Arrays.Count > 1)
        {
            _remarks.Add(
                $"{ArrayChoice.Shown(chosen.Arrays[0])} to {ArrayChoice.Shown(chosen.Arrays[^1])}, {chosen.Arrays.Count} arrays, "
                + "were taken for leads, by their names; the option 'variable' names another array.");
        }

        var facts = new ArrayFacts(contents, [.. contents.Scopes(chosen.Arrays[0].Name)]);
        var strips = Strips(chosen);
        var frequency = Frequency(facts, chosen.Arrays[0], ref strips) ?? throw new SamplingFrequencyMissingException(
            $"{path} has no sampling frequency beside {InputFile.Shorten(chosen.Arrays[0].Name)}, and none was given.");
        if (description.Leads.Count > 0 && description.Leads.Count != strips.Count)
            throw new InvalidDataException($"{description.Path} names {description.Leads.Count} leads; {path} has {strips.Count}.");
        var (names, units) = Describe(facts, strips);
        var isReal = chosen.Arrays.Any(array => array.IsReal);
        if (units is null && description.Leads.Count == 0)
        {
            _remarks.Add(isReal
                ? "The file names no unit: the values were taken for mV; the option 'unit' overrules."
                : "The file names no gain and unit: millivolts are those of WFDB's default gain, 200 ADC units per mV; "
                    + "the option 'unit' takes the numbers for values.");
        }

        if (facts.Gain() is { } gain && description.Leads.Count == 0)
        {
            _remarks.Add(
                $"{InputFile.Shorten(gain)} was not applied: the file does not say whether numbers are to be divided or multiplied by it.");
        }

        return new EcgRecord
        {
            Name = Path.GetFileNameWithoutExtension(path),
            SamplingFrequencyHz = frequency,
            Leads =
            [
                .. strips.Select((strip, i) => Lead(
                    strip, i, names?[i] ?? (strips.Count == 1 ? "ECG" : $"lead {i + 1}"), units?[i], frequency))
            ],
            Remarks = _remarks,
            Files = description.Path.Length > 0 ? [path, description.Path] : [path],
            Source = source,
        };
    }

    /// <summary>Returns names and units, one for each lead, as far as they are known.</summary>
    private (IReadOnlyList<string>? Names, IReadOnlyList<string>? Units) Describe(ArrayFacts facts, List<Strip> strips)
    {
        var described = description.Leads;
        var names = strips[0].Name is not null ? [.. strips.Select(strip => strip.Name!)]
            : described.Count > 0 ? [.. described.Select(lead => lead.Name)]
            : facts.Names(strips.Count);
        var units = options.Unit is { } given ? [.. Enumerable.Repeat(given, strips.Count)]
            : described.Count > 0 ? [.. described.Select(lead => lead.Unit.Length > 0 ? lead.Unit : "mV")]
            : facts.Units(strips.Count);
        return (names, units);
    }

    private static string LeafName(NumericArray array) => InputFile.Shorten(array.Leaf);

    private List<Strip> Strips(ArrayChoice chosen)
    {
        var first = chosen.Arrays[0];
        if (LabChart.Blocks(contents, chosen) is { } blocks)
            return [.. blocks.Select(block => new Strip(null, first, block.First, 1, block.Count))];
        return chosen.Arrays.Count > 1 || first.Shape is (1, _) && ArrayChoice.HasLeadName(first)
            ? [.. chosen.Arrays.Select(array => new Strip(LeafName(array), array, 0, 1, array.Count))]
            : Split(first);
    }

    /// <summary>Splits a matrix into leads; its longer side is time.</summary>
    private List<Strip> Split(NumericArray array)
    {
        var shown = ArrayChoice.Shown(array);
        if (array.Shape is not var (rows, columns))
        {
            throw new InvalidDataException(
                $"{contents.Path}: {shown} has {array.Dimensions.Count} dimensions; expected a matrix, one row per lead.");
        }

        var isTransposed = rows > columns;
        var (leads, samples) = isTransposed ? (columns, rows) : (rows, columns);
        if (leads is 0 or > ArrayChoice.MaximumLeads)
            throw new InvalidDataException($"{contents.Path}: {shown} is no recording; expected 1 to {ArrayChoice.MaximumLeads} leads.");
        if (isTransposed)
            _remarks.Add($"{shown} has more rows than columns: each column was taken for a lead.");
        var (first, stride) = isTransposed == array.IsColumnMajor ? (samples, 1L) : (1L, leads);
        return [.. Enumerable.Range(0, (int)leads).Select(lead => new Strip(null, array, lead * first, stride, samples))];
    }

    private double? Frequency(ArrayFacts facts, NumericArray chosen, ref List<Strip> strips)
    {
        var times = TakeTimes(ref strips);
        var samples = strips[0].Count;
        if ((options.SamplingFrequencyHz ?? description.FrequencyHz) is { } given)
            return given;
        if (facts.Frequency() is var (hz, name))
        {
            _remarks.Add($"{Number(hz)} Hz was taken from {InputFile.Shorten(name)}; the option 'sampling-frequency' overrules.");
            return hz;
        }

        if (times is null)
        {
            var beside = contents.Arrays.FirstOrDefault(
                array => array.Parent == chosen.Parent && array.Count == samples && ArrayTimes.HasName(array));
            if (beside is not null && ArrayTimes.Frequency(beside, 0, 1, beside.Count) is var (besideHz, besideUnit))
                times = (besideHz, besideUnit, InputFile.Shorten(beside.Name));
        }

        if (times is not var (fromTimes, unit, source) || unit == ArrayTimes.Counts)
            return null;
        _remarks.Add(
            $"{Number(fromTimes)} Hz was taken from {source}, as times in {unit}; the option 'sampling-frequency' overrules.");
        return fromTimes;
    }

    /// <summary>Takes a first column of evenly rising times or sample numbers out of the leads.</summary>
    private (double Hz, string Unit, string Source)? TakeTimes(ref List<Strip> strips)
    {
        var first = strips[0];
        if (strips.Count < 2 || first.Name is not null || description.Leads.Count > 0
            || ArrayTimes.Frequency(first.Array, first.First, first.Stride, first.Count) is not var (hz, unit))
        {
            return null;
        }

        strips = strips[1..];
        _remarks.Add($"The first lead of {ArrayChoice.Shown(first.Array)} rises evenly: it was taken for times or sample numbers.");
        return (hz, unit, "the first lead");
    }

    private EcgLead Lead(Strip strip, int index, string name, string? unit, double frequency)
    {
        DescribedLead? described = options.Unit is null && description.Leads.Count > 0 ? description.Leads[index] : null;
        var scale = described is { Gain: not 0 } known ? (known.Gain, known.Base) : ((double Gain, double Base)?)null;
        var isReal = strip.Array.IsReal;
        var isAdc = !isReal && (unit is null || scale is not null) && FitsAdcUnits(strip);
        // What no unit describes is in ADC units, even if the numbers have more than 32 bits.
        var (gain, adcBase) = scale ?? (isReal || unit is not null ? (1, 0) : (DefaultGain, 0));
        return new EcgLead
        {
            Name = InputFile.Shorten(name),
            Unit = unit ?? "mV",
            Gain = isAdc ? gain : 1,
            AdcBaseline = isAdc ? adcBase : 0,
            IsCalibrated = isReal || unit is not null && described is null || scale is not null,
            SamplingFrequencyHz = frequency,
            AdcUnits = isAdc ? new ArraySamples<int>(strip.Count, strip.Read) : null,
            PhysicalValues = isAdc ? null : new ArraySamples<double>(strip.Count, gain == 1 && adcBase == 0 ? strip.Read : Scaled),
        };

        void Scaled(long start, Span<double> destination)
        {
            strip.Read(start, destination);
            foreach (ref var value in destination)
                value = (value - adcBase) / gain;
        }
    }

    /// <summary>Returns whether all numbers are ADC values of 32 bits; those of larger types are looked through once.</summary>
    private static bool FitsAdcUnits(Strip strip)
    {
        if (strip.Array.Stored.FitsAdcUnits())
            return true;
        var numbers = new double[Math.Min(strip.Count, ScannedNumbers)];
        for (var start = 0L; start < strip.Count; start += numbers.Length)
        {
            var part = numbers.AsSpan(0, (int)Math.Min(numbers.Length, strip.Count - start));
            strip.Read(start, part);
            foreach (var number in part)
            {
                if (number is <= int.MinValue or > int.MaxValue)
                    return false;
            }
        }

        return true;
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
