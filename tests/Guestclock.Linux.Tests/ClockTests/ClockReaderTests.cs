using Guestclock.Linux.ClockTests;
using Guestclock.Linux.Live;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Tests.ClockTests;

public class ClockReaderTests
{
    [Fact]
    public void A_clock_read_through_its_address_is_the_one_that_the_library_reads()
    {
        var before = Clocks.RealtimeNs();
        var read = new KernelClock(0).Read();
        Assert.InRange(read, before, Clocks.RealtimeNs());
        before = Clocks.BootTimeNs();
        Assert.InRange(new KernelClock(7).Read(), before, Clocks.BootTimeNs());
    }

    [Fact]
    public void Clocks_are_readable_or_say_why()
    {
        foreach (var id in ClockId.All)
        {
            var why = KernelClock.Refusal(id.Number, out var resolution);
            Assert.True(why is null ? resolution > 0 : why.Length > 0, $"{id} {why} {resolution}");
        }

        Assert.Null(KernelClock.Refusal(ClockId.Monotonic, out _));
        Assert.NotNull(KernelClock.Refusal(CostTests.NoClock, out _));
    }

    [Fact]
    public void The_TSC_counts_or_says_why_it_cannot_be_read()
    {
        if (TscClock.Refusal() is { } why)
        {
            Assert.NotEmpty(why);
            return;
        }

        var ends = PinnedThreads.Run([CpuSet.Allowed()[0]], TimeSpan.FromSeconds(5), (_, _) =>
        {
            var first = new TscClock().Read();
            Thread.Sleep(1);
            return Tuple.Create(first, new TscClock().Read());
        }, CancellationToken.None);
        Assert.True(ends[0]!.Item2 > ends[0]!.Item1);
    }

    [Fact]
    public void A_read_costs_something_and_a_system_call_too()
    {
        TimedRead[] reads = [new(ReadingWay.Library, ClockId.Monotonic), new(ReadingWay.SystemCall, ClockId.Monotonic), new(ReadingWay.SystemCall, CostTests.NoClock)];
        Assert.SkipWhen(CostTests.SystemCallNumber == 0, "the number of the call is not known of this processor");
        foreach (var cpus in new[] { [CpuSet.Allowed()[0]], CpuSet.Allowed() })
        {
            var costs = CostTests.Run(reads, cpus, TimeSpan.FromMilliseconds(30), CancellationToken.None);
            Assert.All(costs, c => Assert.InRange(c!.Value, 0.5, 1e6));
        }
    }
}
