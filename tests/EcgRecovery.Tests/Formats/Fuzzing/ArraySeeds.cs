using System.IO.Compression;
using EcgRecovery.Tests.Formats.Hdf5;
using EcgRecovery.Tests.Formats.Mat;
using EcgRecovery.Tests.Formats.Numpy;

namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>Files of arrays: MATLAB structs and cells, NumPy, HDF5. Each has its frequency, or times, so that it opens.</summary>
internal static class ArraySeeds
{
    private static readonly string[] s_hdf5 =
    [
        "earliest_gzip.h5", "earliest_lzf.h5", "latest_gzip.h5", "latest_contiguous.h5", "compact.h5", "implicit.h5", "dense.h5",
        "links_new.h5", "unwritten.h5", "opensignals.h5", "matlab73.mat", "octave.mat",
    ];

    /// <summary>Makes them.</summary>
    public static IEnumerable<FuzzSeed> Make() =>
    [
        Seed("mat 5, struct", "seed.mat", MatBytes.File(Struct)),
        Seed("mat 5, struct, compressed", "seed.mat", MatBytes.File(MatBytes.Pack(Struct))),
        Seed("npy", "seed.npy", NpyBytes.Array("<f4", false, "(200, 3)", Times)),
        Seed("npz", "seed.npz", NpyBytes.Archive(CompressionLevel.NoCompression, Members)),
        Seed("npz, compressed", "seed.npz", NpyBytes.Archive(CompressionLevel.Optimal, Members)),
        .. s_hdf5.Select(file => Seed(file, "seed" + Path.GetExtension(file), File.ReadAllBytes(Hdf5FormatTests.PathOf(file)))),
    ];

    private static byte[] Struct { get; } = MatBytes.Struct(
        "ECG",
        ["data", "fs", "labels", "units"],
        MatBytes.Doubles("", 2, 150, [.. Enumerable.Range(0, 300).Select(t => Math.Sin(t / 9d))]),
        MatBytes.Doubles("", 1, 1, 250),
        MatBytes.Cells("", MatBytes.Text("", "II"), MatBytes.Text("", "V5")),
        MatBytes.Text("", "uV"));

    // Two hundred rows of a time and two leads.
    private static byte[] Times { get; } =
    [
        .. Enumerable.Range(0, 200).SelectMany(
            t => new[] { t / 250f, MathF.Sin(t / 9f), MathF.Cos(t / 9f) }.SelectMany(BitConverter.GetBytes))
    ];

    private static (string Name, byte[] Array)[] Members { get; } =
    [
        ("ecg", NpyBytes.Array(
            "<i2", true, "(200, 2)", [.. Enumerable.Range(0, 400).SelectMany(t => BitConverter.GetBytes((short)(t * 7)))])),
        ("fs", NpyBytes.Array("<f8", false, "()", BitConverter.GetBytes(250d))),
        ("leads", NpyBytes.Array("|S2", false, "(2,)", "IIV5"u8)),
    ];

    private static FuzzSeed Seed(string name, string file, byte[] content)
    {
        var kind = Path.GetExtension(file);
        return new FuzzSeed(
            name, file, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = content },
            [(file, name.StartsWith("mat", StringComparison.Ordinal) ? name is "matlab73.mat" ? ".mat, 7.3" : ".mat, struct" : kind)]);
    }
}
