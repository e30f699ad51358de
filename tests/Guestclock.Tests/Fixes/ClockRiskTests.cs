using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Testing;
using Guestclock.Tests.Checks.TimeServices;

namespace Guestclock.Tests.Fixes;

public class ClockRiskTests
{
    [Fact]
    public void A_clock_that_chronyd_keeps_right_is_not_stepped() => Assert.Equal(Risk.None, ClockRisk.OfRestart(Some.KvmGuest().Tracking()));

    [Theory]
    [InlineData(450_000_000, 60_000_000)]
    [InlineData(-450_000_000, 60_000_000)]
    [InlineData(0, 500_000_000)]
    [InlineData(long.MinValue, 0)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void One_that_may_be_off_by_half_a_second_may_be(long correctionNs, long dispersionNs) =>
        Assert.Equal(Risk.Clock, ClockRisk.OfRestart(Some.KvmGuest().Tracking(correctionNs, dispersionNs)));

    [Fact]
    public void A_chronyd_that_follows_nothing_vouches_for_nothing() =>
        Assert.Equal(Risk.Clock, ClockRisk.OfRestart(Some.KvmGuest().Kernel(synchronised: true).Tracking(leap: 3, stratum: 0, id: "00000000")));

    [Theory]
    [InlineData(true, 499_999, Risk.None)]
    [InlineData(true, 500_000, Risk.Clock)]
    [InlineData(true, -1, Risk.Clock)]
    [InlineData(false, 100, Risk.Clock)]
    public void Without_chronyd_the_kernels_bound_counts(bool synchronised, long maxErrorUs, Risk risk) =>
        Assert.Equal(risk, ClockRisk.OfRestart(Some.KvmGuest().Kernel(synchronised, maxErrorUs)));

    [Fact]
    public void Nothing_starts_on_an_image() => Assert.Equal(Risk.None, ClockRisk.OfRestart(Some.KvmGuest() with
    {
        Clock = new() { KernelTime = Some.Not<KernelTime>(FactState.NotRecorded, "an image") },
    }));
}
