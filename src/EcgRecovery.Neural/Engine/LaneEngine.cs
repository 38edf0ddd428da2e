using EcgRecovery.Neural.Kernels;
using EcgRecovery.Neural.Networks;
using EcgRecovery.Neural.Training;

namespace EcgRecovery.Neural.Engine;

/// <summary>The vector engine: a lane is a sequence, a group is 16 sequences, threads share the groups.</summary>
/// <remarks>Layout and data flow: docs/engine.md.</remarks>
internal sealed unsafe class LaneEngine<TLanes> : IEngine
    where TLanes : struct, ILanes<TLanes>
{
    private const int GroupSize = 16;
    private const int MaximumSlots = 8;
    private readonly ParameterLayout _layout;
    private readonly WorkerTeam _team;
    private readonly NativeArena _arena = new();
    private readonly LstmSweep<TLanes>[] _sweeps;
    private readonly bool _forTraining;
    private readonly int _segmentSteps;
    private readonly float* _parameters;
    private readonly AdamUpdate<TLanes>? _adam;
    private readonly List<GradientSlot> _slots = [];
    private readonly Action<int, int> _trainSlot;
    private readonly Action<int, int> _predictItem;
    private NativeArena? _workArena;
    private Workspace[] _work = [];
    private SequenceEngine<TLanes>? _single;
    private bool _singleIsStale;
    private Call _call;

    // Number of slots with gradients of the last batch; 1 after they have been added.
    private int _gradientSlots;

    public LaneEngine(NetworkSpec spec, int threads, bool forTraining, int segmentSteps)
    {
        if (forTraining)
            WarmUp<TLanes>.Start();
        _layout = new ParameterLayout(spec);
        _forTraining = forTraining;
        _segmentSteps = Padding.RoundUp(segmentSteps, Workspace.BlockSteps);
        _parameters = _arena.Allocate(_layout.Size);
        _sweeps = [.. _layout.Directions.Select((d, i) => new LstmSweep<TLanes>(d, new PackedWeights<TLanes>(d, _arena, forTraining), i))];
        if (forTraining)
            _adam = new AdamUpdate<TLanes>(_layout, _parameters, [.. _sweeps.Select(s => s.Packed)], _arena);
        _trainSlot = TrainSlot;
        _predictItem = PredictItem;
        _team = new WorkerTeam(threads);   // last, so that no thread keeps running if an allocation above fails
    }

    public long Updates { get; set; }

    public long MemoryBytes => _arena.Bytes + (_workArena?.Bytes ?? 0) + (_single?.MemoryBytes ?? 0);

    /// <summary>Gets the clock of each thread.</summary>
    public IEnumerable<PhaseClock> Clocks => _work.Select(work => work.Clock);

    public double ComputeGradients(float* input, float* target, float* lossWeights, int sequences, int steps, LossFunction loss)
    {
        EnsureWorkspaces(steps);
        var groups = (sequences + GroupSize - 1) / GroupSize;
        var slots = Math.Min(groups, MaximumSlots);
        while (_slots.Count < slots)
            _slots.Add(new GradientSlot(_layout, _arena));

        var length = steps * _layout.Spec.OutputCount;
        var count = loss is SequenceLoss
            ? SequencesThatCount(lossWeights, sequences, length)
            : SumOfWeights(lossWeights, sequences * length);
        _call = new Call
        {
            Input = input,
            Target = target,
            LossWeights = lossWeights,
            Sequences = sequences,
            Steps = steps,
            Groups = groups,
            Slots = slots,
            Loss = loss,
            Scale = count > 0 ? 1 / count : 0,
        };
        _team.Run(slots, _trainSlot);
        _gradientSlots = slots;

        var total = 0.0;
        for (var slot = 0; slot < slots; slot++)
            total += _slots[slot].Loss;
        return total * _call.Scale;
    }

    public void Update(AdamOptions options, double learningRate)
    {
        Updates++;
        var clock = PhaseClock.Now();
        _adam!.Run(_team, _slots, _gradientSlots, options, learningRate, Updates);
        _gradientSlots = 1;
        _singleIsStale = true;
        _work[0].Clock.Add(Phase.Update, clock);
    }

    public void Predict(float* input, int sequences, int steps, float* output)
    {
        var groups = BatchShare.Groups(sequences, _team.Threads);
        if (groups > 0)
            EnsureWorkspaces(steps);
        _call = new Call
        {
            Input = input,
            Output = output,
            Sequences = sequences,
            Steps = steps,
            Groups = groups,
        };
        var pieces = groups * GroupSize < sequences ? Single().Begin(input, groups * GroupSize, sequences, steps, output) : 0;
        _team.Run(groups + pieces, _predictItem);
    }

    public IReadOnlyList<WeightTensor> Export(EngineArray array)
    {
        if (array == EngineArray.Gradients)
        {
            _adam!.Reduce(_team, _slots, _gradientSlots);
            _gradientSlots = 1;
        }

        var tensors = _layout.Export(Flat(array));
        GC.KeepAlive(this);   // a pointer does not keep the arena from its finalizer
        return tensors;
    }

    public void Import(EngineArray array, IReadOnlyList<WeightTensor> tensors)
    {
        _layout.Import(tensors, Flat(array));
        if (array == EngineArray.Weights)
            Pack();
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        _team.Dispose();
        _workArena?.Dispose();
        _single?.Dispose();
        _arena.Dispose();
    }

    private static double SumOfWeights(float* lossWeights, int count)
    {
        if (lossWeights is null)
            return count;
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += lossWeights[i];
        return sum;
    }

    /// <summary>Returns B′, the number of sequences with a loss weight other than 0.</summary>
    private static int SequencesThatCount(float* lossWeights, int sequences, int length)
    {
        if (lossWeights is null)
            return sequences;
        var count = 0;
        for (var s = 0; s < sequences; s++)
            count += new ReadOnlySpan<float>(lossWeights + ((nint)s * length), length).ContainsAnyExcept(0f) ? 1 : 0;
        return count;
    }

    internal float* Flat(EngineArray array) => array switch
    {
        EngineArray.Weights => _parameters,
        EngineArray.Gradients => _slots[0].Values,
        EngineArray.FirstMoments => _adam!.FirstMoments,
        _ => _adam!.SecondMoments,
    };

    private void EnsureWorkspaces(int steps)
    {
        if (_work.Length == 0 || _work[0].TimeSteps < steps)
            MakeWorkspaces(steps);
    }

    private void MakeWorkspaces(int steps)
    {
        _work = [];
        _workArena?.Dispose();
        _workArena = new NativeArena();
        var arena = _workArena;
        _work = [.. Enumerable.Range(0, _team.Threads).Select(_ => new Workspace(_layout, arena, steps, _segmentSteps, _forTraining))];
    }

    private void Pack()
    {
        _singleIsStale = true;
        foreach (var sweep in _sweeps)
        {
            for (var block = 0; block < sweep.Packed.Blocks; block++)
                sweep.Packed.Pack(_parameters, block);
        }
    }

    /// <summary>Returns the engine for single sequences, with the current weights.</summary>
    private SequenceEngine<TLanes> Single()
    {
        _single ??= new SequenceEngine<TLanes>(_layout, _team.Threads);
        if (_singleIsStale)
            _single.Pack(_parameters);
        _singleIsStale = false;
        return _single;
    }

    /// <summary>Computes a slot: groups slot, slot + slots, slot + 2·slots, … in this order.</summary>
    private void TrainSlot(int thread, int slot)
    {
        var gradients = _slots[slot];
        var clock = PhaseClock.Now();
        gradients.Clear();
        _work[thread].Clock.Add(Phase.LoadAndClear, clock);
        for (var group = slot; group < _call.Groups; group += _call.Slots)
            TrainGroup(_work[thread], gradients, group * GroupSize, Math.Min(GroupSize, _call.Sequences - (group * GroupSize)));
        clock = PhaseClock.Now();
        gradients.Fold<TLanes>();
        _work[thread].Clock.Add(Phase.LoadAndClear, clock);
    }

    private void TrainGroup(Workspace work, GradientSlot gradients, int first, int count)
    {
        var steps = _call.Steps;
        var spec = _layout.Spec;
        var clock = PhaseClock.Now();
        Load(_call.Input, first, count, spec.InputCount, work.Input.At(0), _layout.InputRows);
        Load(_call.Target, first, count, spec.OutputCount, work.Target, spec.OutputCount);
        if (_call.LossWeights is null)
            Batch.LoadOnes(count, steps, spec.OutputCount, work.LossWeights);
        else
            Load(_call.LossWeights, first, count, spec.OutputCount, work.LossWeights, spec.OutputCount);

        work.Clock.Add(Phase.LoadAndClear, clock);
        foreach (var sweep in _sweeps)
            sweep.ForwardForTraining(_parameters, work, work.InputOf(sweep.Layout.Layer), steps);

        clock = PhaseClock.Now();
        if (_call.Loss is SequenceLoss sequenceLoss)
            DenseAndSequenceLoss(work, gradients, steps, sequenceLoss);
        else
            DenseAndValueLoss(work, gradients, steps, (ValueLoss)_call.Loss);
        work.Clock.Add(Phase.Dense, clock);
        Backward(work, gradients, steps);
    }

    /// <summary>Computes dense layer, loss and dense gradients per time step, whose h is then in the cache.</summary>
    private void DenseAndValueLoss(Workspace work, GradientSlot gradients, int steps, ValueLoss loss)
    {
        var outputs = _layout.Spec.OutputCount;
        var weights = _parameters + _layout.Dense;
        var top = work.Layers[^1];
        for (var t = 0; t < steps; t++)
        {
            var at = (nint)t * outputs * 16;
            var h = top.Hidden(t);
            var y = work.Output + at;
            DenseOutput.Forward<TLanes>(weights, _parameters + _layout.DenseBias, outputs, _layout.TopRows, h, y);
            gradients.Loss += ValueLossKernel.Run<TLanes>(y, work.Target + at, work.LossWeights + at, outputs, loss, (float)_call.Scale);
            DenseOutput.Backward<TLanes>(weights, outputs, _layout.TopRows, h, y, top.Gradient(t), gradients);
        }
    }

    /// <summary>Computes dense layer, loss and dense gradients one after the other, as the loss needs all outputs of a sequence.</summary>
    private void DenseAndSequenceLoss(Workspace work, GradientSlot gradients, int steps, SequenceLoss loss)
    {
        var outputs = _layout.Spec.OutputCount;
        var top = work.Layers[^1];
        DenseForward(work, steps);
        gradients.Loss += SequenceLossKernel.Run<TLanes>(
            work.Output, work.Target, work.LossWeights, steps, outputs, loss, (float)_call.Scale);
        for (var t = 0; t < steps; t++)
        {
            DenseOutput.Backward<TLanes>(
                _parameters + _layout.Dense, outputs, _layout.TopRows, top.Hidden(t), work.Output + ((nint)t * outputs * 16),
                top.Gradient(t), gradients);
        }
    }

    private void Backward(Workspace work, GradientSlot gradients, int steps)
    {
        // Layers from the top; within a layer the first direction first: it writes, the second adds.
        for (var layer = _layout.Layers.Count - 1; layer >= 0; layer--)
        {
            foreach (var sweep in _sweeps)
            {
                if (sweep.Layout.Layer == layer)
                    sweep.Backward(_parameters, work, work.InputOf(layer), gradients, steps);
            }
        }
    }

    /// <summary>Computes a group or, after the groups, a piece of the single sequences.</summary>
    private void PredictItem(int thread, int item)
    {
        if (item < _call.Groups)
            PredictGroup(thread, item);
        else
            _single!.Run(item - _call.Groups);
    }

    private void PredictGroup(int thread, int group)
    {
        var work = _work[thread];
        var first = group * GroupSize;
        var count = Math.Min(GroupSize, _call.Sequences - first);
        Load(_call.Input, first, count, _layout.Spec.InputCount, work.Input.At(0), _layout.InputRows);
        foreach (var sweep in _sweeps)
            sweep.Forward(_parameters, work, work.InputOf(sweep.Layout.Layer), _call.Steps);

        DenseForward(work, _call.Steps);
        var outputs = _layout.Spec.OutputCount;
        var all = new Span<float>(_call.Output, _call.Sequences * _call.Steps * outputs);
        Batch.Store(work.Output, count, _call.Steps, outputs, all, first);
    }

    private void Load(float* source, int first, int count, int channels, float* frames, int rows)
    {
        var all = new ReadOnlySpan<float>(source, _call.Sequences * _call.Steps * channels);
        Batch.Load(all, first, count, _call.Steps, channels, frames, rows);
    }

    private void DenseForward(Workspace work, int steps)
    {
        var outputs = _layout.Spec.OutputCount;
        var top = work.FramesOf(_layout.Layers.Count - 1);
        for (var t = 0; t < steps; t++)
        {
            DenseOutput.Forward<TLanes>(
                _parameters + _layout.Dense, _parameters + _layout.DenseBias, outputs, _layout.TopRows,
                top.Hidden(t), work.Output + ((nint)t * outputs * 16));
        }
    }

    /// <summary>The current batch, for all threads.</summary>
    private struct Call
    {
        public float* Input;
        public float* Target;
        public float* LossWeights;
        public float* Output;
        public int Sequences;
        public int Steps;
        public int Groups;
        public int Slots;
        public LossFunction Loss;
        public double Scale;
    }
}
