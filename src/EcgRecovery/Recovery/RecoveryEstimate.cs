namespace EcgRecovery.Recovery;

/// <summary>Which estimate of lost samples a method gives.</summary>
public enum RecoveryEstimate
{
    /// <summary>The expected value: the least error, but a blur where a beat's time is uncertain.</summary>
    Mean,

    /// <summary>Typical beats at the expected times: sharp and of true height, with a larger error where a time is wrong.</summary>
    Placed,
}
