using EcgRecovery.Formats.Arrays;

namespace EcgRecovery.Tests.Formats.Arrays;

/// <summary>Arrays in memory, named as MATLAB's.</summary>
internal static class ArrayBytes
{
    /// <summary>What a file holds.</summary>
    public static ArrayContents Contents(params ReadOnlySpan<NumericArray> arrays)
    {
        var contents = new ArrayContents("x.mat", '.');
        foreach (var array in arrays)
            contents.Add(array);
        return contents;
    }

    /// <summary>An array of doubles, row by row; zeros where no numbers are given.</summary>
    public static NumericArray Doubles(string name, long[] dimensions, params double[] numbers)
    {
        var bytes = numbers.Length > 0 ? [.. numbers.SelectMany(BitConverter.GetBytes)] : new byte[ArraySize.Product(dimensions, 8)];
        var at = name.LastIndexOf('.');
        return new NumericArray(
            name[..Math.Max(0, at)], name[(at + 1)..], name, dimensions, ArrayNumber.Double, new MemoryArraySource(bytes, "x.mat"));
    }
}
