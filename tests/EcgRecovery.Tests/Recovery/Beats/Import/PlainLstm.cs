using EcgRecovery.Neural.Networks;

namespace EcgRecovery.Tests.Recovery.Beats.Import;

/// <summary>The original network in double precision, written down from the programs' own documents.</summary>
internal static class PlainLstm
{
    private static readonly int[] s_units = [64, 32, 64];

    /// <summary>Keras: z = x·kernel + h·recurrent_kernel + bias; gates i, f, c, o.</summary>
    public static double[] Keras(float[] x, IReadOnlyList<WeightTensor> tensors) => Run(
        x,
        (layer, gate, row, unit) => tensors[3 * layer].Values[(row * 4 * s_units[layer]) + (gate * s_units[layer]) + unit],
        (layer, gate, row, unit) => tensors[(3 * layer) + 1].Values[(row * 4 * s_units[layer]) + (gate * s_units[layer]) + unit],
        (layer, gate, unit) => tensors[(3 * layer) + 2].Values[(gate * s_units[layer]) + unit],
        tensors[9].Values,
        tensors[10].Values[0]);

    /// <summary>PyTorch: z = weight_ih·x + bias_ih + weight_hh·h + bias_hh; gates i, f, g, o.</summary>
    public static double[] Torch(float[] x, IReadOnlyList<WeightTensor> tensors) => Run(
        x,
        (layer, gate, column, unit) => tensors[4 * layer].Values[(((gate * s_units[layer]) + unit) * Inputs(layer)) + column],
        (layer, gate, column, unit) => tensors[(4 * layer) + 1].Values[(((gate * s_units[layer]) + unit) * s_units[layer]) + column],
        (layer, gate, unit) =>
            (double)tensors[(4 * layer) + 2].Values[(gate * s_units[layer]) + unit]
            + tensors[(4 * layer) + 3].Values[(gate * s_units[layer]) + unit],
        tensors[12].Values,
        tensors[13].Values[0]);

    private static int Inputs(int layer) => layer == 0 ? 1 : s_units[layer - 1];

    /// <param name="x">[T].</param>
    /// <param name="kernel">The weight of layer, gate, input and unit.</param>
    /// <param name="recurrent">The weight of layer, gate, unit before and unit.</param>
    /// <param name="bias">The bias of layer, gate and unit.</param>
    /// <param name="dense">[64].</param>
    /// <param name="denseBias">The bias of the output.</param>
    private static double[] Run(
        float[] x, Func<int, int, int, int, double> kernel, Func<int, int, int, int, double> recurrent, Func<int, int, int, double> bias,
        float[] dense, double denseBias)
    {
        double[][] sequence = [.. x.Select(value => (double[])[value])];
        for (var layer = 0; layer < s_units.Length; layer++)
        {
            double[] h = new double[s_units[layer]], c = new double[h.Length];
            for (var t = 0; t < sequence.Length; t++)
            {
                var input = sequence[t];
                var next = new double[h.Length];
                for (var unit = 0; unit < h.Length; unit++)
                {
                    var (i, f, g, o) = (Sum(0, unit), Sum(1, unit), Sum(2, unit), Sum(3, unit));
                    c[unit] = (Sigmoid(f) * c[unit]) + (Sigmoid(i) * Math.Tanh(g));
                    next[unit] = Sigmoid(o) * Math.Tanh(c[unit]);
                }

                sequence[t] = h = next;

                double Sum(int gate, int unit)
                {
                    var sum = bias(layer, gate, unit);
                    for (var k = 0; k < input.Length; k++)
                        sum += kernel(layer, gate, k, unit) * input[k];
                    for (var k = 0; k < h.Length; k++)
                        sum += recurrent(layer, gate, k, unit) * h[k];
                    return sum;
                }
            }
        }

        return [.. sequence.Select(h => denseBias + h.Zip(dense, (value, weight) => value * weight).Sum())];
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
