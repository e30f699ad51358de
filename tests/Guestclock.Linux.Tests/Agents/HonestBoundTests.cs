using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Tests.Agents;

/// <summary>Whole runs against an honest guest at the end of a way that is as bad as it can be: what is claimed is true all the same.</summary>
[Collection(Timed.Name)]
public sealed class HonestBoundTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public async Task Whatever_the_delays_the_true_offset_lies_within_the_claimed_bound()
    {
        var random = new Random(7);
        var recovered = 0;
        for (var run = 0; run < 3000; run++)
        {
            await using var guest = new Guest(random) { OffsetNs = (long)((random.NextDouble() - 0.7) * Math.Pow(10, random.Next(4, 14))) };
            var before = guest.OffsetNs;
            var policy = new RecoveryPolicy { TimeoutNs = 60_000 * Ms };
            var result = await new RecoveryRunner(policy).RunAsync("guest", guest, null, TestContext.Current.CancellationToken);
            if (result.Before is { } seen)
                Assert.InRange(Math.Abs(seen.OffsetNs - before), 0, seen.BoundNs);
            if (result.After is { } after)
                Assert.InRange(Math.Abs(after.OffsetNs - guest.OffsetNs), 0, after.BoundNs);
            if (result.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.InTime)
                Assert.InRange(Math.Abs(guest.OffsetNs), 0, policy.WithinNs);
            recovered += result.Outcome == RecoveryOutcome.Recovered ? 1 : 0;
        }

        Assert.InRange(recovered, 300, 3000);
    }

    /// <summary>
    /// Its way takes anything from 10 µs to 100 s each way, the host is held up for up to a second between any two readings of its clocks; a set
    /// may be lost, or be late, or come with an error.
    /// </summary>
    private sealed class Guest(Random random) : IGuestAgent
    {
        private long _nowNs = 1_795_000_000_000_000_000;

        public long OffsetNs { get; set; }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public Task SynchronizeAsync(TimeSpan limit, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<ClockBracket> ReadTimeAsync(TimeSpan limit, CancellationToken cancellationToken)
        {
            var before = _nowNs;
            var early = HeldUp();
            var sent = _nowNs += early;
            _nowNs += Delay();
            var guest = (_nowNs + OffsetNs) / 1000 * 1000;
            var received = _nowNs += Delay();
            _nowNs += HeldUp();
            return Task.FromResult(new ClockBracket(before, guest, _nowNs, received - sent));
        }

        public Task BeginSetTimeAsync(long aheadNs, CancellationToken cancellationToken)
        {
            var told = _nowNs + aheadNs;
            _nowNs += Delay();
            if (random.Next(5) > 0)
                OffsetNs = told - _nowNs;
            return Task.CompletedTask;
        }

        public Task FinishSetTimeAsync(TimeSpan limit, CancellationToken cancellationToken) =>
            random.Next(5) == 0 ? throw new AgentException(AgentFailure.Refused, "hwclock failed") : Task.CompletedTask;

        private long Delay() => (long)Math.Pow(10, 4 + (random.NextDouble() * (random.Next(4) == 0 ? 7 : 3)));

        private long HeldUp() => random.Next(3) == 0 ? (long)Math.Pow(10, random.NextDouble() * 9) : 100;
    }
}
