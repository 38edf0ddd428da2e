namespace EcgRecovery.Formats;

/// <summary>Options for writing recordings in one format; each format that has options has a case of its own.</summary>
public abstract record RecordWriteOptions
{
    // The formats are those of this library.
    private protected RecordWriteOptions()
    {
    }
}
