namespace EcgRecovery.Records;

/// <summary>Where a sample comes from.</summary>
public enum SampleOrigin
{
    /// <summary>Measured by a recorder and unchanged since.</summary>
    Measured,

    /// <summary>There is no sample.</summary>
    Missing,

    /// <summary>Computed from measured samples of the same time: another sampling frequency, another unit step.</summary>
    Derived,

    /// <summary>Estimated where nothing was measured: imputation of a gap.</summary>
    Recovered,
}

/// <summary>The origin of some samples of one lead. Samples outside all spans are measured, or missing where they have no value.</summary>
/// <remarks>
/// Files keep it: WFDB in an annotator of its own, EDF+ in annotations of the lead, CSV in columns; see docs/provenance.md.
/// </remarks>
/// <param name="Lead">Number of the lead, counted from 0.</param>
/// <param name="Span">The samples, counted in the lead's own samples.</param>
/// <param name="Origin">Where the samples come from.</param>
/// <param name="Method">The method that computed them, as in <c>locally-linear</c>; empty where there is none.</param>
/// <param name="Version">Version of the method or of the program that holds it; empty where not known.</param>
/// <param name="IntervalLevel">
/// The probability with which the true value lies between the bounds, as in 0.95; null where there are none. The bounds of lead <c>II</c>
/// are the leads <c>II lower</c> and <c>II upper</c> of the same record, see <see cref="EcgRecord.FindBounds"/>.
/// </param>
public sealed record ProvenanceSpan(
    int Lead, SampleSpan Span, SampleOrigin Origin, string Method = "", string Version = "", double? IntervalLevel = null)
{
    /// <summary>The method that computes a limb lead from two others; its samples are derived, not estimated.</summary>
    public const string LimbLeads = "limb-leads";

    /// <summary>Whether the samples were missing and a recovery filled them.</summary>
    internal bool IsFilled => Origin == SampleOrigin.Recovered || (Origin == SampleOrigin.Derived && Method == LimbLeads);
}
