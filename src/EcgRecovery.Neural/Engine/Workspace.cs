namespace EcgRecovery.Neural.Engine;

/// <summary>The activations of one group of 16 sequences, owned by one thread and overwritten by every group.</summary>
/// <remarks>A frame is one time step of [row][16]; frames lie a few rows further apart than their length, so that no stride is a multiple of 4 KiB.</remarks>
internal sealed unsafe class Workspace
{
    /// <summary>Time steps whose weight gradients are formed together: their transposed inputs fit the second-level cache.</summary>
    public const int BlockSteps = 8;

    private const int StaggerRows = 4;

    public Workspace(ParameterLayout layout, NativeArena arena, int timeSteps, bool forTraining)
    {
        TimeSteps = timeSteps;
        var outputs = layout.Spec.OutputCount;
        Input = arena.Allocate((long)timeSteps * layout.InputRows * 16);
        Output = arena.Allocate((long)timeSteps * outputs * 16);
        var mostRows = layout.Layers.Select((_, i) => layout.OutputRows(i)).Max();
        var mostUnits = layout.Directions.Max(d => d.PaddedUnits);
        Zeros = arena.Allocate(mostUnits * 16L);
        Gates = arena.Allocate(5 * mostUnits * 16L);
        CellState = arena.Allocate(mostUnits * 16L);
        HiddenStride = (mostRows + StaggerRows) * 16;
        Hidden = new nint[forTraining ? layout.Layers.Count : Math.Min(2, layout.Layers.Count)];
        for (var i = 0; i < Hidden.Length; i++)
            Hidden[i] = (nint)arena.Allocate((long)timeSteps * HiddenStride);
        if (!forTraining)
            return;

        Target = arena.Allocate((long)timeSteps * outputs * 16);
        LossWeights = arena.Allocate((long)timeSteps * outputs * 16);
        Recurrent = arena.Allocate(mostUnits * 16L);
        Above = [(nint)arena.Allocate((long)timeSteps * HiddenStride), (nint)arena.Allocate((long)timeSteps * HiddenStride)];
        Stashes = [.. layout.Directions.Select(d => new Stash(arena, d.PaddedUnits, timeSteps))];
        var mostColumns = layout.Directions.Max(d => Math.Max(d.RecurrentColumns, d.InputColumns));
        Transposed = arena.Allocate((long)BlockSteps * 16 * mostColumns);
    }

    public int TimeSteps { get; }

    /// <summary>Where the owning thread's time goes.</summary>
    public PhaseClock Clock { get; } = new();

    /// <summary>[T][input rows][16].</summary>
    public float* Input { get; }

    /// <summary>Outputs; after the loss, their gradients: [T][O][16].</summary>
    public float* Output { get; }

    /// <summary>[T][O][16].</summary>
    public float* Target { get; }

    /// <summary>[T][O][16]; 0 in lanes without a sequence.</summary>
    public float* LossWeights { get; }

    /// <summary>A frame that stays zero: the state before the first step.</summary>
    public float* Zeros { get; }

    /// <summary>Gates [4H][16] and tanh c [H][16] of the step in hand, for inference.</summary>
    public float* Gates { get; }

    /// <summary>c in inference, dc in training: [units][16].</summary>
    public float* CellState { get; }

    /// <summary>dh from the step after, [units][16].</summary>
    public float* Recurrent { get; }

    /// <summary>h of each layer, frames of <see cref="HiddenStride"/>; inference has two that alternate.</summary>
    public nint[] Hidden { get; }

    public int HiddenStride { get; }

    /// <summary>dh handed down, two that alternate, frames of <see cref="HiddenStride"/>.</summary>
    public nint[] Above { get; } = [];

    /// <summary>Per direction, for training.</summary>
    public Stash[] Stashes { get; } = [];

    /// <summary>[steps][16][columns].</summary>
    public float* Transposed { get; }
}
