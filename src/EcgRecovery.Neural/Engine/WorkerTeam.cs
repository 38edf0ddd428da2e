namespace EcgRecovery.Neural.Engine;

/// <summary>Persistent threads that share out numbered pieces of work; the calling thread is one of them.</summary>
/// <remarks>
/// Pieces are handed out one by one, so a slow core takes fewer. What a piece computes must depend on its number alone: then results do
/// not depend on the thread count. Between runs the threads spin for a moment (a training step hands out work every few milliseconds),
/// then sleep.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 2_000;
    private readonly Thread[] _helpers;
    private readonly SemaphoreSlim _wake = new(0);
    private Action<int, int> _body = static (_, _) => { };
    private int _items;
    private int _nextItem;
    private int _generation;
    private int _busy;
    private int _sleeping;
    private volatile bool _ended;
    private volatile Exception? _failure;

    /// <param name="threads">Threads that work, the caller included.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _helpers = new Thread[threads - 1];
        for (var i = 0; i < _helpers.Length; i++)
        {
            var thread = i + 1;
            _helpers[i] = new Thread(() => HelperLoop(thread)) { IsBackground = true, Name = $"EcgRecovery worker {thread}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Threads that work, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Runs <paramref name="body"/>(thread, item) for every item 0 … items − 1 and returns when all are done.</summary>
    public void Run(int items, Action<int, int> body)
    {
        _body = body;
        _items = items;
        Volatile.Write(ref _nextItem, 0);
        Volatile.Write(ref _busy, _helpers.Length);
        Interlocked.Increment(ref _generation);
        var sleeping = Volatile.Read(ref _sleeping);
        if (sleeping > 0)
            _wake.Release(sleeping);

        Work(0);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _busy) > 0)
            spinner.SpinOnce(sleep1Threshold: -1);

        if (_failure is { } failure)
        {
            _failure = null;
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    public void Dispose()
    {
        _ended = true;
        Interlocked.Increment(ref _generation);
        _wake.Release(_helpers.Length + 1);
        foreach (var helper in _helpers)
            helper.Join();
        _wake.Dispose();
    }

    private void HelperLoop(int thread)
    {
        var seen = 0;
        while (true)
        {
            WaitForGeneration(seen);
            seen = Volatile.Read(ref _generation);
            if (_ended)
                return;
            Work(thread);
            Interlocked.Decrement(ref _busy);
        }
    }

    private void WaitForGeneration(int seen)
    {
        for (var spins = 0; Volatile.Read(ref _generation) == seen; spins++)
        {
            if (spins < SpinsBeforeSleep)
            {
                Thread.SpinWait(20);
                continue;
            }

            // Announce the sleep first and look again: a run that starts in between either sees the sleeper or is seen by it.
            Interlocked.Increment(ref _sleeping);
            if (Volatile.Read(ref _generation) == seen)
                _wake.Wait(millisecondsTimeout: 50);
            Interlocked.Decrement(ref _sleeping);
        }
    }

    private void Work(int thread)
    {
        try
        {
            for (var item = Interlocked.Increment(ref _nextItem) - 1; item < _items; item = Interlocked.Increment(ref _nextItem) - 1)
                _body(thread, item);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }
}
