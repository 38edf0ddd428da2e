using System.Text.Json;
using EcgRecovery.Cli.Hosting;

namespace EcgRecovery.Cli.Tests.Commands;

public class EvaluatePeaksCommandTests
{
    [Fact]
    public void A_missing_folder_or_record_is_one_line()
    {
        using var folder = new TemporaryFolder();
        InProcess.Run("evaluate-peaks", "--records", folder.PathOf("none"))
            .AssertOneErrorLine(ExitCode.InvalidInput, "none", "does not exist");
        InProcess.Run("evaluate-peaks", "--records", folder.Root).AssertOneErrorLine(ExitCode.InvalidInput, "100.hea", "does not exist");
    }

    [Fact]
    public void An_existing_page_is_not_replaced_unasked()
    {
        using var folder = new TemporaryFolder();
        var page = folder.Write("page.md", "mine");
        InProcess.Run("evaluate-peaks", "--records", folder.Root, "--output", page).AssertOneErrorLine(ExitCode.Usage, "--overwrite");
        Assert.Equal("mine", File.ReadAllText(page));
    }

    [Fact]
    public void Json_is_one_document_with_groups_and_records()
    {
        var records = TestData.Folder("mitdb");
        Assert.SkipWhen(records is null, "The MIT-BIH Arrhythmia Database (shared/data/mitdb) is absent.");
        using var folder = new TemporaryFolder();
        var result = InProcess.Run("evaluate-peaks", "--records", records, "--json", "--output", folder.PathOf("page.md"));
        Assert.Equal(ExitCode.Done, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(48, document.RootElement.GetProperty("records").GetArrayLength());
        var all = document.RootElement.GetProperty("groups").EnumerateArray()
            .Single(group => group.GetProperty("name").GetString() == "all 48, nothing left out");
        Assert.InRange(all.GetProperty("at150Ms").GetProperty("sensitivity").GetDouble(), 0.99, 1);
        Assert.Contains("| 208 |", File.ReadAllText(folder.PathOf("page.md")), StringComparison.Ordinal);
    }
}
