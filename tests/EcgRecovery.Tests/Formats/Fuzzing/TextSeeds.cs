using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EcgRecovery.Tests.Formats.Fuzzing;

/// <summary>Text as devices and programs export it, one file of each head.</summary>
internal static class TextSeeds
{
    private const int Rows = 120;

    /// <summary>Makes them.</summary>
    public static IEnumerable<FuzzSeed> Make()
    {
        yield return Text(
            "Apple",
            "Name,A\nRecorded Date,2021-03-04 10:00:00 +0100\nSample Rate,512 hertz\nLead,Lead I\nUnit,µV\n\n",
            t => $"{Value(t)}");
        yield return Text(
            "OpenSignals",
            "# OpenSignals Text File Format\n# {\"00:07\": {\"sensor\": [\"ECG\"], \"column\": [\"nSeq\", \"I1\", \"A2\"], "
            + "\"date\": \"2017-1-17\", \"time\": \"11:39:1.789\", "
            + "\"sampling rate\": 1000, \"label\": [\"A2\"], \"resolution\": [4, 1, 10]}}\n# EndOfHeader\n",
            t => $"{t % 16}\t1\t{500 + Value(t)}\t");
        yield return Text(
            "OpenBCI",
            "%OpenBCI Raw EXG Data\n%Number of channels = 1\n%Sample Rate = 250 Hz\n"
            + "Sample Index, EXG Channel 0, Timestamp, Timestamp (Formatted)\n",
            t => $"{(200 + t) % 256}.0, {Value(t)}.5, 1652788988.{t:D6}, 2022-05-17 14:03:08.{t:D3}");
        yield return Text("Empatica", "1529940473.250000\n64.000000\n", t => $"{Value(t)}.25");
        yield return Text(
            "LabChart",
            "Interval=\t0.004 s\nExcelDateTime=\t44259.5\nChannelTitle=\tECG\tResp\nRange=\t10.000 mV\t5.000 V\n",
            t => t == 60
                ? "Interval=\t0.004 s\nExcelDateTime=\t44259.50001\nChannelTitle=\tECG\tResp\nRange=\t10.000 mV\t5.000 V"
                : string.Create(CultureInfo.InvariantCulture, $"{t * 0.004:F3}\t0.{t}\t0.1{(t % 20 == 5 ? "\t#* note #2 pulse" : "")}"));
        yield return Text(
            "AcqKnowledge",
            "S01.acq\n1 msec/sample\n2 channels\nECG\nmV\nResp\nVolts\nmin,CH1,CH2,\n,120,120,\n",
            t => string.Create(CultureInfo.InvariantCulture, $"{t / 60000.0:G6},{Value(t)},0.1,"));
        yield return Text(
            "Polar",
            "Phone timestamp;sensor timestamp [ns];timestamp [ms];ecg [uV]\n",
            t => string.Create(
                CultureInfo.InvariantCulture,
                $"2021-03-04T10:00:00.562+01:00;{599636646177065964 + (t * 7692308L)};{t * 7.692308:F6};{Value(t)}"));
        yield return Text("time in ms, text", ",time,ECG,note\n", t => $"{t},{t * 4}.000,{Value(t)},sit");
        yield return Text("column with blanks", "Sampling interval: 4 ms\nECG (mV)\n", t => t % 30 < 5 ? "" : $"{Value(t)}");
        yield return Packed();
    }

    private static int Value(int t) => (t * 37 % 200) - 100;

    private static FuzzSeed Text(string name, string head, Func<int, string> row) =>
        Seed(name, "seed.txt", Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Range(0, Rows).Select(t => row(t) + "\n"))));

    private static FuzzSeed Packed()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            var rows = Enumerable.Range(0, Rows).Select(t => $"0.{t * 4:D3},{Value(t)}\n");
            gzip.Write(Encoding.ASCII.GetBytes("time (s),ECG (mV)\n" + string.Concat(rows)));
        }

        return Seed("packed", "seed.csv.gz", packed.ToArray());
    }

    private static FuzzSeed Seed(string name, string file, byte[] content) =>
        new(name, file, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = content }, [(file, $"text, {name}")]);
}
