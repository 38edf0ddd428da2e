using System.Runtime.ExceptionServices;

namespace EcgRecovery.Neural.Engine;

/// <summary>Persistent threads that share out numbered pieces of work; the calling thread is one of them.</summary>
/// <remarks>
/// Pieces are handed out one by one, so a slow core takes fewer. What a piece computes must depend on its number alone: then results do
/// not depend on the thread count. Between runs the threads spin for a moment (a training step hands out work every few milliseconds),
/// then sleep; a run does not wait for one that sleeps on while others do the work. One run at a time.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 2_000;
    private static readonly Action<int, int> s_nothing = static (_, _) => { };
    private readonly Exchange _exchange = new();
    private readonly Thread[] _helpers = [];
    private bool _disposed;

    /// <param name="threads">Threads that work, the caller included.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _helpers = new Thread[threads - 1];
        var exchange = _exchange;
        for (var i = 0; i < _helpers.Length; i++)
        {
            var thread = i + 1;
            _helpers[i] = new Thread(() => exchange.Help(thread)) { IsBackground = true, Name = $"EcgRecovery worker {thread}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Ends the threads of a team that nobody disposed of.</summary>
    ~WorkerTeam() => _exchange.End(_helpers.Length);

    /// <summary>Threads that work, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Runs <paramref name="body"/>(thread, item) for every item 0 … items − 1 and returns when all are done.</summary>
    /// <remarks>An exception leaves some items undone; it is thrown here, when all threads have stopped.</remarks>
    public void Run(int items, Action<int, int> body)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _exchange.Run(items, body);
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _exchange.End(_helpers.Length);
        foreach (var helper in _helpers)
            helper.Join();
        _exchange.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the threads hold on to: not the team, so that a forgotten one can be collected while they sleep.</summary>
    private sealed class Exchange : IDisposable
    {
        private readonly SemaphoreSlim _wake = new(0);
        private Action<int, int> _body = s_nothing;
        private int _items;
        private int _nextItem;
        private int _generation;
        private int _inside;
        private bool _open;
        private int _sleeping;
        private volatile bool _ended;
        private volatile Exception? _failure;

        public void Run(int items, Action<int, int> body)
        {
            _body = body;
            _items = items;
            Volatile.Write(ref _nextItem, 0);
            Volatile.Write(ref _open, true);
            Interlocked.Increment(ref _generation);
            var sleeping = Volatile.Read(ref _sleeping);
            if (sleeping > 0)
                _wake.Release(sleeping);

            Work(0);

            // Nothing is left to hand out. Who comes now finds the door shut; only those inside are waited for.
            Volatile.Write(ref _open, false);
            Interlocked.MemoryBarrier();
            var spinner = default(SpinWait);
            while (Volatile.Read(ref _inside) > 0)
                spinner.SpinOnce(sleep1Threshold: -1);

            _body = s_nothing;   // let go of whoever owns the team
            if (_failure is { } failure)
            {
                _failure = null;
                ExceptionDispatchInfo.Throw(failure);
            }
        }

        public void End(int helpers)
        {
            _ended = true;
            Interlocked.Increment(ref _generation);
            if (helpers > 0)
                _wake.Release(helpers);
        }

        /// <summary>Once the threads have ended.</summary>
        public void Dispose() => _wake.Dispose();

        public void Help(int thread)
        {
            var seen = 0;
            while (true)
            {
                WaitForGeneration(seen);
                seen = Volatile.Read(ref _generation);
                if (_ended)
                    return;
                Interlocked.Increment(ref _inside);   // before the look at the door, so that a run that shuts it sees who is in
                if (Volatile.Read(ref _open))
                    Work(thread);
                Interlocked.Decrement(ref _inside);
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
}
