using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EcgRecovery.Neural.Engine;

namespace EcgRecovery.Neural.Tests.Engine;

public sealed class WorkerTeamTests
{
    [Fact]
    public void Every_item_runs_exactly_once_on_one_of_the_threads()
    {
        foreach (var threads in (int[])[1, 2, 3, 7])
        {
            using var team = new WorkerTeam(threads);
            Assert.Equal(threads, team.Threads);
            foreach (var items in (int[])[0, 1, 2, 5, 16, 1000])
            {
                var runs = new int[items];
                var strangers = 0;
                team.Run(items, (thread, item) =>
                {
                    Interlocked.Increment(ref runs[item]);
                    if (thread < 0 || thread >= threads)
                        Interlocked.Increment(ref strangers);
                });
                Assert.All(runs, run => Assert.Equal(1, run));
                Assert.Equal(0, strangers);
            }
        }
    }

    [Fact]
    public void A_thread_runs_one_item_at_a_time()
    {
        // What the workspaces rely on: they are one a thread.
        using var team = new WorkerTeam(3);
        var inside = new int[3];
        var collisions = 0;
        team.Run(300, (thread, _) =>
        {
            if (Interlocked.Increment(ref inside[thread]) != 1)
                Interlocked.Increment(ref collisions);
            Thread.SpinWait(50);
            Interlocked.Decrement(ref inside[thread]);
        });
        Assert.Equal(0, collisions);
    }

    [Fact]
    public void Wakes_up_after_its_threads_have_gone_to_sleep()
    {
        using var team = new WorkerTeam(3);
        for (var round = 0; round < 3; round++)
        {
            Thread.Sleep(20);   // beyond the spinning, and now and then within the sleep
            var done = 0;
            team.Run(64, (_, _) => Interlocked.Increment(ref done));
            Assert.Equal(64, done);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exception_surfaces_and_the_team_goes_on(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (var round = 0; round < 3; round++)
        {
            var error = Assert.Throws<InvalidOperationException>(() => team.Run(20, (_, item) =>
            {
                if (item == 7)
                    throw new InvalidOperationException("seven");
            }));
            Assert.Equal("seven", error.Message);
            var done = 0;
            team.Run(20, (_, _) => Interlocked.Increment(ref done));
            Assert.Equal(20, done);
        }
    }

    [Fact]
    public void Its_threads_end_with_it_and_it_does_not_run_again()
    {
        var team = new WorkerTeam(3);
        var threads = ThreadsOf(team);
        team.Dispose();
        team.Dispose();
        Assert.All(threads, thread => Assert.False(thread.IsAlive));
        Assert.Throws<ObjectDisposedException>(() => team.Run(1, (_, _) => { }));
    }

    [Fact]
    public void The_threads_of_a_forgotten_team_end()
    {
        var threads = Forget();
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (threads.Any(thread => thread.IsAlive) && DateTime.UtcNow < deadline)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        Assert.All(threads, thread => Assert.False(thread.IsAlive));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Thread[] Forget() => ThreadsOf(new WorkerTeam(3));
    }

    [Fact]
    public void Needs_a_thread() => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));

    /// <summary>Its threads but for the caller: each waits in an item until all have come.</summary>
    private static Thread[] ThreadsOf(WorkerTeam team)
    {
        var threads = new ConcurrentDictionary<int, Thread>();
        team.Run(team.Threads, (thread, _) =>
        {
            threads[thread] = Thread.CurrentThread;
            SpinWait.SpinUntil(() => threads.Count == team.Threads, TimeSpan.FromSeconds(10));
        });
        return [.. threads.Where(pair => pair.Key != 0).Select(pair => pair.Value)];
    }
}
