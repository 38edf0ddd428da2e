namespace EcgRecovery.Formats.Arrays;

/// <summary>LabChart's MATLAB export: one vector <c>data</c> with all channels and blocks, one after the other.</summary>
/// <remarks>
/// <c>datastart</c> and <c>dataend</c>, [channels, blocks], have the first and last sample of each, counted from 1. Source: ADInstruments,
/// LabChart help, "Exporting as MATLAB file".
/// </remarks>
internal static class LabChart
{
    /// <summary>Returns the channels' parts of the vector; null where the file is none of LabChart's.</summary>
    /// <exception cref="InvalidDataException">The channels do not lie in the vector, or there are several blocks.</exception>
    public static IReadOnlyList<(long First, long Count)>? Blocks(ArrayContents contents, ArrayChoice chosen)
    {
        var data = chosen.Arrays[0];
        var (starts, ends) = (Beside("datastart"), Beside("dataend"));
        if (chosen.Arrays.Count > 1 || data.Shape is not (1, _) || starts is null || ends is null)
            return null;
        if (starts.Shape is not (1, _) || starts.Count != ends.Count || starts.Count is 0 or > ArrayChoice.MaximumLeads
            || starts.Dimensions is not [_, 1])
        {
            throw new InvalidDataException(
                $"{contents.Path} is an export of LabChart with {ArrayChoice.Shown(starts)}; expected one block: export one alone.");
        }

        var channels = new List<(long First, long Count)>();
        for (var i = 0; i < starts.Count; i++)
        {
            var (start, end) = (starts.ReadOne(i), ends.ReadOne(i));
            if (!(start >= 1 && end >= start && end <= data.Count))
                throw new InvalidDataException($"{contents.Path}: channel {i + 1} is {start} to {end} of {data.Count} numbers.");
            channels.Add(((long)start - 1, (long)end - (long)start + 1));
        }

        if (channels.Any(channel => channel.Count != channels[0].Count))
        {
            throw new InvalidDataException(
                $"{contents.Path} is an export of LabChart with channels of several lengths; expected one sampling rate.");
        }

        return channels;

        NumericArray? Beside(string leaf) =>
            contents.Arrays.FirstOrDefault(array => array.Parent == data.Parent && array.Leaf == leaf);
    }
}
