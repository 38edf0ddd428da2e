using EcgRecovery.BeatDesigns.Designs;
using EcgRecovery.BeatDesigns.Scores;

namespace EcgRecovery.BeatDesigns.Tests.Scores;

public sealed class DesignResultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("designs-").FullName;

    [Fact]
    public void A_result_is_read_back_to_the_last_digit()
    {
        var result = TestResults.Of("x", "loss=rmse", 0.1 + 0.2);
        result.Write(_folder);
        var read = DesignResult.Read(_folder, "x");
        Assert.Equal(("x", "loss=rmse", 1UL, 34945, 101.8, 0.018), (read.Name, read.Settings, read.Seed!.Value, read.Parameters, read.CpuSeconds, read.TrainingLoss!.Value));
        Assert.Equal(result.Curve, read.Curve);
        Assert.Equal(0.1 + 0.2, read.Plans["100..137"].WholeByPatient["109"]);
        Assert.Equal(double.NaN, read.Plans["100..137"].PeakBias);
    }

    [Fact]
    public void A_result_of_other_settings_is_stale()
    {
        TestResults.Of("x", "loss=rmse", 0.3).Write(_folder);
        Assert.Single(DesignResults.Read(_folder, DesignList.Parse("x loss=rmse", "list")[0]));
        Assert.Empty(DesignResults.Read(_folder, DesignList.Parse("y loss=rmse", "list")[0]));
        var error = Assert.Throws<InvalidDataException>(() => DesignResults.Read(_folder, DesignList.Parse("x loss=huber", "list")[0]));
        Assert.Contains("is of 'loss=rmse'; the list says 'loss=huber'", error.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"Name\": \"x\"}")]
    public void A_file_that_is_no_result_is_refused(string text)
    {
        File.WriteAllText(DesignResult.PathOf(_folder, "x"), text);
        Assert.Contains("is not a design's result", Assert.Throws<InvalidDataException>(() => DesignResult.Read(_folder, "x")).Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
