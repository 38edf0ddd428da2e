namespace EcgRecovery.Recovery.Training;

/// <summary>The settings and data of a run as text: <c>name=value</c> pairs with <c>;</c> between them.</summary>
internal static class RunFingerprint
{
    /// <summary>Returns the first pair in which two runs differ, for error messages: <c>seed=1; expected seed=2</c>.</summary>
    public static string FirstDifference(string theirs, string ours)
    {
        var pairs = theirs.Split(';').Zip(ours.Split(';'));
        var (found, expected) = pairs.FirstOrDefault(pair => pair.First != pair.Second, (First: theirs, Second: ours));
        return $"{found}; expected {expected}";
    }
}
