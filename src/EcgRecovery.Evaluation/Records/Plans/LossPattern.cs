namespace EcgRecovery.Evaluation.Records.Plans;

/// <summary>How gaps follow each other.</summary>
internal enum LossPattern
{
    /// <summary>Single gaps, far from each other.</summary>
    Single,

    /// <summary>Packets lost in bursts, see <see cref="GilbertElliottLoss"/>.</summary>
    GilbertElliott,

    /// <summary>Bluetooth packets lost independently, see <see cref="PacketLoss"/>.</summary>
    Packets,

    /// <summary>The losses of a real recording, see <see cref="RealLoss"/>.</summary>
    Real,
}
