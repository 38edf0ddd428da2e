namespace EcgRecovery.Recovery;

/// <summary>A method that estimates lost samples, of single heartbeats or of whole leads.</summary>
/// <remarks>A method is one type plus one line in <c>RecoveryMethods</c>.</remarks>
internal abstract class RecoveryMethod : IDisposable
{
    /// <summary>The name on the command line and in tables, as in <c>locally-linear</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The records (patients) that the method learned from; empty if it does not learn, null for data of unknown origin.</summary>
    public virtual IReadOnlyCollection<string>? LearnedFromRecords => [];

    /// <summary>Whether the method gives each filled sample an interval.</summary>
    public virtual bool HasInterval => false;

    /// <summary>Returns the name of a method with an estimate, as files and tables have it: <c>similar-placed</c>.</summary>
    public static string NameWith(string method, RecoveryEstimate estimate) =>
        estimate == RecoveryEstimate.Placed ? $"{method}-placed" : method;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the method's resources.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
