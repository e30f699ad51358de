using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Protocols.Ptp;
using Guestclock.Testing;
using Guestclock.Tests.Protocols.VmClock;

namespace Guestclock.Tests.Probes;

public class DeviceProbeTests
{
    private const string Answer = "caps.maxAdjustPpb=0\ncaps.crossTimestamping=1\nmethod=plain\nsamples=2\ns0=1000,9000,5000\ns1=5000,7500,6000\n";

    private static MemoryMachine Guest() => new MemoryMachine()
        .File("/sys/class/ptp/ptp0/clock_name", "KVM virtual PTP\n")
        .File("/sys/class/ptp/ptp1/clock_name", "525400123457\n")
        .Special("/dev/ptp0", EntryKind.CharacterDevice)
        .Link("/dev/ptp_kvm", "ptp0")
        .Link("/dev/ptp_other", "/dev/ptp1")
        .Answer("ptp/ptp0", Answer)
        .NoAnswer("ptp/ptp1", FactState.Denied, "permission denied");

    [Fact]
    public void Ptp_clocks_have_their_names_links_and_narrowest_reading()
    {
        var clocks = DeviceProbe.Gather(Guest()).PtpClocks.Value!;
        Assert.Equal(["/dev/ptp0 KVM virtual PTP /dev/ptp_kvm", "/dev/ptp1 525400123457 /dev/ptp_other"],
            clocks.Select(c => $"{c.Device} {c.ClockName} {string.Join(' ', c.StableNames)}"));
        Assert.Equal(new PtpReading(2000, 500, "plain"), clocks[0].Reading.Value);
        Assert.Equal(FactState.Denied, clocks[1].Reading.State);
    }

    [Fact]
    public void A_running_machine_without_the_classes_has_no_clocks()
    {
        var facts = DeviceProbe.Gather(new MemoryMachine());
        Assert.Empty(facts.PtpClocks.Value!);
        Assert.Empty(facts.VmClocks.Value!);
        Assert.Empty(facts.Rtcs.Value!);
        Assert.Equal(FactState.Missing, facts.RtcTimeScale.State);
    }

    [Fact]
    public void An_image_does_not_tell()
    {
        var facts = DeviceProbe.Gather(new MemoryMachine { IsLive = false, Absent = FactState.NotRecorded }.File("/etc/adjtime",
            "0 0 0\n0\nLOCAL\n"));
        Assert.Equal(FactState.NotRecorded, facts.PtpClocks.State);
        Assert.Equal(FactState.NotRecorded, facts.VmClocks.State);
        Assert.Equal("LOCAL", facts.RtcTimeScale.Value);
    }

    [Fact]
    public void Vmclock_and_rtc()
    {
        var facts = DeviceProbe.Gather(new MemoryMachine()
            .Special("/sys/class/misc/vmclock0", EntryKind.Directory)
            .Special("/sys/class/misc/vga_arbiter", EntryKind.Directory)
            .Answer("vmclock/vmclock0", VmClockPageTests.Qemu())
            .File("/sys/class/rtc/rtc0/name", "rtc_cmos\n")
            .File("/sys/class/rtc/rtc0/hctosys", "1\n")
            .Answer("rtc/rtc0", "rtcUnixNs=2000000000\nsystemUnixNs=1500000000\nboundNs=500000000\n"));
        var clock = Assert.Single(facts.VmClocks.Value!);
        Assert.Equal(("/dev/vmclock0", 1UL), (clock.Device, clock.Page.Value!.DisruptionMarker));
        var rtc = Assert.Single(facts.Rtcs.Value!);
        Assert.Equal(("/dev/rtc0", "rtc_cmos", true, new RtcReading(500_000_000, 500_000_000)),
            (rtc.Device, rtc.Name, rtc.HcToSys, rtc.Offset.Value));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var measurement = new PtpMeasurement(new PtpCaps(-5, false), "extended", [new(1, 2, 3), new(-4, 5, 6)]);
        var read = PtpAnswer.Read(AnswerFields.Parse(PtpAnswer.Write(measurement)));
        Assert.Equal(measurement.Caps, read.Caps);
        Assert.Equal(measurement.Samples, read.Samples);
        Assert.Equal("extended", read.Method);
    }

    [Fact]
    public void A_recorded_answer_that_was_damaged_is_malformed() =>
        Fuzz.Text([Answer, "method=precise\nsamples=1\ns0=4000000000000000000,-4000000000000000000,4000000000000000000\n"],
        text =>
        {
            var facts = DeviceProbe.Gather(new MemoryMachine().File("/sys/class/ptp/ptp0/clock_name", "hyperv").Answer("ptp/ptp0", text)
                .Answer("rtc/rtc0", text));
            Assert.True(facts.PtpClocks.Value![0].Reading.State is FactState.Known or FactState.Malformed);
        });
}
