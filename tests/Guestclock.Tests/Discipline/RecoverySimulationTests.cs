using Guestclock.Discipline;

namespace Guestclock.Tests.Discipline;

/// <summary>Whole runs against a simulated guest, in simulated time.</summary>
public class RecoverySimulationTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void What_is_reported_is_true_of_every_honest_guest()
    {
        var random = new Random(3);
        for (var run = 0; run < 5000; run++)
        {
            var guest = new Guest(random) { OffsetNs = (long)((random.NextDouble() - 0.7) * Math.Pow(10, random.Next(5, 14))) };
            var policy = new RecoveryPolicy { ForwardOnly = random.Next(4) == 0, BackwardLimitNs = random.Next(2) * 1000 * Ms };
            var before = guest.OffsetNs;
            var result = guest.Run(policy);
            Assert.InRange(Math.Abs(result.Before!.Value.OffsetNs - before), 0, result.Before.Value.BoundNs);
            Assert.InRange(Math.Abs(result.After!.Value.OffsetNs - guest.OffsetNs), 0, result.After.Value.BoundNs);
            if (result.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.InTime)
                Assert.InRange(Math.Abs(guest.OffsetNs), 0, policy.WithinNs);
            if (result.Outcome is RecoveryOutcome.InTime or RecoveryOutcome.Left)
                Assert.Equal(before, guest.OffsetNs);
            Assert.Equal(result.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.NotProved, result.Sets.Count > 0);
            Assert.False(policy.ForwardOnly && guest.SteppedBack);
        }
    }

    [Fact]
    public void A_guest_that_is_behind_ends_within_a_millisecond_nearly_always()
    {
        var random = new Random(4);
        var within = 0;
        for (var run = 0; run < 1000; run++)
        {
            var guest = new Guest(random) { OffsetNs = -20_000 * Ms };
            Assert.Equal(RecoveryOutcome.Recovered, guest.Run(RecoveryPolicy.Default).Outcome);
            within += Math.Abs(guest.OffsetNs) <= Ms ? 1 : 0;
        }

        Assert.InRange(within, 950, 1000);
    }

    /// <summary>
    /// A guest as seen under emulation: round trips of 0.4 to 1 ms, shared unevenly; setting takes up to 4 ms longer the first time and is
    /// answered after about a second.
    /// </summary>
    private sealed class Guest(Random random)
    {
        private const long Start = 1_795_000_000_000_000_000;

        private bool _isWarm;

        public long OffsetNs { get; set; }

        public bool SteppedBack { get; private set; }

        public RecoveryResult Run(RecoveryPolicy policy)
        {
            var now = 0L;
            var recovery = new Recovery("guest", policy);
            while (true)
            {
                switch (recovery.Action)
                {
                    case RecoveryAction.Measure measure:
                        var brackets = Enumerable.Range(0, measure.Brackets).Select(_ => Read(ref now)).ToList();
                        recovery.Measured(brackets, now);
                        break;
                    case RecoveryAction.SetClock set:
                        recovery.Sent(set.AheadNs, now);
                        Set(set.AheadNs);
                        now += random.NextInt64(700 * Ms, 1100 * Ms);
                        recovery.Replied(null, "", now);
                        break;
                    case RecoveryAction.Finished finished:
                        return finished.Result;
                }
            }
        }

        private ClockBracket Read(ref long now)
        {
            var (there, back) = (random.NextInt64(Ms / 5, Ms / 2), random.NextInt64(Ms / 5, Ms / 2));
            var before = Start + now;
            now += there + back;
            return new(before, (before + there + OffsetNs) / 1000 * 1000, before + there + back, there + back);
        }

        private void Set(long aheadNs)
        {
            var delay = random.NextInt64(Ms / 5, Ms / 2) + (_isWarm ? 0 : random.NextInt64(4 * Ms));
            _isWarm = true;
            SteppedBack |= aheadNs - delay < OffsetNs;
            OffsetNs = aheadNs - delay;
        }
    }
}
