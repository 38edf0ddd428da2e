namespace EcgRecovery.Beats;

/// <summary>A detection signal, read sample by sample: one hump per QRS complex.</summary>
internal interface IHumpSource
{
    /// <summary>Number of missing samples among those that were read.</summary>
    long MissingSoFar { get; }

    /// <summary>Moves to the next sample and returns the height there.</summary>
    double Next();

    /// <summary>Returns the steepest slope under the last samples.</summary>
    double Steepest();
}

/// <summary>The detection signal of one lead.</summary>
internal readonly ref struct LeadHumps<TValues>(TValues values, double samplingFrequencyHz, RPeakDetectorOptions options) : IHumpSource
    where TValues : ILeadValues, allows ref struct
{
    private readonly TValues _values = values;
    private readonly BridgedReader _reader = new();
    private readonly HumpFilter _filter = new(samplingFrequencyHz, options);

    public long MissingSoFar => _reader.MissingSoFar;

    public double Next() => _filter.Next(_reader.Next(_values));

    public double Steepest() => _filter.Steepest();
}
