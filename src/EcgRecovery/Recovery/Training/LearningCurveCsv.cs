using System.Globalization;
using System.Text;

namespace EcgRecovery.Recovery.Training;

/// <summary>A learning curve as CSV, one line per epoch; the validation loss is empty without validation.</summary>
/// <remarks><c>epoch,loss,validation_loss,learning_rate</c></remarks>
internal static class LearningCurveCsv
{
    /// <summary>Returns the file's text.</summary>
    public static string Format(IReadOnlyList<EpochResult> curve)
    {
        var text = new StringBuilder("epoch,loss,validation_loss,learning_rate\n");
        foreach (var epoch in curve)
        {
            var validation = double.IsNaN(epoch.ValidationLoss) ? "" : epoch.ValidationLoss.ToString("R", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Loss:R},{validation},{epoch.LearningRate:R}\n");
        }

        return text.ToString();
    }
}
