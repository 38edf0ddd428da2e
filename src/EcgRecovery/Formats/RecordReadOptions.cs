namespace EcgRecovery.Formats;

/// <summary>Options for opening recordings of one format; each format has a case of its own. The defaults suit most files.</summary>
public abstract record RecordReadOptions
{
    // The formats are those of this library.
    private protected RecordReadOptions()
    {
    }
}
