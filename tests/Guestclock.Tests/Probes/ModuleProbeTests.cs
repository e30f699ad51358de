using System.IO.Compression;
using System.Text;
using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Probes.Modules;
using Guestclock.Testing;

namespace Guestclock.Tests.Probes;

public class ModuleProbeTests
{
    private static MemoryMachine Debian() => new MemoryMachine()
        .Answer("uname", "sysname=Linux\nrelease=6.1.0-30-amd64\nmachine=x86_64\n")
        .File("/lib/modules/6.1.0-30-amd64/modules.dep", "kernel/drivers/ptp/ptp_kvm.ko: kernel/drivers/ptp/ptp.ko\n")
        .File("/lib/modules/6.1.0-30-amd64/modules.builtin", "kernel/drivers/rtc/rtc-cmos.ko\n")
        .File("/proc/modules", "ptp_kvm 16384 0 - Live 0x0000000000000000\nptp 32768 1 ptp_kvm, Live 0x0000000000000000\n")
        .File("/proc/cmdline", "root=/dev/vda1 modules_load=virtio_rng,virtio-console modprobe.blacklist=floppy\n");

    [Fact]
    public void The_running_kernel_is_the_one_that_counts()
    {
        var facts = ModuleProbe.Gather(Debian().File("/lib/modules/6.1.0-99-amd64/modules.dep", "x.ko:"));
        Assert.Equal(["ptp", "ptp_kvm"], facts.Loaded.Value!.Order(StringComparer.Ordinal));
        Assert.Equal(["rtc_cmos"], facts.BuiltIn.Value!);
        Assert.Equal(["ptp_kvm"], facts.Available.Value!);
        Assert.Equal(["virtio_console", "virtio_rng"], facts.LoadedAtBoot.Value!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("/proc/cmdline", facts.Blacklisted.Value!["floppy"]);
    }

    [Theory]
    [InlineData("/etc/modules-load.d/ptp_kvm.conf", "ptp_kvm\n")]
    [InlineData("/usr/lib/modules-load.d/clock.conf", "ptp-kvm\n")]
    [InlineData("/etc/modules", "ptp_kvm\n")]
    [InlineData("/etc/rc.modules", "/sbin/modprobe ptp_kvm\n")]
    [InlineData("/etc/sysconfig/modules/clock.modules", "#!/bin/sh\nmodprobe ptp_kvm\n")]
    [InlineData("/etc/sysconfig/kernel", "MODULES_LOADED_ON_BOOT=\"loop ptp_kvm\"\n")]
    public void Every_list_of_modules_at_boot(string path, string text) =>
        Assert.Equal(path, ModuleProbe.Gather(Debian().File(path, text)).LoadedAtBoot.Value!["ptp_kvm"]);

    [Fact]
    public void A_file_in_etc_hides_its_namesake_and_a_link_to_null_hides_it_altogether()
    {
        var hidden = Debian().File("/usr/lib/modules-load.d/a.conf", "ptp_kvm\n").File("/etc/modules-load.d/a.conf", "# nothing\n")
            .File("/usr/lib/modules-load.d/b.conf", "ptp_kvm\n").Link("/etc/modules-load.d/b.conf", "/dev/null");
        Assert.DoesNotContain("ptp_kvm", ModuleProbe.Gather(hidden).LoadedAtBoot.Value!.Keys);
    }

    [Theory]
    [InlineData("/etc/modprobe.d/no-clock.conf", "blacklist ptp_kvm\n")]
    [InlineData("/lib/modprobe.d/hard.conf", "install ptp_kvm /bin/false\n")]
    [InlineData("/etc/modprobe.conf", "blacklist ptp-kvm\n")]
    [InlineData("/etc/modprobe.d/blacklist", "blacklist ptp_kvm\n")]
    public void Every_list_of_modules_that_must_not_load(string path, string text) =>
        Assert.Equal(path, ModuleProbe.Gather(Debian().File(path, text)).Blacklisted.Value!["ptp_kvm"]);

    [Fact]
    public void An_image_is_judged_by_its_newest_kernel()
    {
        var image = new MemoryMachine { IsLive = false, Absent = FactState.NotRecorded }
            .File("/lib/modules/6.1.0-9-amd64/modules.dep", "old.ko:").File("/lib/modules/6.1.0-30-amd64/modules.dep", "new.ko:")
            .File("/lib/modules/6.9/updates/x.ko", "").File("/etc/hostname", "x");
        var facts = ModuleProbe.Gather(image);
        Assert.Equal(["new"], facts.Available.Value!);
        Assert.Equal(FactState.NotRecorded, facts.Loaded.State);
        Assert.Empty(facts.LoadedAtBoot.Value!);
    }

    [Fact]
    public void A_kernel_without_modules_tells_by_its_configuration()
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            zip.Write("CONFIG_PTP_1588_CLOCK=y\n# CONFIG_PTP_1588_CLOCK_KVM is not set\n"u8);
        var machine = new MemoryMachine().Answer("uname", "release=6.18.44\n").File("/proc/config.gz", packed.ToArray());
        var facts = ModuleProbe.Gather(machine);
        Assert.Equal("n", facts.Configured.Value!["CONFIG_PTP_1588_CLOCK_KVM"]);
        Assert.Equal(FactState.Missing, facts.Loaded.State);
    }

    [Fact]
    public void A_configuration_that_is_no_gzip_is_malformed()
    {
        Fuzz.Bytes([Encoding.ASCII.GetBytes("not gzip"), [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]],
            b => ModuleProbe.Gather(new MemoryMachine().Answer("uname", "release=6\n").File("/proc/config.gz", b)), 200);
    }

    [Theory]
    [InlineData("6.1.0-30-amd64", "6.1.0-9-amd64", 1)]
    [InlineData("5.14.0-503.el9.x86_64", "5.14.0-70.el9.x86_64", 1)]
    [InlineData("6.1", "6.1.1", -1)]
    [InlineData("6.01", "6.1", 0)]
    public void Releases_are_ordered_by_their_numbers(string a, string b, int order) =>
        Assert.Equal(order, Math.Sign(KernelFolder.Compare(a, b)));
}
