namespace EcgRecovery.Evaluation.Records.Results;

/// <summary>A method under test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SawTestPatients">Whether it learned from patients that it is tested on; null where that is not known.</param>
internal sealed record TestedMethod(string Name, bool? SawTestPatients);
