using EcgRecovery.Recovery.Records.Model;

namespace EcgRecovery.Recovery.Records.Training;

/// <summary>A gap that was cut from a recording to learn from.</summary>
/// <param name="Patient">Number of its recording.</param>
/// <param name="Cells">What the network sees.</param>
/// <param name="Residual">[cells inside the gap]: the true samples less the mean estimate, in units of the channels.</param>
internal sealed record TrainingGap(int Patient, GapCells Cells, float[] Residual);
