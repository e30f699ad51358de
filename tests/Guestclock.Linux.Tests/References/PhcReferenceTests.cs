using Guestclock.Linux.Live.Devices;
using Guestclock.Linux.Native;
using Guestclock.Linux.References;
using Guestclock.Machines;
using Guestclock.Protocols.Ptp;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.References;

/// <summary>Which clock is meant. That it is read rightly is shown in a guest, beside phc_ctl.</summary>
public class PhcReferenceTests
{
    private static MemoryMachine Cards => new MemoryMachine()
        .File("/sys/class/ptp/ptp0/clock_name", "5254001234aa\n").File("/sys/class/ptp/ptp1/clock_name", "ena-ptp-05\n")
        .Special("/dev/ptp0", EntryKind.CharacterDevice).Special("/dev/ptp1", EntryKind.CharacterDevice)
        .Special("/dev/watchdog", EntryKind.CharacterDevice);

    [Fact]
    public void The_hypervisors_clock_is_chosen_or_the_only_one()
    {
        Assert.Equal(new("/dev/ptp1", "ena-ptp-05", "/sys/class/ptp/ptp1"), PhcDevices.Find(Cards, ""));
        var kvm = Cards.File("/sys/class/ptp/ptp10/clock_name", "KVM virtual PTP\n").File("/sys/class/ptp/ptp1/clock_name", "5254001234ab\n");
        Assert.Equal("PHC /dev/ptp10 (KVM virtual PTP)", PhcDevices.Find(kvm, "").ToString());
        var both = new MemoryMachine().File("/sys/class/ptp/ptp0/clock_name", "vmclock0\n").File("/sys/class/ptp/ptp1/clock_name", "KVM virtual PTP\n");
        Assert.Equal("/dev/ptp1", PhcDevices.Find(both, "").Device);
        Assert.Equal("/dev/ptp3", PhcDevices.Find(new MemoryMachine().File("/sys/class/ptp/ptp3/clock_name", "i40e\n"), "").Device);
    }

    [Fact]
    public void A_clock_is_named_by_its_device_or_its_link()
    {
        Assert.Equal("5254001234aa", PhcDevices.Find(Cards, "/dev/ptp0").ClockName);
        Assert.Equal("/dev/ptp0", PhcDevices.Find(Cards, "ptp0").Device);
        var kvm = Cards.File("/sys/class/ptp/ptp2/clock_name", "KVM virtual PTP\n");
        Assert.Equal("/dev/ptp2", PhcDevices.Find(kvm, "ptp_kvm").Device);
        Assert.Equal(new("/dev/ptp_kvm", "KVM virtual PTP", "/sys/class/ptp/ptp2"), PhcDevices.Find(kvm.Link("/dev/ptp_kvm", "ptp2"), "/dev/ptp_kvm"));
    }

    [Fact]
    public void What_is_no_PTP_clock_is_not_even_opened()
    {
        Assert.Equal("/dev/watchdog is not a PTP clock; the PTP clocks are /dev/ptp0, /dev/ptp1", Refusal(Cards, "/dev/watchdog"));
        Assert.Equal("there is no /dev/ptp7; the PTP clocks are /dev/ptp0, /dev/ptp1", Refusal(Cards, "ptp7"));
        Assert.Equal("there is no /dev/ptp_kvm; this machine has no PTP clock", Refusal(new MemoryMachine(), "ptp_kvm"));
        Assert.Contains("modprobe ptp_kvm", Refusal(new MemoryMachine(), ""), StringComparison.Ordinal);
        Assert.Equal("none of the PTP clocks is the hypervisor's, name one: phc:/dev/ptp0 (5254001234aa), phc:/dev/ptp1 (igb)",
            Refusal(Cards.File("/sys/class/ptp/ptp1/clock_name", "igb\n"), ""));
    }

    [Fact]
    public void A_descriptor_that_is_no_clock_has_no_time()
    {
        using var file = File.OpenHandle("/dev/null");
        var descriptor = (int)file.DangerousGetHandle();
        Assert.Null(PtpRequests.Measure(descriptor, out var errno));
        Assert.Equal(Errno.NotATerminal, errno);
        Assert.Null(DynamicClock.Measure(descriptor, 3, out errno));
        Assert.NotEqual(0, errno);
    }

    /// <summary>ptp_kvm has the precise request only beside kvm-clock, and never the extended one (linux, drivers/ptp/ptp_kvm_common.c).</summary>
    [Fact]
    public void The_request_is_chosen_anew_at_each_reading()
    {
        var (precise, removed) = (true, false);
        int Ask(uint request, byte[] argument)
        {
            if (removed || (request == PtpIoctl.SysOffsetPrecise && !precise))
                return Errno.NoDevice;
            return request == PtpIoctl.SysOffsetExtended ? Errno.NotSupported : 0;
        }

        string? Method() => PtpRequests.Measure(Ask, out _)?.Method;
        Assert.Equal("precise", Method());
        precise = false;
        Assert.Equal("plain", Method());
        precise = true;
        Assert.Equal("precise", Method());
        removed = true;
        Assert.Null(PtpRequests.Measure(Ask, out var errno));
        Assert.Equal(Errno.NoDevice, errno);
    }

    private static string Refusal(IMachine machine, string argument) =>
        Assert.Throws<ReferenceException>(() => PhcDevices.Find(machine, argument)).Message;
}
