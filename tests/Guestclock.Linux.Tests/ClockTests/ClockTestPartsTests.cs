using Guestclock.Facts;
using Guestclock.Linux.ClockTests;
using Guestclock.Machines;
using Guestclock.Measuring;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.ClockTests;

public class ClockTestPartsTests
{
    [Theory]
    [InlineData(0, 10_000, 0)]
    [InlineData(65_536, 10_000, 1)]
    [InlineData(-32_768_000, 10_000, -500)]
    [InlineData(0, 9_990, -1000)]
    [InlineData(6_553_600, 10_001, 200)]
    public void Steering_is_the_frequency_and_the_length_of_a_tick(long freq, long tick, double ppm)
    {
        var steering = new Steering(new MemoryMachine().Answer(Questions.Adjtimex, $"freq={freq}\ntick={tick}\n"));
        steering.Look();
        Assert.Equal((ppm, ppm), (steering.LeastPpm!.Value, steering.MostPpm!.Value));
    }

    [Fact]
    public void Steering_that_changes_is_a_range_and_what_may_not_be_asked_is_not_known()
    {
        var machine = new MemoryMachine().Answer(Questions.Adjtimex, "freq=0\ntick=10000\n");
        var steering = new Steering(machine);
        steering.Look();
        machine.Answer(Questions.Adjtimex, "freq=655360\ntick=10000\n");
        steering.Look();
        Assert.Equal((0, 10), (steering.LeastPpm, steering.MostPpm));
        machine.NoAnswer(Questions.Adjtimex, FactState.Denied, "permission denied");
        steering.Look();
        Assert.Equal((null, null), (steering.LeastPpm, steering.MostPpm));
    }

    [Fact]
    public void Steal_is_what_was_counted_between_two_looks()
    {
        var steal = StealTest.Between(Some.Known(new StealTime(100, 10_000)), Some.Known(new StealTime(130, 10_200)));
        Assert.Equal(new(15, 0.5), steal.Value);
        Assert.Equal(FactState.Failed, StealTest.Between(Some.Known(new StealTime(5, 10)), Some.Known(new StealTime(5, 10))).State);
        Assert.Equal(FactState.Failed, StealTest.Between(Some.Known(new StealTime(5, 10)), Some.Known(new StealTime(4, 20))).State);
        Assert.Equal(FactState.Denied, StealTest.Between(Some.Not<StealTime>(FactState.Denied), Some.Known(new StealTime(4, 20))).State);
        Assert.Equal(FactState.Missing, StealTest.Between(Some.Known(new StealTime(4, 20)), Some.Not<StealTime>(FactState.Missing)).State);
    }

    /// <summary>Seconds of an RTC that is slow by 100 ppm, each seen within 400 µs.</summary>
    [Fact]
    public void The_rate_of_an_RTC_is_that_of_its_edges()
    {
        var (first, last) = (Edge(1_000_000_000, 5), Edge(11_001_000_000, 15));
        var rate = RtcTest.Between("RTC rtc0", first, last).Value!;
        Assert.Equal(-99.99, rate.ErrorPpm, 2);
        Assert.Equal(40, rate.BoundPpm, 0);
        Assert.Equal(FactState.Failed, RtcTest.Between("RTC rtc0", first, first).State);

        static OffsetSample Edge(long rawNs, long second) => new(1_800_000_000_000_000_000, rawNs, 1_800_000_000_000_000_000 - (second * 1_000_000_000), 400_000, []);
    }

    [Fact]
    public void Time_that_one_part_does_not_use_goes_to_the_others()
    {
        var shares = new TimeShares(TimeSpan.FromHours(1), 4);
        Assert.InRange(shares.Take(1).TotalMinutes, 14, 15);
        // Nothing was used of it.
        Assert.InRange(shares.Take(2).TotalMinutes, 39, 40);
        shares.Reserved = TimeSpan.FromMinutes(30);
        Assert.InRange(shares.Take(1).TotalMinutes, 29, 30);
        shares.Reserved = TimeSpan.FromHours(2);
        Assert.Equal(TimeSpan.Zero, shares.Remaining);
        Assert.Equal(TimeSpan.FromMilliseconds(100), shares.Take(1));
    }
}
