namespace EcgRecovery.Records;

/// <summary>The annotation codes of WFDB: their symbols, which of them are beats, and the class of each beat.</summary>
/// <remarks>
/// Sources: WFDB <c>ecgcodes.h</c> and <c>ecgmap.h</c> (codes, symbols, <c>isqrs</c>); ANSI/AAMI EC57 (classes). On the codes that occur
/// in the MIT-BIH Arrhythmia Database the classes are the labels of Kaggle's heartbeat files.
/// </remarks>
public static class BeatCode
{
    /// <summary>Number of codes: 0…49.</summary>
    public const int Count = 50;

    // Index = code. A space where ecgcodes.h names none.
    private const string Symbols = " NLRaVFJASEj/Q~ | sT*D\"=pB^t+u?![]en@xf()r";

    /// <summary>Returns a code's WFDB symbol, as in <c>V</c>; <c>[42]</c> for a code without one.</summary>
    public static string Symbol(int code) =>
        code > 0 && code < Symbols.Length && Symbols[code] != ' ' ? Symbols[code].ToString() : $"[{code}]";

    /// <summary>Returns the code of a symbol, or null where no code has it.</summary>
    public static int? FromSymbol(string symbol) =>
        symbol is [var single] && single != ' ' && Symbols.IndexOf(single, StringComparison.Ordinal) is > 0 and var code ? code : null;

    /// <summary>Returns whether a code is that of a heartbeat.</summary>
    public static bool IsBeat(int code) => ClassOf(code) is not null;

    /// <summary>Returns the class of a beat's code, or null where the code is not that of a beat.</summary>
    public static AamiClass? ClassOf(int code) => Symbol(code) switch
    {
        "N" or "L" or "R" or "e" or "j" or "B" => AamiClass.N,
        "A" or "a" or "J" or "S" or "n" => AamiClass.S,
        "V" or "E" or "r" => AamiClass.V,
        "F" => AamiClass.F,
        "/" or "f" or "Q" or "?" => AamiClass.Q,
        _ => null,
    };
}
