using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Testing;
using Guestclock.Tests.Formats;
using Guestclock.Tests.Protocols.Cpuid;

namespace Guestclock.Tests.Probes;

public class CpuClockProbeTests
{
    private const string Source = "/sys/devices/system/clocksource/clocksource0";

    [Fact]
    public void Reads_the_CPUs_and_what_KVM_offers()
    {
        var facts = CpuProbe.Gather(new MemoryMachine().File("/proc/cpuinfo", CpuInfoTextTests.Amd).Answer(Questions.Cpuid,
            CpuidLeavesTests.Kvm)
            .Answer(Questions.KernelLog,
                "complete=yes\n0.000062 tsc: Detected 2596.132 MHz processor\n"
                + "1.000000 tsc: Refined TSC clocksource calibration: 2596.100 MHz\n"));
        Assert.Equal(2, facts.Cpus.Value!.Count);
        Assert.Equal((25, 17, "AuthenticAMD", 2596.132),
            (facts.Cpus.Value[0].Family, facts.Cpus.Value[0].Model, facts.Cpus.Value[0].Vendor, facts.Cpus.Value[0].Mhz));
        Assert.True(facts.AllHave("nonstop_tsc"));
        Assert.Equal(2_596_100, facts.TscKhz.Value);
        Assert.True(facts.KvmFeatures.Value!.OffersClock);
        Assert.True(facts.KvmFeatures.Value.OffersStealTime);
    }

    [Fact]
    public void Reads_arm64()
    {
        var cpu = CpuProbe.Gather(new MemoryMachine().File("/proc/cpuinfo", CpuInfoTextTests.Arm64)).Cpus.Value![0];
        Assert.Equal(("0x41", 8, 0xd0c), (cpu.Vendor, cpu.Family, cpu.Model));
        Assert.Contains("atomics", cpu.Flags);
    }

    [Fact]
    public void Binary_cpuinfo_is_malformed() =>
        Assert.Equal(FactState.Malformed, CpuProbe.Gather(new MemoryMachine().File("/proc/cpuinfo", new byte[] { 1, 0, 2 })).Cpus.State);

    [Theory]
    [InlineData(0x2001, 1500L, 1500L)]
    [InlineData(0x0001, 1500L, 1_500_000L)]
    public void The_offset_is_nanoseconds_only_with_STA_NANO(int status, long offset, long ns)
    {
        var time = ClockProbe.Gather(new MemoryMachine().Answer(Questions.Adjtimex,
            $"state=0\nmodes=0\noffset={offset}\nfreq=-655360\nmaxerror=16000000\nesterror=16\nstatus={status}\n"
                + "tai=37\n")).KernelTime.Value!;
        Assert.Equal((ns, -10.0, 16_000_000L, 37), (time.OffsetNs, time.FrequencyPpm, time.MaxErrorUs, time.TaiOffsetS));
    }

    [Fact]
    public void Reads_the_clock()
    {
        var facts = ClockProbe.Gather(new MemoryMachine().File($"{Source}/current_clocksource",
            "tsc\n").File($"{Source}/available_clocksource", "tsc kvm-clock \n")
            .File("/proc/cmdline", "ro quiet notsc\n").File("/proc/stat", "cpu  24262 0 6325 309039 1149 0 100 50 0 0\ncpu0 1\n")
            .Answer(Questions.Clocks, "realtimeNs=1\nmonotonicNs=2\nboottimeNs=3\nrealtimeResolutionNs=1\nmonotonicResolutionNs=1\n"));
        Assert.Equal("tsc", facts.CurrentSource.Value);
        Assert.Equal(["tsc", "kvm-clock"], facts.AvailableSources.Value!);
        Assert.True(facts.CommandLine.Value!.Has("notsc"));
        Assert.Equal(new StealTime(50, 340925), facts.Steal.Value);
        Assert.Equal(3, facts.Readings.Value!.BootTimeNs);
    }

    [Theory]
    [InlineData("cpu  1 2 3 4\n", FactState.Unsupported)]
    [InlineData("intr 1\n", FactState.Malformed)]
    [InlineData("cpu  1 2 3 x 5 6 7 8\n", FactState.Malformed)]
    [InlineData("cpu  9223372036854775807 9223372036854775807 3 4 5 6 7 8\n", FactState.Malformed)]
    public void Steal_that_is_not_told(string stat, FactState state) =>
        Assert.Equal(state, ClockProbe.Gather(new MemoryMachine().File("/proc/stat", stat)).Steal.State);

    [Fact]
    public void The_log_comes_from_the_ring_buffer_first() =>
        Assert.Equal(Questions.KernelLog,
            KernelLogProbe.Read(new MemoryMachine().Answer(Questions.KernelLog, "complete=no\n1.000000 x\n").File("/var/log/dmesg",
            "[    0.0] y\n")).Source);

    [Fact]
    public void A_syslog_file_with_the_boot_is_complete()
    {
        var log = KernelLogProbe.Read(new MemoryMachine().NoAnswer(Questions.KernelLog, FactState.Denied, "permission denied")
            .File("/var/log/messages",
                "Nov 21 01:00:00 h kernel: [    0.000000] Linux version 6\nNov 21 01:00:00 h kernel: [    1.000000] x\n"));
        Assert.True(log.Value!.Complete);
        Assert.Equal(2, log.Value.Lines.Count);
    }

    [Fact]
    public void A_rotated_syslog_file_continues_dmesg()
    {
        var log = KernelLogProbe.Read(new MemoryMachine().File("/var/log/dmesg",
            "[    0.000000] Linux version 6\n").File("/var/log/kern.log", "Nov 21 h kernel: [    9.000000] late\n"));
        Assert.False(log.Value!.Complete);
        Assert.Equal(["Linux version 6", "late"], log.Value.Lines.Select(l => l.Text));
    }

    [Fact]
    public void Without_any_log_the_first_reason_stays() =>
        Assert.Equal(FactState.Denied,
            KernelLogProbe.Read(new MemoryMachine().NoAnswer(Questions.KernelLog, FactState.Denied, "permission denied")).State);
}
