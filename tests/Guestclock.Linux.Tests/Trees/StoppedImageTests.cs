using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>Disks of stopped machines: judged by what a disk can tell, and never worse because nothing runs.</summary>
public class StoppedImageTests
{
    private const string Guest = "role=kvm-guest";

    public static TheoryData<string> Chrony => [.. Family.WithChrony];

    public static TheoryData<string> Timesyncd => [.. Family.WithTimesyncd];

    [Theory]
    [MemberData(nameof(Chrony))]
    public void An_image_with_chrony_that_steps_is_ok(string name) => Family.SteppingAnytime(name).Judged(Guest).IsOk()
        .Has(CheckStatus.Pass, "time-service-enabled", "time-service-single", "step-policy", "rtc-synced", "time-sources-reachable",
        "boot-parameters")
        .Has(CheckStatus.Unknown, "time-service-running", "clock-synchronized", "clocksource-suitable", "phc-available");

    [Theory]
    [MemberData(nameof(Chrony))]
    public void An_image_with_stock_chrony_warns_only_of_its_steps(string name) =>
        Family.Disk(name).Judged(Guest).Fails(VerdictStatus.Warning, "step-policy").Says("step-policy", "makestep 1 -1");

    [Theory]
    [MemberData(nameof(Chrony))]
    public void An_image_of_a_guest_that_is_never_paused_is_ok(string name) => Family.Disk(name).Judged(Guest, "pauses=no").IsOk();

    [Theory]
    [MemberData(nameof(Timesyncd))]
    public void An_image_with_timesyncd_is_ok(string name) => Family.Disk(name).Judged(Guest).IsOk()
        .Has(CheckStatus.Pass, "time-service-enabled", "time-service-single", "step-policy");

    [Theory]
    [MemberData(nameof(Chrony))]
    [MemberData(nameof(Timesyncd))]
    public void An_image_of_which_nothing_is_said_is_ok(string name) => Family.Disk(name).Judged().IsOk();

    [Theory]
    [MemberData(nameof(Chrony))]
    public void An_image_without_an_enabled_service_is_critical(string name)
    {
        var disk = Family.SteppingAnytime(name).Without("/etc/systemd/system/multi-user.target.wants").Without("/etc/runlevels");
        disk.Judged(Guest).Fails(VerdictStatus.Critical, "time-service-enabled");
    }

    [Theory]
    [MemberData(nameof(Timesyncd))]
    public void An_image_without_timesyncd_enabled_is_critical(string name) =>
        Family.Disk(name).Without("/etc/systemd/system/sysinit.target.wants").Judged(Guest)
            .Fails(VerdictStatus.Critical, "time-service-enabled");

    [Theory]
    [InlineData("Debian 12")]
    [InlineData("Ubuntu 24.04")]
    public void Two_services_at_boot_are_a_warning(string name) => Family.Disk(name).Service("chrony", "/usr/sbin/chronyd")
        .File(Debian.Chrony, "pool pool.ntp.org iburst\nmakestep 1 -1\nrtcsync\n").Judged(Guest)
        .Fails(VerdictStatus.Warning, "time-service-single");

    [Theory]
    [InlineData("RHEL 9")]
    [InlineData("Debian 12 chrony")]
    [InlineData("SLES 15 SP6")]
    public void A_refclock_whose_module_nothing_loads_is_a_warning(string name) => Family.SteppingAnytime(name)
        .Append(Family.Chrony(name), "refclock PHC /dev/ptp_kvm poll 2\n").Judged(Guest)
        .Fails(VerdictStatus.Warning, "phc-loaded-at-boot");

    [Fact]
    public void A_refclock_with_its_module_is_right() => Family.SteppingAnytime("RHEL 9")
        .Append(RedHat.Chrony, "refclock PHC /dev/ptp_kvm poll 2\n").File("/etc/modules-load.d/ptp_kvm.conf", "ptp_kvm\n").Judged(Guest)
        .IsOk().Has(CheckStatus.Pass, "phc-loaded-at-boot", "phc-refclock");

    [Fact]
    public void A_refclock_by_number_is_a_warning() => Family.SteppingAnytime("RHEL 9")
        .Append(RedHat.Chrony, "refclock PHC /dev/ptp0 poll 2\n").File("/etc/modules-load.d/ptp_kvm.conf", "ptp_kvm\n").Judged(Guest)
        .Fails(VerdictStatus.Warning, "phc-refclock");

