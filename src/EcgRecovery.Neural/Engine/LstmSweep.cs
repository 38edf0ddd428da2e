using EcgRecovery.Neural.Kernels;

namespace EcgRecovery.Neural.Engine;

/// <summary>One direction of one LSTM layer over a whole sequence: forward, backward, weight gradients.</summary>
/// <remarks>n counts the steps of the sweep; t is the time step: n, or T − 1 − n for a direction backward in time.</remarks>
/// <param name="layout">The layout of its parameters.</param>
/// <param name="packed">Its packed weights.</param>
/// <param name="index">Its index among all directions.</param>
internal sealed unsafe class LstmSweep<TLanes>(DirectionLayout layout, PackedWeights<TLanes> packed, int index)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int _units = layout.PaddedUnits;

    public DirectionLayout Layout => layout;

    public PackedWeights<TLanes> Packed => packed;

    /// <summary>Runs forward; keeps h of every step and the stash of the last segment for <see cref="Backward"/>.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <param name="work">Receives h and the stash.</param>
    /// <param name="input">Frames of the layer below.</param>
    /// <param name="steps">T.</param>
    public void ForwardForTraining(float* parameters, Workspace work, Frames input, int steps)
    {
        var stash = work.Stashes[index];
        for (var start = 0; start < steps; start += work.SegmentSteps)
        {
            var end = Math.Min(start + work.SegmentSteps, steps);
            RunSegment(parameters, work, input, start, end, steps);
            if (end < steps)
                stash.PreviousCells(end - start).CopyTo(stash.CellBefore(end / work.SegmentSteps));
        }
    }

    /// <summary>Runs forward and keeps only h.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <param name="work">Receives h; its gates and cell state are scratch.</param>
    /// <param name="input">Frames of the layer below.</param>
    /// <param name="steps">T.</param>
    public void Forward(float* parameters, Workspace work, Frames input, int steps)
    {
        var frames = work.FramesOf(layout.Layer);
        new Span<float>(work.CellState, _units * 16).Clear();
        var previousHidden = work.Zeros;
        for (var n = 0; n < steps; n++)
        {
            var t = TimeOf(n, steps);
            var h = frames.Hidden(t) + OutputOffset;
            PanelProduct.Run<TLanes, FromBias>(
                packed.Blocks, packed.Forward, parameters + layout.Bias, 16, input.At(t), layout.InputRows, previousHidden, _units,
                work.Gates, default);
            LstmCell.Forward<TLanes>(_units, work.Gates, work.CellState, work.CellState, work.Gates + (_units * 64), h);
            previousHidden = h;
        }
    }

    /// <summary>Runs backward: from dh in the layer's frames to dh in the frames below and to the gradients of the weights.</summary>
    /// <param name="parameters">The flat parameters.</param>
    /// <param name="work">The workspace of <see cref="ForwardForTraining"/>; dz overwrites the gates of its stash.</param>
    /// <param name="input">Frames of the layer below.</param>
    /// <param name="gradients">Added to.</param>
    /// <param name="steps">T.</param>
    public void Backward(float* parameters, Workspace work, Frames input, GradientSlot gradients, int steps)
    {
        new Span<float>(work.Recurrent, _units * 16).Clear();
        new Span<float>(work.CellState, _units * 16).Clear();
        var last = (steps - 1) / work.SegmentSteps * work.SegmentSteps;
        for (var start = last; start >= 0; start -= work.SegmentSteps)
        {
            var end = Math.Min(start + work.SegmentSteps, steps);
            if (start < last)
                RunSegment(parameters, work, input, start, end, steps);   // later segments have overwritten its stash
            BackSegment(work, input, gradients, start, end, steps);
        }
    }

    /// <summary>Runs steps start … end − 1 forward.</summary>
    private void RunSegment(float* parameters, Workspace work, Frames input, int start, int end, int steps)
    {
        var frames = work.Layers[layout.Layer];
        var stash = work.Stashes[index];
        stash.CellBefore(start / work.SegmentSteps).CopyTo(stash.PreviousCells(0));
        var previousHidden = start == 0 ? work.Zeros : frames.Hidden(TimeOf(start - 1, steps)) + OutputOffset;
        for (var n = start; n < end; n++)
        {
            var frame = n - start;
            var t = TimeOf(n, steps);
            var next = TimeOf(Math.Min(n + 1, steps - 1), steps);
            var h = frames.Hidden(t) + OutputOffset;
            var clock = PhaseClock.Now();
            PanelProduct.Run<TLanes, FromBias>(
                packed.Blocks, packed.Forward, parameters + layout.Bias, 16, input.At(t), layout.InputRows, previousHidden, _units,
                stash.Gates(frame), new Prefetch(stash.Gates(frame + 1), stash.Stride, frames.Hidden(next) + OutputOffset, _units * 16));
            clock = work.Clock.Add(Phase.ForwardProduct, clock);
            LstmCell.Forward<TLanes>(
                _units, stash.Gates(frame), stash.PreviousCell(frame), stash.PreviousCell(frame + 1), stash.TanhCell(frame), h);
            work.Clock.Add(Phase.ForwardCell, clock);
            previousHidden = h;
        }
    }

    /// <summary>Runs steps end − 1 … start backward; their stash must be filled.</summary>
    private void BackSegment(Workspace work, Frames input, GradientSlot gradients, int start, int end, int steps)
    {
        var stash = work.Stashes[index];
        var frames = work.Layers[layout.Layer];
        var blockEnd = end;
        for (var n = end - 1; n >= start; n--)
        {
            var frame = n - start;
            var dz = stash.Gates(frame);
            var next = TimeOf(Math.Max(n - 1, 0), steps);
            var clock = PhaseClock.Now();
            LstmCell.Backward<TLanes>(
                _units, dz, stash.PreviousCell(frame), stash.TanhCell(frame), work.Recurrent,
                frames.Gradient(TimeOf(n, steps)) + OutputOffset, work.CellState);
            clock = work.Clock.Add(Phase.BackwardCell, clock);
            PanelProduct.Run<TLanes, FromBias>(
                _units / 16, packed.BackwardRecurrent, work.Zeros, 0, dz, layout.GateRows, dz, 0, work.Recurrent,
                new Prefetch(stash.Gates(Math.Max(frame - 1, 0)), stash.Stride, frames.Hidden(next), frames.Stride));
            if (layout.Layer > 0)
                InputGradient(work, dz, TimeOf(n, steps), next);
            clock = work.Clock.Add(Phase.DataGradient, clock);
            if (frame % Workspace.BlockSteps == 0)
            {
                AddWeightGradients(work, input, gradients, dz, n, blockEnd - n, steps);
                blockEnd = n;
                work.Clock.Add(Phase.WeightGradient, clock);
            }
        }
    }

    private int OutputOffset => layout.OutputRow * 16;

    private int TimeOf(int n, int steps) => layout.Reversed ? steps - 1 - n : n;

    /// <summary>Computes dh of the layer below: the first direction writes it, the second adds to it.</summary>
    private void InputGradient(Workspace work, float* dz, int t, int next)
    {
        var frames = work.Layers[layout.Layer - 1];
        var below = frames.Gradient(t);
        var blocks = layout.InputRows / 16;
        var prefetch = new Prefetch(frames.Hidden(next), frames.Stride);
        if (layout.Reversed)
        {
            PanelProduct.Run<TLanes, FromDestination>(
                blocks, packed.BackwardInput, work.Zeros, 0, dz, layout.GateRows, dz, 0, below, prefetch);
        }
        else
        {
            PanelProduct.Run<TLanes, FromBias>(
                blocks, packed.BackwardInput, work.Zeros, 0, dz, layout.GateRows, dz, 0, below, prefetch);
        }
    }

    /// <summary>Adds the weight gradients of steps n … n + count − 1, dz of the first at <paramref name="dz"/>.</summary>
    /// <remarks>Sixteen rows at a time, so that their dz stays in the first-level cache for recurrent, input and bias weights.</remarks>
    private void AddWeightGradients(Workspace work, Frames input, GradientSlot gradients, float* dz, int n, int count, int steps)
    {
        // The recurrent input of step n is h of step n − 1; that of the first step is zero.
        var skip = n == 0 ? 1 : 0;
        var first = TimeOf(n, steps);
        var direction = layout.Reversed ? -1 : 1;
        var x = input.At(first);
        var xStride = (nint)input.Stride * direction;
        if (count > skip)
        {
            var frames = work.Layers[layout.Layer];
            var hidden = frames.Hidden(TimeOf(n + skip - 1, steps)) + OutputOffset;
            Transpose(hidden, (nint)frames.Stride * direction, work.TransposedHidden, layout.RecurrentColumns, count - skip);
        }

        if (!layout.InputIsThin)
            Transpose(x, xStride, work.TransposedInput, layout.InputColumns, count);

        var stride = work.Stashes[index].Stride;
        for (var row = 0; row < layout.GateRows; row += 16)
        {
            var rows = dz + (row * 16);
            var weights = gradients.Values + layout.Weights + ((nint)row * layout.Stride);
            WeightGradient.Add<TLanes>(
                16, layout.RecurrentColumns, count - skip, rows + (skip * stride), stride, work.TransposedHidden, weights, layout.Stride);
            if (!layout.InputIsThin)
            {
                WeightGradient.Add<TLanes>(
                    16, layout.InputColumns, count, rows, stride, work.TransposedInput, weights + layout.RecurrentColumns, layout.Stride);
            }

            for (var k = 0; layout.InputIsThin && k < layout.InputRows; k++)
            {
                WeightGradient.AddColumn<TLanes>(
                    16, count, rows, stride, x + (k * 16), xStride, gradients.ThinColumn(index, k) + (row * 16));
            }

            WeightGradient.AddColumn<TLanes>(16, count, rows, stride, gradients.Ones, 0, gradients.BiasColumn(index) + (row * 16));
        }
    }

    /// <summary>Transposes [row][16] of each step to [16][column].</summary>
    private static void Transpose(float* frames, nint stride, float* destination, int columns, int steps)
    {
        for (var t = 0; t < steps; t++, frames += stride, destination += 16 * columns)
        {
            for (var row = 0; row < columns; row += 16)
                TLanes.Transpose16(frames + (row * 16), 16, destination + row, columns);
        }
    }
}
