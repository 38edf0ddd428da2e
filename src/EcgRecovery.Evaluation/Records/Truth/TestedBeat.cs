using EcgRecovery.Records;

namespace EcgRecovery.Evaluation.Records.Truth;

/// <summary>A true beat of a lead.</summary>
/// <param name="RPeak">Sample of its R peak.</param>
/// <param name="Class">Its class; null where it is not known, as in LUDB.</param>
internal readonly record struct TestedBeat(int RPeak, AamiClass? Class = null);