    [Theory]
    [InlineData("RHEL 7")]
    [InlineData("RHEL 8")]
    [InlineData("RHEL 9")]
    [InlineData("Fedora")]
    [InlineData("Debian 12 chrony")]
    [InlineData("SLES 15 SP6")]
    [InlineData("openSUSE Tumbleweed")]
    [InlineData("Alpine")]
    public void A_guest_that_will_boot_without_kvm_clock_is_critical(string name)
    {
        var tree = Family.SteppingAnytime(name);
        foreach (var argument in new[] { "console=ttyS0", "splash=silent" })
        {
            foreach (var file in tree.FilesWith(argument))
                tree.Replace(file, argument, $"no-kvmclock {argument}");
        }

        var told = tree.Judged(Guest).Says("boot-parameters", "no-kvmclock");
        Assert.Equal(VerdictStatus.Critical, told.Judgement.Verdict.Status);
    }

    [Fact]
    public void SLES_11_and_12_are_ok()
    {
        Suse.Sles11().Judged(Guest).IsOk().Has(CheckStatus.Pass, "time-service-enabled", "boot-parameters", "boot-parameters-persist",
            "step-policy");
        Suse.Sles12().Judged(Guest).IsOk().Has(CheckStatus.Pass, "time-service-enabled", "step-policy");
        Assert.Equal("11.4", Suse.Sles11().Judged(Guest).Facts.Identity.Os.Value!.VersionId);
    }

    [Fact]
    public void An_agent_that_is_enabled_and_allowed_passes()
    {
        var told = Family.SteppingAnytime("Debian 12 chrony").Agent("/usr/sbin/qemu-ga").Judged(Guest).IsOk();
        told.Has(CheckStatus.Pass, "guest-agent-running", "guest-agent-time-allowed");
    }

    [Fact]
    public void An_agent_without_hwclock_is_a_warning() => Family.SteppingAnytime("Debian 12 chrony").Agent("/usr/sbin/qemu-ga")
        .Without("/usr/sbin/hwclock").Judged(Guest).Says("guest-agent-time-allowed", "util-linux-extra");

    /// <summary>A wrong directory, a disk of data: there is no system to judge.</summary>
    [Theory]
    [InlineData("nothing")]
    [InlineData("data")]
    public void A_directory_without_a_system_is_unknown(string what)
    {
        var directory = new Tree(what).File(what == "data" ? "/lost+found/x" : "/x", "text");
        Assert.Equal(VerdictStatus.Unknown, directory.Judged().Judgement.Verdict.Status);
        Assert.Equal(VerdictStatus.Unknown, directory.Judged(Guest).Judgement.Verdict.Status);
    }

    /// <summary>The root of a container has neither kernel nor time service; a machine's disk would lack them.</summary>
    [Fact]
    public void The_root_of_a_container_is_not_critical()
    {
        Tree Root() => new Tree("container").Merged().File("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n");
        Root().Judged().Has(CheckStatus.Unknown, "time-service-enabled").Says("time-service-enabled", "--assume role=");
        Root().Judged("role=container").Has(CheckStatus.NotApplicable, "time-service-enabled");
        Root().Judged(Guest).Fails(VerdictStatus.Critical, "time-service-enabled");
    }

    [Fact]
    public void Windows_XP_without_the_switch_is_a_warning()
    {
        const string Ini = "[boot loader]\r\ntimeout=30\r\ndefault=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS\r\n[operating systems]\r\n"
            + "multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"Microsoft Windows XP Professional\" /noexecute=optin /fastdetect";
        var image = new Tree("Windows XP").File("/boot.ini", Ini + "\r\n").File("/WINDOWS/system32/smss.exe", "MZ");
        image.Judged(Guest).Fails(VerdictStatus.Warning, "windows-timer").Says("windows-timer", "/usepmtimer");
        var mended = new Tree("Windows XP").File("/boot.ini", Ini + " /usepmtimer\r\n").File("/WINDOWS/system32/smss.exe", "MZ");
        Assert.Equal("5.1", mended.Judged(Guest).IsOk().Has(CheckStatus.Pass, "windows-timer").Facts.Identity.Os.Value!.VersionId);
    }
}
