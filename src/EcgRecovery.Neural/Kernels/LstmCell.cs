using System.Runtime.CompilerServices;

namespace EcgRecovery.Neural.Kernels;

/// <summary>The element-wise part of an LSTM step: forward from pre-activations to h, backward from dh to their gradients.</summary>
/// <remarks>Gates are in blocks of four units, [H / 4][gate i, f, g, o][4][16 lanes]; all other arrays are [H][16 lanes].</remarks>
internal static unsafe class LstmCell
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Computes gates in place of pre-activations, and c, tanh c and h.</summary>
    /// <remarks><code>i = σ(zᵢ)   f = σ(zf)   g = tanh(zg)   o = σ(zₒ)   c = f·c′ + i·g   h = o·tanh c</code></remarks>
    /// <param name="units">H, a multiple of 4.</param>
    /// <param name="gates">z in; i, f, g, o out.</param>
    /// <param name="previousCell">c′; may be <paramref name="cell"/>.</param>
    /// <param name="cell">Receives c.</param>
    /// <param name="tanhCell">Receives tanh c.</param>
    /// <param name="hidden">Receives h.</param>
    [MethodImpl(Kernel)]
    public static void Forward<TLanes>(int units, float* gates, float* previousCell, float* cell, float* tanhCell, float* hidden)
        where TLanes : struct, ILanes<TLanes>
    {
        // Two passes: in one, each unit's tanh c would wait for its gates, with too little work meanwhile.
        var activations = new Activations<TLanes>();
        for (var unit = 0; unit < units; unit++)
        {
            var at = unit * 16;
            var gate = GatesOf(unit, gates);
            var i = activations.Sigmoid(TLanes.Load(gate));
            var f = activations.Sigmoid(TLanes.Load(gate + 64));
            var g = activations.Tanh(TLanes.Load(gate + 128));
            var o = activations.Sigmoid(TLanes.Load(gate + 192));
            TLanes.MultiplyAdd(f, TLanes.Load(previousCell + at), i * g).Store(cell + at);
            i.Store(gate);
            f.Store(gate + 64);
            g.Store(gate + 128);
            o.Store(gate + 192);
        }

        for (var unit = 0; unit < units; unit++)
        {
            var at = unit * 16;
            var tanhC = activations.Tanh(TLanes.Load(cell + at));
            tanhC.Store(tanhCell + at);
            (TLanes.Load(GatesOf(unit, gates) + 192) * tanhC).Store(hidden + at);
        }
    }

    /// <summary>Computes the gradients of the pre-activations of one time step, in place of the gates.</summary>
    /// <remarks>
    /// <code>
    /// dh = recurrent + above          dc += dh·o·(1 − tanh²c)
    /// dzₒ = dh·tanh c·o·(1 − o)       dzᵢ = dc·g·i·(1 − i)      dzg = dc·i·(1 − g²)      dzf = dc·c′·f·(1 − f)
    /// dc′ = dc·f
    /// </code>
    /// </remarks>
    /// <param name="units">H, a multiple of 4.</param>
    /// <param name="gates">i, f, g, o in; dz out.</param>
    /// <param name="previousCell">c′.</param>
    /// <param name="tanhCell">tanh c.</param>
    /// <param name="recurrent">dh from the step after.</param>
    /// <param name="above">dh from the layer above.</param>
    /// <param name="cellGradient">dc in, dc′ out.</param>
    [MethodImpl(Kernel)]
    public static void Backward<TLanes>(
        int units, float* gates, float* previousCell, float* tanhCell, float* recurrent, float* above, float* cellGradient)
        where TLanes : struct, ILanes<TLanes>
    {
        var one = TLanes.Broadcast(1f);
        for (var unit = 0; unit < units; unit++)
        {
            var at = unit * 16;
            var gate = GatesOf(unit, gates);
            var i = TLanes.Load(gate);
            var f = TLanes.Load(gate + 64);
            var g = TLanes.Load(gate + 128);
            var o = TLanes.Load(gate + 192);
            var tanhC = TLanes.Load(tanhCell + at);
            var dhO = (TLanes.Load(recurrent + at) + TLanes.Load(above + at)) * o;
            var dc = TLanes.MultiplyAdd(dhO, TLanes.MultiplySubtractFrom(one, tanhC, tanhC), TLanes.Load(cellGradient + at));
            var dcF = dc * f;
            var dcI = dc * i;
            dcF.Store(cellGradient + at);
            (dcI * g * (one - i)).Store(gate);
            (dcF * TLanes.Load(previousCell + at) * (one - f)).Store(gate + 64);
            (dcI * TLanes.MultiplySubtractFrom(one, g, g)).Store(gate + 128);
            (dhO * tanhC * (one - o)).Store(gate + 192);
        }
    }

    /// <summary>Returns gate i of a unit; f, g and o follow 64 floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* GatesOf(int unit, float* gates) => gates + ((unit >> 2) * 256) + ((unit & 3) * 16);
}
