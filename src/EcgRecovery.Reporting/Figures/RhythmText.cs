using EcgRecovery.Records;

namespace EcgRecovery.Reporting.Figures;

/// <summary>Names of the rhythms that WFDB's rhythm annotations hold as codes.</summary>
/// <remarks>
/// Sources: https://physionet.org/physiobank/annotations.shtml, and the descriptions of the databases vfdb, afdb and cudb, which use codes
/// of their own.
/// </remarks>
internal static class RhythmText
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["(AB"] = "atrial bigeminy",
        ["(AFIB"] = "atrial fibrillation",
        ["(AFL"] = "atrial flutter",
        ["(ASYS"] = "asystole",
        ["(B"] = "ventricular bigeminy",
        ["(BI"] = "first degree heart block",
        ["(BII"] = "second degree heart block",
        ["(HGEA"] = "frequent ventricular ectopic beats",
        ["(IVR"] = "idioventricular rhythm",
        ["(J"] = "junctional rhythm",
        ["(N"] = "normal sinus rhythm",
        ["(NOD"] = "junctional rhythm",
        ["(NOISE"] = "noise",
        ["(NSR"] = "normal sinus rhythm",
        ["(P"] = "paced rhythm",
        ["(PM"] = "paced rhythm",
        ["(PREX"] = "pre-excitation",
        ["(SAB"] = "sino-atrial block",
        ["(SBR"] = "sinus bradycardia",
        ["(SVTA"] = "supraventricular tachyarrhythmia",
        ["(T"] = "ventricular trigeminy",
        ["(VER"] = "ventricular escape rhythm",
        ["(VF"] = "ventricular fibrillation",
        ["(VFIB"] = "ventricular fibrillation",
        ["(VFL"] = "ventricular flutter",
        ["(VT"] = "ventricular tachycardia",
    };

    /// <summary>Returns the code of a change of rhythm as it is stored, as in <c>(AFIB</c>.</summary>
    public static string Code(Annotation annotation) => annotation.Aux.Trim('\0', ' ');

    /// <summary>Returns whether an annotation is a change of rhythm.</summary>
    public static bool IsRhythm(Annotation annotation) =>
        annotation.Symbol == "+" && annotation.Aux?.StartsWith('(') == true;

    /// <summary>Returns the text of an annotation; of a change of rhythm its name, where the code is known.</summary>
    public static string Of(Annotation annotation)
    {
        var text = annotation.Aux?.Trim('\0', ' ') ?? "";
        return IsRhythm(annotation) && s_names.TryGetValue(text, out var name) ? name : text;
    }
}
