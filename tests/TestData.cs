namespace EcgRecovery;

/// <summary>
/// Finds the development data, which is not part of the repository: beside the checkout, or where <c>ECGRECOVERY_DATA</c> says.
/// </summary>
internal static class TestData
{
    /// <summary>The full path of a file or folder of the development data, or null where it is absent: the test is then skipped.</summary>
    /// <param name="relative">As in <c>mitdb</c> or <c>kaggle/kaggle_index.csv</c>.</param>
    public static string? Folder(string relative)
    {
        if (Environment.GetEnvironmentVariable("ECGRECOVERY_DATA") is { Length: > 0 } told)
            return Existing(Path.Combine(told, relative));

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "data", relative)) is { } found)
                return found;
        }

        return null;
    }

    private static string? Existing(string path) => Path.Exists(path) ? path : null;
}
