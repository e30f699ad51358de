using Guestclock.Formats.Modules;
using Guestclock.Formats.TimeServices;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class ModuleFormatsTests
{
    /// <summary>
    /// Lines of Debian 12's 6.1.0-30-amd64, CentOS 7's 3.10.0-1160 and Fedora 41, whose modules are compressed in three ways.
    /// </summary>
    private const string Dep = """
        kernel/drivers/ptp/ptp_kvm.ko: kernel/drivers/ptp/ptp.ko kernel/drivers/pps/pps_core.ko
        kernel/arch/x86/kvm/kvm-intel.ko.xz: kernel/arch/x86/kvm/kvm.ko.xz
        kernel/drivers/hv/hv_utils.ko.zst: kernel/drivers/hv/hv_vmbus.ko.zst
        kernel/drivers/char/virtio_console.ko.gz:
        """;

    private const string BuiltIn = "kernel/drivers/ptp/ptp.ko\nkernel/drivers/rtc/rtc-cmos.ko\nkernel/drivers/idle/intel_idle.ko\n";

    [Fact]
    public void Modules_dep_names_the_left_side() =>
        Assert.Equal(["hv_utils", "kvm_intel", "ptp_kvm", "virtio_console"], ModulesDep.Names(Dep).Order(StringComparer.Ordinal));

    [Fact]
    public void Modules_builtin_names_every_line() =>
        Assert.Equal(["intel_idle", "ptp", "rtc_cmos"], ModulesDep.Names(BuiltIn).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("# Load the clock\n; and nothing else\nptp-kvm\n\n", "ptp_kvm")]
    [InlineData("# /etc/modules: kernel modules to load at boot time.\nloop max_loop=64\nptp_kvm # the host's clock\n", "loop ptp_kvm")]
    [InlineData("ptp_kvm\r\nkvm", "ptp_kvm kvm")]
    public void Modules_load_d(string text, string names) => Assert.Equal(names, string.Join(' ', ModulesLoad.Parse(text)));

    [Theory]
    [InlineData("#!/bin/sh\n[ -c /dev/input/uinput ] || exec /sbin/modprobe uinput >/dev/null 2>&1\n", "uinput")]
    [InlineData("modprobe -b ptp-kvm\n#modprobe loop\nmodprobe -r hpet; /sbin/insmod /opt/x/clock-x.ko\n", "ptp_kvm clock_x")]
    [InlineData("for m in a b; do modprobe $m; done", "")]
    public void Scripts_of_systems_before_systemd(string text, string names) =>
        Assert.Equal(names, string.Join(' ', ModuleScript.Parse(text)));

    [Theory]
    [InlineData("# comment\nblacklist ptp-kvm\noptions kvm ignore_msrs=1\n", "ptp_kvm")]
    [InlineData("install ptp_kvm /bin/false\ninstall net-pf-31 /sbin/modprobe --ignore-install bluetooth\n", "ptp_kvm")]
    [InlineData("blacklist \\\n pcspkr\nalias char-major-10-135 rtc\n", "pcspkr")]
    public void Modprobe_d(string text, string names) => Assert.Equal(names, string.Join(' ', ModprobeConf.Prevented(text)));

    [Fact]
    public void Kernel_configuration()
    {
        var values = KernelConfig.Parse("#\n# Automatically generated file; DO NOT EDIT.\nCONFIG_PTP_1588_CLOCK=y\n# CONFIG_PTP_1588_CLOCK_KVM is not set\nCONFIG_X=m\n",
            ["CONFIG_PTP_1588_CLOCK", "CONFIG_PTP_1588_CLOCK_KVM", "CONFIG_ABSENT"]);
        Assert.Equal("CONFIG_PTP_1588_CLOCK=y CONFIG_PTP_1588_CLOCK_KVM=n",
            string.Join(' ', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}")));
    }

    [Theory]
    [InlineData("0.000000 1700000000 0.000000\n1700000000\nUTC\n", "UTC")]
    [InlineData("0.0 0 0.0\n0\nLOCAL\n", "LOCAL")]
    [InlineData("0.0 0 0.0\n0\n", "UTC")]
    [InlineData("", "UTC")]
    public void Adjtime(string text, string scale) => Assert.Equal(scale, AdjTime.TimeScale(text));

    [Fact]
    public void Garbage_is_refused_or_passed_over() =>
        Fuzz.Text([Dep, BuiltIn, "install a /bin/true\nblacklist b\\\n c", "modprobe -b x; insmod y", "0 0 0\n0\nUTC"], text =>
    {
        ModulesDep.Names(text);
        ModulesLoad.Parse(text);
        ModuleScript.Parse(text);
        ModprobeConf.Prevented(text);
        KernelConfig.Parse(text, ["CONFIG_X"]);
        AdjTime.TimeScale(text);
    });
}
