using System.Text.Json;
using EcgRecovery.Evaluation.Records.Files;
using EcgRecovery.Evaluation.Records.Noise;
using EcgRecovery.Evaluation.Records.Plans;
using EcgRecovery.Evaluation.Records.Truth;
using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Tests.Records.Files;

public sealed class PlanFileTests : IDisposable
{
    private const string Small =
        """
        {
          "format": "ecg-recovery plan 1", "name": "mine", "split": "all", "seed": 3, "frequencyHz": null,
          "cells": [
            {
              "gapSeconds": 0.5, "placement": "random", "loss": "one", "pattern": "single",
              "lengthsOf": null, "noise": "ma", "snrDb": 6
            }
          ],
          "records": [
            {
              "record": "x", "samplingFrequencyHz": 100, "samples": 600,
              "cells": [[[{ "leads": [1], "scored": [1], "gaps": [[100, 150]], "alsoLost": [[10, 20]] }]]]
            }
          ]
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plan_is_read_as_it_was_written()
    {
        // In another order, so that leads of one column of a page do not follow each other, and with a sample missing in one of them.
        var page = SpikeRecord.Of("page");
        TestedRecord mixed = new([.. page.Leads.OrderBy(lead => lead.Number % 5)]);
        mixed.Leads[2].MilliVolts[1300] = float.NaN;
        var source = SmallBenchmark.Source([mixed, SpikeRecord.Of("long", seconds: 310)]);
        var options = new PlanOptions { Split = "ludb-train", Seed = 7 }.Full(2, hasNoise: true) with { GapsPerRecord = 2 };
        var plan = SmallBenchmark.Plan(source, options with { FrequencyHz = 250 });
        // All that two records of 10 and 310 s without noise can have.
        Assert.Equal(63, plan.Cells.Count);
        var read = PlanFile.Read(_folder.Write("plan.json", PlanFile.Write(plan)));
        Assert.Equal(JsonSerializer.Serialize(plan), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void A_plan_by_hand_is_read()
    {
        var plan = PlanFile.Read(_folder.Write("plan.json", Small));
        Assert.Equal(("mine", "all", 3, (double?)null), (plan.Name, plan.Split, plan.Seed, plan.FrequencyHz));
        var noise = new CellNoise(NoiseKind.MuscleArtefact, 6);
        Assert.Equal(new CellKind(0.5, Loss: LeadLoss.One) { Noise = noise }, Assert.Single(plan.Cells));
        var record = Assert.Single(plan.Records);
        Assert.Equal(("x", 100.0, 600L), (record.Record, record.SamplingFrequencyHz, record.SampleCount));
        var lost = Assert.Single(Assert.Single(Assert.Single(record.Cells).Cuts).Lost);
        Assert.Equal(1, lost.Lead);
        Assert.Equal([new SampleSpan(10, 20), new SampleSpan(100, 150)], lost.Gaps);
        Assert.Equal([new SampleSpan(100, 150)], lost.Scored);
    }

    [Theory]
    [InlineData("plan 1", "plan 2", "has the format 'ecg-recovery plan 2'; expected 'ecg-recovery plan 1'")]
    [InlineData("{", "", "malformed")]
    [InlineData("\"seed\": 3", "\"seed\": \"three\"", "$.seed")]
    [InlineData("\"gapSeconds\": 0.5", "\"gapSeconds\": 0", "gapSeconds is 0; expected more than 0")]
    [InlineData("\"random\"", "\"anywhere\"", "placement is 'anywhere'; expected random, p, qrs, t")]
    [InlineData("\"one\"", "\"two\"", "loss is 'two'; expected all, one, all-but-one, layout")]
    [InlineData("\"single\"", "null", "pattern")]
    [InlineData("\"lengthsOf\": null", "\"lengthsOf\": \"some\"", "lengthsOf is 'some'; expected single, gilbert-elliott, packets, real")]
    [InlineData("\"ma\"", "\"em\"", "noise is 'em'; expected bw or ma")]
    [InlineData("\"snrDb\": 6", "\"snrDb\": null", "snrDb is null in a cell with noise")]
    [InlineData("[100, 150]", "[100, 601]", "a gap of record x is [100, 601]; expected its start and end within 0 to 600")]
    [InlineData("[100, 150]", "[150, 150]", "[150, 150]")]
    [InlineData("[100, 150]", "[-1, 150]", "[-1, 150]")]
    [InlineData("[100, 150]", "[100]", "[100]")]
    [InlineData("[100, 150]", "null", "a gap of record x is")]
    [InlineData("[100, 150]", "[15, 150]", "gaps of record x that are missing together touch or overlap")]
    [InlineData("[[[{", "[null, [[{", "malformed")]
    [InlineData("[[[{", "[[null], [[{", "malformed")]
    [InlineData("[[[{", "[[], [[{", "record x has 2 cells; expected 1")]
    [InlineData("\"leads\": [1]", "\"leads\": null", "leads")]
    [InlineData("\"leads\": [1]", "\"leads\": [-1]", "record x has a lead -1")]
    [InlineData("\"leads\": [1]", "\"leads\": [1, 1]", "a cut of record x has the same lead twice")]
    [InlineData("\"records\"", "\"recordings\"", "records")]
    [InlineData("\"record\": \"x\"", "\"record\": null", "record")]
    public void What_is_no_plan_is_refused_with_its_path(string old, string changed, string expected)
    {
        Assert.Contains(old, Small, StringComparison.Ordinal);
        var path = _folder.Write("plan.json", ReplaceFirst(Small, old, changed));
        var exception = Assert.Throws<InvalidDataException>(() => PlanFile.Read(path));
        Assert.Contains($"Plan {path} ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cells")]
    [InlineData("records")]
    public void A_plan_of_nothing_is_refused(string key)
    {
        var at = Small.IndexOf($"\"{key}\": [", StringComparison.Ordinal);
        // Up to the end of the list, the first that stands two spaces from the left.
        var end = Small.IndexOf("\n  ]", at, StringComparison.Ordinal);
        var path = _folder.Write("plan.json", $"{Small[..at]}\"{key}\": [{Small[end..]}");
        var exception = Assert.Throws<InvalidDataException>(() => PlanFile.Read(path));
        Assert.Contains($"Plan {path} is malformed: {key} is empty", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var path = _folder.PathOf("none.json");
        Assert.Equal($"Plan {path} does not exist.", Assert.Throws<FileNotFoundException>(() => PlanFile.Read(path)).Message);
    }

    private static string ReplaceFirst(string text, string old, string changed)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + changed + text[(at + old.Length)..];
    }
}
