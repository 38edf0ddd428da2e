using System.Runtime.ExceptionServices;

namespace EcgRecovery.Neural.Engine;

/// <summary>A team of threads that share numbered items of work; the calling thread is one of them.</summary>
/// <remarks>
/// Threads take items one by one, so a slow core takes fewer. The result of an item must depend only on its number: then results do not
/// depend on the thread count. Between runs the threads spin for a moment (a training step starts a run every few milliseconds), then
/// sleep; a run does not wait for a sleeping thread while others do the work. One run at a time.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 2_000;
    private static readonly Action<int, int> s_nothing = static (_, _) => { };
    private readonly Exchange _exchange = new();
    private readonly Thread[] _helpers = [];
    private bool _disposed;

    /// <param name="threads">Number of threads, including the caller.</param>
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

    /// <summary>Ends the threads of a team that was not disposed.</summary>
    ~WorkerTeam() => _exchange.End(_helpers.Length);

    /// <summary>Gets the number of threads, including the caller.</summary>
    public int Threads { get; }

    /// <summary>Runs <paramref name="body"/>(thread, item) for every item 0 … items − 1 and returns when all are done.</summary>
    /// <remarks>After an exception some items are not run; it is rethrown here, when all threads have stopped.</remarks>
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

    /// <summary>The state that the threads reference: not the team, so that it can be collected while they sleep.</summary>
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

            // No item is left. Helpers that arrive now skip this run (_open is false); wait only for those counted in _inside.
            Volatile.Write(ref _open, false);
            Interlocked.MemoryBarrier();
            var spinner = default(SpinWait);
            while (Volatile.Read(ref _inside) > 0)
                spinner.SpinOnce(sleep1Threshold: -1);

            _body = s_nothing;   // drop the reference to the owner of the team
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

        /// <summary>Frees the semaphore; the threads must have ended.</summary>
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
                Interlocked.Increment(ref _inside);   // before reading _open, so that a run that clears it sees this thread
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

                // Count the sleeper first, then check again: a run that starts in between either sees it or is seen by it.
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
