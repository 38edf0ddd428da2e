namespace EcgRecovery.Recovery.Training;

/// <summary>A learning curve as JSON: <c>[[epoch,loss,validation loss or null,learning rate],…]</c>.</summary>
internal static class LearningCurveJson
{
    /// <summary>Writes a curve.</summary>
    public static string Write(IEnumerable<EpochResult> curve) =>
        JsonRows.Write(curve.Select(e => (double[])[e.Epoch, e.Loss, e.ValidationLoss, e.LearningRate]));

    /// <summary>Reads a curve.</summary>
    /// <exception cref="FormatException">The text is no such JSON.</exception>
    public static IReadOnlyList<EpochResult> Read(string json)
    {
        var curve = new List<EpochResult>();
        foreach (var row in JsonRows.Read<double>("curve", json, width: 4))
        {
            if (!double.IsInteger(row[0]))
                throw new FormatException("an epoch of curve is no whole number.");
            curve.Add(new EpochResult((int)row[0], row[1], row[2], row[3]));
        }

        return curve;
    }
}
