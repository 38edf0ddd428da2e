using System.Text;

namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>Names of what distinguishes cells, in files, options and tables; they are fixed.</summary>
internal static class CellNames
{
    /// <summary>Returns the name of a value, as in <c>all-but-one</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>Returns the names of all values.</summary>
    public static string[] All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>Returns the value with a name; null where there is none.</summary>
    public static T? Find<T>(string? name)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == name)
                return value;
        }

        return null;
    }
}
