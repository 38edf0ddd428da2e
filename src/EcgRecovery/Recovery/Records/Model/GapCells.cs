namespace EcgRecovery.Recovery.Records.Model;

/// <summary>A gap as the network sees it: channels by cell, features of the whole gap, and the unit of both.</summary>
/// <param name="Channels">[cells, <see cref="GapChannels.Count"/>].</param>
/// <param name="Features">[<see cref="GapChannels.Features"/>].</param>
/// <param name="Before">Cells before the gap.</param>
/// <param name="Inside">Cells of the gap.</param>
/// <param name="Scale">What one unit of the channels and outputs is, in the lead's unit.</param>
internal sealed record GapCells(float[] Channels, float[] Features, int Before, int Inside, float Scale)
{
    /// <summary>Number of cells.</summary>
    public int Count => Channels.Length / GapChannels.Count;

    /// <summary>Number of time steps of the network.</summary>
    public int Steps => Count / CellGrid.Fold;
}
