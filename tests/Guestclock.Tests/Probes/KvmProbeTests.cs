using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Probes;

public class KvmProbeTests
{
    /// <summary>As taken on a nested host with a 6.18 kernel.</summary>
    private const string Answer = """
        api=12
        cap.8=1
        cap.39=14
        cap.60=0
        vcpu=1
        tscKhz=2596132
        fresh.flags=0
        clock.clock=945586
        clock.flags=14
        clock.realtime=1795224471100668067
        clock.hostTsc=6610286451483

        """;

    [Fact]
    public void Reads_a_usable_device()
    {
        var facts = KvmProbe.Gather(new MemoryMachine().Answer("kvm", Answer).File("/sys/module/kvm/parameters/tsc_tolerance_ppm", "250\n")
            .File("/sys/module/kvm_amd/parameters/nested", "1\n"));
        Assert.Equal(12, facts.ApiVersion.Value);
        Assert.True(facts.MakesMachines.Value);
        Assert.Equal(new KvmClock(945_586, 14, 1_795_224_471_100_668_067, 6_610_286_451_483), facts.Clock.Value);
        Assert.Equal((2_596_132L, false, 14L), (facts.TscKhz.Value, facts.TscScaling.Value, facts.KnownClockFlags.Value));
        Assert.Equal(1, facts.Capabilities.Value!["8"]);
        Assert.Equal("250", facts.Parameters.Value!["kvm.tsc_tolerance_ppm"]);
        Assert.Equal("1", facts.Parameters.Value!["kvm_amd.nested"]);
    }

    [Fact]
    public void A_call_that_failed_leaves_the_other_facts()
    {
        var facts = KvmProbe.Gather(new MemoryMachine().Answer("kvm",
            "api=12\ncap.39=14\nerror.create-vm=EBUSY Device or resource busy\n"));
        Assert.Equal(12, facts.ApiVersion.Value);
        Assert.Equal(FactState.Failed, facts.MakesMachines.State);
        Assert.Equal("KVM answered create-vm with EBUSY Device or resource busy", facts.MakesMachines.Why);
        Assert.Equal(FactState.Unsupported, facts.Clock.State);
        Assert.Equal(FactState.Missing, facts.Parameters.State);
    }

    [Fact]
    public void A_denied_device_is_denied_in_every_fact()
    {
        var facts = KvmProbe.Gather(new MemoryMachine().NoAnswer("kvm", FactState.Denied, "/dev/kvm: Permission denied"));
        Assert.All([(IFact)facts.ApiVersion, facts.Clock, facts.TscKhz, facts.TscScaling, facts.MakesMachines],
            f => Assert.Equal(FactState.Denied, f.State));
    }

    [Fact]
    public void Never_fails_on_any_answer() => Fuzz.Text([Answer], text => KvmProbe.Gather(new MemoryMachine().Answer("kvm", text)));
}
