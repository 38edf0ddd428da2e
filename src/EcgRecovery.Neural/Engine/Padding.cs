namespace EcgRecovery.Neural.Engine;

/// <summary>Sizes in whole tiles.</summary>
internal static class Padding
{
    /// <summary>Returns the smallest multiple that is not below a value.</summary>
    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
