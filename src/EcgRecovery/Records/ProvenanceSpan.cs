namespace EcgRecovery.Records;

/// <summary>Where a sample comes from.</summary>
public enum SampleOrigin
{
    /// <summary>A recorder measured it, and nobody has changed it since.</summary>
    Measured,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>Computed from measured samples of the same time: another sampling frequency, another unit step.</summary>
    Derived,

    /// <summary>Estimated where nothing was measured: imputation of a gap.</summary>
    Recovered,
}

/// <summary>Says of some samples of one lead where they come from. Samples of which no span speaks are measured, or missing where there is no value.</summary>
/// <remarks>
/// It travels with the recording: in WFDB as an annotator of its own, in EDF+ as annotations of the lead, in CSV as columns; see docs/provenance.md.
/// </remarks>
/// <param name="Lead">Which lead, counted from 0.</param>
/// <param name="Span">The samples, counted in the lead's own samples.</param>
/// <param name="Origin">Where they come from.</param>
/// <param name="Method">What computed them, as in <c>locally-linear</c>; empty where nothing did.</param>
/// <param name="Version">Version of the method or of the program that holds it; empty where not known.</param>
/// <param name="IntervalLevel">
/// The probability with which the true value lies between the bounds, as in 0.95; null where there are none. The bounds of lead <c>II</c> are
/// the leads <c>II lower</c> and <c>II upper</c> of the same record, see <see cref="EcgRecord.FindBounds"/>.
/// </param>
public sealed record ProvenanceSpan(
    int Lead, SampleSpan Span, SampleOrigin Origin, string Method = "", string Version = "", double? IntervalLevel = null);
