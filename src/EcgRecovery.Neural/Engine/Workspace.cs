namespace EcgRecovery.Neural.Engine;

/// <summary>The activations of a group of 16 sequences; each thread has one and reuses it for every group.</summary>
internal sealed unsafe class Workspace
{
    /// <summary>Number of time steps per weight gradient: their transposed inputs fit the first-level cache.</summary>
    public const int BlockSteps = 8;

    public Workspace(ParameterLayout layout, NativeArena arena, int timeSteps, int segmentSteps, bool forTraining)
    {
        TimeSteps = timeSteps;
        SegmentSteps = Math.Min(Padding.RoundUp(timeSteps, BlockSteps), segmentSteps);
        var outputs = layout.Spec.OutputCount;
        var layers = layout.Layers.Count;
        Input = new Frames(arena.Allocate((long)timeSteps * layout.InputRows * 16), layout.InputRows * 16);
        Output = arena.Allocate((long)timeSteps * outputs * 16);
        var maximumRows = Enumerable.Range(0, layers).Max(layout.OutputRows);
        var maximumUnits = layout.Directions.Max(d => d.PaddedUnits);
        Zeros = arena.Allocate(maximumUnits * 16L);
        Gates = arena.Allocate(5 * maximumUnits * 16L);
        CellState = arena.Allocate(maximumUnits * 16L);
        Layers = new LayerFrames[forTraining ? layers : Math.Min(2, layers)];
        for (var i = 0; i < Layers.Length; i++)
            Layers[i] = new LayerFrames(arena, forTraining ? layout.OutputRows(i) : maximumRows, timeSteps, withGradient: forTraining);
        if (!forTraining)
            return;

        Target = arena.Allocate((long)timeSteps * outputs * 16);
        LossWeights = arena.Allocate((long)timeSteps * outputs * 16);
        Recurrent = arena.Allocate(maximumUnits * 16L);
        Stashes = [.. layout.Directions.Select(d => new Stash(arena, d.PaddedUnits, SegmentSteps, ((timeSteps - 1) / SegmentSteps) + 1))];
        TransposedHidden = arena.Allocate((long)BlockSteps * 16 * layout.Directions.Max(d => d.RecurrentColumns));
        TransposedInput = arena.Allocate((long)BlockSteps * 16 * layout.Directions.Max(d => d.InputColumns));
    }

    public int TimeSteps { get; }

    /// <summary>Number of steps whose stash is kept at a time; a multiple of <see cref="BlockSteps"/>.</summary>
    public int SegmentSteps { get; }

    /// <summary>The clock of the thread.</summary>
    public PhaseClock Clock { get; } = new();

    /// <summary>x, [T][input rows][16].</summary>
    public Frames Input { get; }

    /// <summary>y; after the loss, its gradient: [T][O][16].</summary>
    public float* Output { get; }

    /// <summary>t, [T][O][16].</summary>
    public float* Target { get; }

    /// <summary>w, [T][O][16]; 0 in lanes without a sequence.</summary>
    public float* LossWeights { get; }

    /// <summary>A frame of zeros: the state before the first step.</summary>
    public float* Zeros { get; }

    /// <summary>Gates [4H][16] and tanh c [H][16] of the current step, for inference.</summary>
    public float* Gates { get; }

    /// <summary>c in inference, dc in training: [units][16].</summary>
    public float* CellState { get; }

    /// <summary>dh from the step after, [units][16].</summary>
    public float* Recurrent { get; }

    /// <summary>The outputs of each layer; in inference two that alternate.</summary>
    public LayerFrames[] Layers { get; }

    /// <summary>The stash of each direction, for training.</summary>
    public Stash[] Stashes { get; } = [];

    /// <summary>h of the previous steps, [steps][16][recurrent columns].</summary>
    public float* TransposedHidden { get; }

    /// <summary>The layer's input, [steps][16][input columns].</summary>
    public float* TransposedInput { get; }

    /// <summary>Returns the input of a layer: the network's input, or the outputs of the layer below.</summary>
    public Frames InputOf(int layer) => layer == 0 ? Input : FramesOf(layer - 1).AsInput;

    /// <summary>Returns the outputs of a layer.</summary>
    public LayerFrames FramesOf(int layer) => Layers[layer % Layers.Length];
}
