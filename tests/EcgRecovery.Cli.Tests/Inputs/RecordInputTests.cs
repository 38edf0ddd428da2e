using System.CommandLine;
using EcgRecovery.Cli.Hosting;
using EcgRecovery.Cli.Inputs;
using EcgRecovery.Formats;

namespace EcgRecovery.Cli.Tests.Inputs;

public class RecordInputTests
{
    // Two leads of 1000 samples at 100 Hz in format 16: ECG 1 counts up, ECG 2 down.
    private const string Header =
        "small 2 100 1000 09:00:00 1/1/2020\nsmall.dat 16 200 11 0 0 -24788 0 ECG 1\nsmall.dat 16 200 11 0 0 24788 0 ECG 2\n";

    [Fact]
    public void The_whole_record_with_all_leads_is_the_default()
    {
        using var folder = new TemporaryFolder();
        using var selection = Open(Write(folder, Header));
        Assert.Same(selection.Whole, selection.Part);
        Assert.Equal(1000, selection.Part.SampleCount);
        Assert.Equal([0, 1], selection.Leads);
        Assert.False(selection.HasChosenLeads);
    }

    [Theory]
    [InlineData("small")]
    [InlineData("small.hea")]
    public void A_stretch_is_half_open_and_a_record_may_be_named_without_extension(string name)
    {
        using var folder = new TemporaryFolder();
        Write(folder, Header);
        using var selection = Open(folder.PathOf(name), "-f", "2", "-t", "s350");
        Assert.Equal(200, selection.StartSample);
        Assert.Equal(150, selection.Part.SampleCount);
        Assert.Equal(200, selection.StartOf(1));
        Assert.Equal(Enumerable.Range(200, 150), selection.Part.Leads[0].ToAdcUnits());
    }

    [Fact]
    public void One_end_is_enough()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, Header);
        using var tail = Open(path, "--from", "9.5");
        Assert.Equal(50, tail.Part.SampleCount);
        using var head = Open(path, "--to", "0:01");
        Assert.Equal(100, head.Part.SampleCount);
        Assert.Equal(0, head.StartSample);
    }

    [Fact]
    public void An_array_is_chosen_by_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("two.mat");
        File.WriteAllBytes(path, [.. Variable("a", 1, 2, 3), .. Variable("b", 4, 5, 6)]);

        Assert.Throws<ArrayNotChosenException>(() => Open(path, "--sampling-frequency", "250"));
        using var selection = Open(path, "--sampling-frequency", "250", "--variable", "b");
        var values = new double[3];
        selection.Part.Leads[0].ReadPhysicalValues(0, values);
        Assert.Equal([4, 5, 6], values);

        // MATLAB's version 4: type, rows, columns, imaginary part, length of the name; the name; doubles.
        static byte[] Variable(string name, params double[] values) =>
        [
            .. new[] { 0, 1, values.Length, 0, 2 }.SelectMany(BitConverter.GetBytes), (byte)name[0], 0,
            .. values.SelectMany(BitConverter.GetBytes),
        ];
    }

    [Theory]
    [InlineData("ECG 2", 1)]
    [InlineData("ecg 1", 0)]
    [InlineData("1", 1)]
    public void A_lead_is_chosen_by_name_or_number(string lead, int expected)
    {
        using var folder = new TemporaryFolder();
        using var selection = Open(Write(folder, Header), "--lead", lead);
        Assert.Equal([expected], selection.Leads);
        Assert.True(selection.HasChosenLeads);
    }

    [Fact]
    public void Several_leads_keep_the_order_that_was_asked_for()
    {
        using var folder = new TemporaryFolder();
        using var selection = Open(Write(folder, Header), "--lead", "1", "--lead", "ECG 1", "--lead", "ECG 2");
        Assert.Equal([1, 0], selection.Leads);
    }

    [Fact]
    public void A_lead_that_is_not_there_is_refused_with_those_that_are()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, Header);
        Assert.Contains("no lead 'V5'; expected ECG 1, ECG 2, or a number below 2", Refused(path, "--lead", "V5"));
        Assert.Contains("no lead '2'", Refused(path, "--lead", "2"));
    }

    [Fact]
    public void A_name_of_two_leads_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, Header.Replace("ECG 2", "ECG 1", StringComparison.Ordinal));
        Assert.Contains("has 2 leads 'ECG 1', numbers 0, 1; give --lead a number", Refused(path, "--lead", "ECG 1"));
        using var selection = Open(path, "--lead", "1");
        Assert.Equal([1], selection.Leads);
    }

    [Fact]
    public void An_empty_part_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, Header);
        Assert.Contains("nothing lies between 5 and 0:05", Refused(path, "-f", "5", "-t", "0:05"));
        Assert.Contains("nothing lies between e and the end", Refused(path, "-f", "e"));
        Assert.Contains("after the end", Refused(path, "-t", "10.01"));
    }

    [Theory]
    [InlineData("--from: 'x' is not a time", "--from", "x")]
    [InlineData("--to: '1:75' is not a time", "-t", "1:75")]
    [InlineData("--sampling-frequency is 0; expected more than 0", "--sampling-frequency", "0")]
    [InlineData("--sampling-frequency is Infinity; expected more than 0", "--sampling-frequency", "Infinity")]
    public void A_bad_option_is_told_before_anything_is_opened(string expected, string option, string value) =>
        Assert.Contains(expected, Assert.Single(Parse(new RecordInput(), ["no-such-record", option, value]).Errors).Message);

    private static RecordSelection Open(params string[] args)
    {
        var input = new RecordInput();
        var parse = Parse(input, args);
        Assert.Empty(parse.Errors);
        return input.Open(parse);
    }

    private static string Refused(params string[] args) => Assert.Throws<UsageException>(() => Open(args)).Message;

    private static ParseResult Parse(RecordInput input, string[] args)
    {
        var command = new RootCommand();
        input.AddTo(command);
        return command.Parse(args);
    }

    private static string Write(TemporaryFolder folder, string header)
    {
        folder.Write("small.hea", header);
        var bytes = new byte[4000];
        for (var t = 0; t < 1000; t++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(4 * t), (short)t);
            BitConverter.TryWriteBytes(bytes.AsSpan((4 * t) + 2), (short)-t);
        }

        File.WriteAllBytes(folder.PathOf("small.dat"), bytes);
        return folder.PathOf("small");
    }
}
