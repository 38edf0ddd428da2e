using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>The recordings that a record model learns from, in order of their names, with the hashes of their samples.</summary>
internal sealed class RecordTrainingData
{
    private readonly string[] _patients;
    private readonly string[] _sha256;
    private readonly double[] _frequencies;

    /// <summary>Reads all recordings once.</summary>
    /// <param name="recordings">The recordings, in any order.</param>
    /// <param name="cancellationToken">Cancels between recordings.</param>
    /// <exception cref="InvalidDataException">
    /// A recording cannot be read or has no leads to learn from, two have one name, or they are all of one patient.
    /// </exception>
    public RecordTrainingData(IEnumerable<TrainingRecording> recordings, CancellationToken cancellationToken = default)
    {
        Recordings = [.. recordings.OrderBy(recording => recording.Name, StringComparer.Ordinal)];
        _patients = [.. Recordings.Select(recording => recording.Patient).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        RefuseNames();
        if (_patients.Length < 2)
        {
            throw new InvalidDataException(
                $"There are {Recordings.Count} recordings of {_patients.Length} patients; expected at least 2 patients, since each network "
                + "is trained without some.");
        }

        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (_sha256, _frequencies) = (new string[Recordings.Count], new double[Recordings.Count]);
        for (var r = 0; r < _sha256.Length; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var leads = Recordings[r].Read();
            (_sha256[r], _frequencies[r]) = (Hash(leads, whole), leads.SamplingFrequencyHz);
        }

        Sha256 = Convert.ToHexStringLower(whole.GetHashAndReset());
        var patients = string.Join('\n', Recordings.Select(recording => recording.Patient));
        PatientsSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(patients)));
    }

    /// <summary>The recordings, in order of their names.</summary>
    public IReadOnlyList<TrainingRecording> Recordings { get; }

    /// <summary>The patients, in order of their names.</summary>
    public IReadOnlyList<string> Patients => _patients;

    /// <summary>
    /// SHA-256 over the samples of all recordings as they were read, recording by recording, lead by lead: float32 in mV, little-endian.
    /// </summary>
    public string Sha256 { get; }

    /// <summary>SHA-256 of the patient of every recording: they decide on the folds.</summary>
    public string PatientsSha256 { get; }

    /// <summary>Returns the same hash as <see cref="Sha256"/> of one recording.</summary>
    public string Sha256Of(int recording) => _sha256[recording];

    /// <summary>Returns the samples per second of one recording.</summary>
    public double FrequencyOf(int recording) => _frequencies[recording];

    /// <summary>Returns the number of a recording's patient.</summary>
    public int PatientOf(int recording) => Array.IndexOf(_patients, Recordings[recording].Patient);

    private static string Hash(TrainingLeads leads, IncrementalHash whole)
    {
        using var own = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var lead in leads.MilliVolts)
        {
            var bytes = MemoryMarshal.AsBytes<float>(lead);
            own.AppendData(bytes);
            whole.AppendData(bytes);
        }

        return Convert.ToHexStringLower(own.GetHashAndReset());
    }

    private void RefuseNames()
    {
        if (Recordings.CountBy(recording => recording.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } name })
            throw new InvalidDataException($"There are two recordings {name}; expected one of each name.");
        // The model file lists names with these between them.
        if (Recordings.FirstOrDefault(recording => recording.Name.AsSpan().ContainsAny(",;")) is { } odd)
            throw new InvalidDataException($"Recording '{odd.Name}' has a comma or a semicolon in its name; expected one without.");
    }
}
