using System.Diagnostics;
using Guestclock.Formats;
using Guestclock.Linux.ClockTests;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Tests.ClockTests;

public class PinnedThreadsTests
{
    private static readonly IReadOnlyList<int> Cpus = CpuSet.Allowed();

    [Fact]
    public void Each_thread_stays_on_its_own_CPU()
    {
        var seen = PinnedThreads.Run(Cpus, TimeSpan.FromSeconds(5), (_, _) => string.Join(',', CpuSet.Allowed()), CancellationToken.None);
        Assert.Equal(Cpus.Select(c => c.ToString()), seen);
        Assert.Equal(Cpus, CpuSet.Allowed());
    }

    [Fact]
    public void Threads_see_the_flag_when_the_time_is_over_or_the_run_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Equal("seen", PinnedThreads.Run([Cpus[0]], TimeSpan.FromMilliseconds(1), UntilStopped, CancellationToken.None)[0]);
        Assert.Equal("seen", PinnedThreads.Run([Cpus[0]], TimeSpan.FromHours(1), UntilStopped, cancelled.Token)[0]);

        static string UntilStopped(int index, Stop stop)
        {
            while (!stop.IsSet)
                Thread.Yield();
            return "seen";
        }
    }

    [Fact]
    public void A_thread_that_does_not_end_and_one_whose_CPU_is_not_there_are_left_out()
    {
        var watch = Stopwatch.StartNew();
        var results = PinnedThreads.Run([Cpus[0], 8000, Cpus[0]], TimeSpan.FromMilliseconds(1), (index, _) =>
        {
            if (index == 2)
                Thread.Sleep(TimeSpan.FromSeconds(30));
            return "done";
        }, CancellationToken.None);
        Assert.Equal("done", results[0]);
        Assert.Null(results[1]);
        Assert.Null(results[2]);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 25);
    }

    [Fact]
    public void What_fails_on_a_thread_fails_here() => Assert.Throws<MalformedInputException>(
        () => PinnedThreads.Run<string>([Cpus[0]], TimeSpan.FromSeconds(5), (_, _) => throw new MalformedInputException("as planned"), CancellationToken.None));

    [Fact]
    public void A_thread_that_shares_its_CPU_with_another_waits_and_knows_for_how_long()
    {
        var waits = PinnedThreads.Run([Cpus[0], Cpus[0]], TimeSpan.FromMilliseconds(150), (_, stop) =>
        {
            using var wait = new OwnWait();
            var before = wait.Ns;
            while (!stop.IsSet)
                Thread.SpinWait(10);
            return Tuple.Create(wait.IsKnown, wait.Ns - before);
        }, CancellationToken.None);
        Assert.SkipWhen(Array.TrueForAll(waits, w => w is not { Item1: true }), "this kernel does not count it");
        Assert.Contains(waits, w => w?.Item2 > 0);
        Assert.All(waits, w => Assert.InRange(w?.Item2 ?? 0, 0, 60_000_000_000));
    }
}
