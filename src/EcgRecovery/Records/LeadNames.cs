using System.Text.RegularExpressions;

namespace EcgRecovery.Records;

/// <summary>What a lead is by its name.</summary>
internal enum LeadKind
{
    /// <summary>The name says nothing, as in <c>lead 1</c>.</summary>
    Unknown,

    /// <summary>An electrocardiogram, as in <c>MLII</c>, <c>V5</c>, <c>ECG1</c>.</summary>
    Ecg,

    /// <summary>Another signal, as in <c>Resp</c>, <c>EEG C3-A2</c>, <c>SpO2</c>.</summary>
    Other,
}

/// <summary>Knowledge about the names that leads have in files.</summary>
/// <remarks>
/// Names are compared by their words: letters and digits, any case, so that <c>EKG-Ref</c>, <c>ECG II</c> and <c>Lead I</c> are understood.
/// Electrodes of the electroencephalogram are those of the 10–20 system (Klem et al. 1999); electrocardiographic names are the twelve
/// leads, Frank's, and those of monitors and of Holter recorders (MCL1, CM5, CC5, ML2). C1 to C6 are electrodes of the head in a
/// polysomnography and chest leads in Europe; as they cannot be told apart, they are not taken for leads of an electrocardiogram.
/// </remarks>
internal static partial class LeadNames
{
    private static readonly string[] s_limbLeads = ["I", "II", "III", "aVR", "aVL", "aVF"];

    /// <summary>Returns what a lead is.</summary>
    public static LeadKind KindOf(string name)
    {
        string[] words = [.. Words(name)];
        if (words.Any(word => Derived().IsMatch(word)))
            return LeadKind.Other;
        if (words.Any(word => Electrocardiogram().IsMatch(word)))
            return LeadKind.Ecg;
        if (words.Any(word => OtherSignal().IsMatch(word) || Electroencephalogram().IsMatch(word)))
            return LeadKind.Other;
        return words.Any(word => EcgLeadName().IsMatch(word)) ? LeadKind.Ecg : LeadKind.Unknown;
    }

    /// <summary>Returns which of the six limb leads a lead is: I, II, III, aVR, aVL or aVF; null if none.</summary>
    /// <param name="name">As in <c>II</c>, <c>ECG II</c> (EDF) and <c>Lead II</c>.</param>
    public static string? LimbLead(string name)
    {
        var last = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        return Array.Find(s_limbLeads, limb => limb.Equals(last, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a lead is the second limb lead or its modification, in which R peaks are usually upright.</summary>
    public static bool IsSecond(string name) => Words(name).Any(word => SecondLead().IsMatch(word));

    /// <summary>Returns the leads of a recording in which R peaks are looked for where none was chosen.</summary>
    /// <remarks>
    /// Leads with the name of an ECG lead; without any, voltages and raw counts whose names say nothing. Never those of other signals, nor
    /// the bounds of recovered samples.
    /// </remarks>
    /// <param name="leads">The leads.</param>
    /// <returns>Their numbers, from 0; empty if there is none.</returns>
    public static IReadOnlyList<int> EcgLeads(IReadOnlyList<EcgLead> leads)
    {
        int[] candidates = [.. Enumerable.Range(0, leads.Count).Where(i => IsVoltageOrCount(leads[i]) && !IsBound(leads, leads[i].Name))];
        int[] named = [.. candidates.Where(i => KindOf(leads[i].Name) == LeadKind.Ecg)];
        return named.Length > 0 ? named : [.. candidates.Where(i => KindOf(leads[i].Name) == LeadKind.Unknown)];
    }

    private static bool IsVoltageOrCount(EcgLead lead) => lead.IsVoltage || lead.IsInCounts;

    private static bool IsBound(IReadOnlyList<EcgLead> leads, string name) =>
        leads.Any(lead => name == lead.Name + EcgRecord.LowerBoundSuffix || name == lead.Name + EcgRecord.UpperBoundSuffix);

    private static IEnumerable<string> Words(string name) =>
        NotLetterOrDigit().Split(name.ToUpperInvariant()).Where(word => word.Length > 0);

    [GeneratedRegex("[^A-Z0-9]+")]
    private static partial Regex NotLetterOrDigit();

    // Computed from the ECG, not it; and respiration by its electrodes.
    [GeneratedRegex("^(HR|PR|RR|BPM|RATE|HEARTRATE|PULS.*|RESP.*|EDR|IMP|IMPED.*|QUALITY|EVENTS?|PEAKS?|MARKERS?|TRIGGER|STATUS)$")]
    private static partial Regex Derived();

    [GeneratedRegex("^(ECG|EKG|ELECTROCARDIO).*$")]
    private static partial Regex Electrocardiogram();

    [GeneratedRegex(
        "^(M?L?I{1,3}|D(I{1,3}|[123])|ML[1-6]|A?V[RLF]|V[1-9]?|MV[1-9]|V[3-9]R|MLV[1-6]|MCL[1-6]?|C[BCMSR][1-6]|V[XYZ]|ES|AS|AI)$")]
    private static partial Regex EcgLeadName();

    [GeneratedRegex(
        "^(EEG|EOG|EMG|ECOG|SEEG|MEG|EGG|ERG|PCG|SCG|BCG|PPG|BVP|PLETH.*|SPO2.*|SAO2.*|SP02|O2.*|OSAT|CO2|ETCO2|OX.*|THOR.*|ABD.*|CHEST|"
        + "NASAL|.*FLOW|CANN?ULA|THERM.*|SNOR.*|MIC|SOUND|BODY|POS.*|ACC.*|GYR.*|MAG[XYZ]?|A[XYZ]|G[XYZ]|TEMP.*|EDA|GSR|SCL|LIGHT|LEGS?|"
        + "TIB.*|LAT|RAT|CHIN[0-9]*|LOC|ROC|[LR]OC|E[12]|HEOG|VEOG|ABP|ART|NBP|NIBP|BP|CVP|PAP|ICP|PCWP|PRESS.*|EFFORT|SUM|BATT.*|COUNTER|"
        + "STAGE|HYPNO.*|ANNOTATIONS?|TIME|STIM.*|AUDIO|FORCE|DC[0-9]*)$")]
    private static partial Regex OtherSignal();

    [GeneratedRegex("^(FP|AF|F|FC|FT|C|CP|T|TP|P|PO|O|A|M)(Z|[0-9]{1,2})$")]
    private static partial Regex Electroencephalogram();

    [GeneratedRegex("^((ECG|EKG)?M?L?II|ML2|DII|D2)$")]
    private static partial Regex SecondLead();

    [GeneratedRegex(
        "^(|adu|adc|counts?|raw|lsb|digital|nu|n/a|a\\.?u\\.?|bits?|1)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex RawCount();
}
