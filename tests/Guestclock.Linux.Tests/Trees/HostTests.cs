using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>Hosts of KVM, nested hosts, and what breaks the clocks of all their guests at once.</summary>
public class HostTests
{
    public static TheoryData<string> Names => ["RHEL 8", "RHEL 9", "Debian 12 chrony", "Ubuntu 25.10", "SLES 15 SP6",
        "openSUSE Tumbleweed"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sound_host_is_ok(string name) => Host(name).Judged().IsOk().HasRoles(Role.BareMetal, Role.KvmHost).KnowsEverything()
        .Has(CheckStatus.Pass, "tsc-constant", "tsc-nonstop", "tsc-stable", "clocksource-suitable", "kvm-usable", "kvm-stable-clock",
            "kvm-tsc-scaling", "domain-clock", "domain-timers", "domain-agent-channel", "time-service-running")
        .Has(CheckStatus.NotApplicable, "step-policy", "phc-available", "guest-agent-running", "steal-time");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stopped_host_is_ok(string name) => Family.Disk(name).WithGuests().Judged("role=bare-metal,kvm-host").IsOk()
        .Has(CheckStatus.Pass, "domain-clock", "domain-timers");

    [Theory]
    [MemberData(nameof(Names))]
    public void The_TSC_was_found_unstable(string name) => Host(name).ClockSource("hpet", "hpet acpi_pm").Kvm(0)
        .Log("clocksource: timekeeping watchdog on CPU3: Marking clocksource 'tsc' as unstable because the skew is too large:",
            "clocksource:                       'hpet' wd_nsec: 503712000 wd_now: 1 wd_last: 1 mask: ffffffff",
            "clocksource:                       'tsc' cs_nsec: 1007424000 cs_now: 1 cs_last: 1 mask: ffffffffffffffff",
            "tsc: Marking TSC unstable due to clocksource watchdog", "clocksource: Switched to clocksource hpet")
        .Judged().Fails(VerdictStatus.Warning, "tsc-stable", "clocksource-suitable", "clocksource-not-demoted", "kvm-stable-clock");

    [Theory]
    [MemberData(nameof(Names))]
    public void Somebody_chose_hpet(string name) => Host(name).ClockSource("hpet", "tsc hpet acpi_pm").Kvm(0).Judged()
        .Fails(VerdictStatus.Warning, "clocksource-suitable", "kvm-stable-clock").Says("clocksource-suitable", "echo tsc >");

    [Theory]
    [MemberData(nameof(Names))]
    public void No_time_service(string name) => Host(name).Answer(Questions.Processes, "").WithoutChronyAnswers()
        .Kernel(synchronised: false)
        .Judged().Fails(VerdictStatus.Critical, "time-service-running", "clock-synchronized");

    [Fact]
    public void KVM_does_not_answer()
    {
        var host = Host("RHEL 9").Answer(Questions.Kvm, "api=12\ncap.8=1\ncap.39=14\ncap.60=1\n"
            + "error.create-vm=EBUSY device or resource busy\n");
        host.Judged().Fails(VerdictStatus.Warning, "kvm-usable");
    }

    [Fact]
    public void A_guest_whose_RTC_stands_still() => Host("RHEL 9")
        .ChangeGuest("name='rtc' tickpolicy='catchup'", "name='rtc' track='guest' tickpolicy='catchup'").Judged()
        .Fails(VerdictStatus.Warning, "domain-clock");

    [Fact]
    public void A_guest_without_kvm_clock() => Host("RHEL 9")
        .ChangeGuest("<timer name='pit'", "<timer name='kvmclock' present='no'/><timer name='pit'").Judged()
        .Fails(VerdictStatus.Warning, "domain-timers");

    [Fact]
    public void Guests_are_saved_at_shutdown_and_come_back_late() => Host("RHEL 9")
        .Service("libvirt-guests", "/usr/libexec/libvirt-guests.sh").File("/etc/sysconfig/libvirt-guests", "#SYNC_TIME=0\n").Judged()
        .Fails(VerdictStatus.Warning, "guests-synced-on-resume").Says("guests-synced-on-resume", "SYNC_TIME=1");

    [Fact]
    public void A_nested_host_on_the_TSC_is_ok() => Family.SteppingAnytime("RHEL 9").AsNestedHost().Judged().IsOk()
        .HasRoles(Role.KvmGuest, Role.KvmHost).Has(CheckStatus.Pass, "clocksource-suitable", "kvm-usable", "kvm-stable-clock");

    /// <summary>Its own clock is right; that of its guests is not.</summary>
    [Fact]
    public void A_nested_host_on_kvm_clock_harms_its_guests() => Family.SteppingAnytime("RHEL 9").AsNestedHost()
        .ClockSource("kvm-clock", "kvm-clock tsc acpi_pm").Kvm(0).Judged().Fails(VerdictStatus.Warning, "kvm-stable-clock");

    /// <summary>vmx or svm is passed to most guests today, and then the kernel loads KVM by itself.</summary>
    [Fact]
    public void A_guest_on_kvm_clock_that_only_could_run_guests_is_ok() =>
        Family.SteppingAnytime("Ubuntu 25.10").AsKvmGuest().Chronyd().Kvm(0).Judged().IsOk().Has(CheckStatus.Info, "kvm-stable-clock");

    /// <summary>Debian and Ubuntu start libvirt-guests, which shuts guests down and does not start them again.</summary>
    [Theory]
    [InlineData("Debian 12 chrony")]
    [InlineData("Ubuntu 25.10")]
    public void A_host_with_Debian_s_libvirt_guests_is_ok(string name) => Host(name)
        .Service("libvirt-guests", "/usr/libexec/libvirt-guests.sh")
        .File("/etc/default/libvirt-guests", "#URIS=default\n#ON_BOOT=ignore\n#ON_SHUTDOWN=shutdown\n#SYNC_TIME=1\n").Judged().IsOk();

    /// <summary>Proxmox VE: guests are QEMU processes that libvirt does not know.</summary>
    [Fact]
    public void A_Proxmox_host_is_ok() => Host("Debian 13 chrony").Without("/etc/libvirt")
        .Process(4100, "kvm", ("/usr/bin/kvm\t-id\t100\t-name\tweb,debug-threads=on"
        + "\t-no-shutdown\t-smp\t2,sockets=1,cores=2,maxcpus=2\t-nodefaults\t-cpu\tx86-64-v2-AES,enforce,+kvm_pv_eoi,+kvm_pv_unhalt"
        + "\t-chardev\tsocket,path=/run/qga,server=on,wait=off,id=qga0\t-device\tvirtio-serial,id=qga0,bus=pci.0,addr=0x8"
        + "\t-device\tvirtserialport,chardev=qga0,name=org.qemu.guest_agent.0\t-machine\thpet=off,type=pc-i440fx-8.1+pve0").Split('\t'))
        .Judged().IsOk().Has(CheckStatus.Pass, "domain-clock", "domain-agent-channel");

    /// <summary>Desktops and cloud guests have the device without running guests; that is no reason to warn.</summary>
    [Fact]
    public void A_cloud_guest_with_the_device_is_ok() => SoundGuestTests.OnTsc(Family.SteppingAnytime("Ubuntu 25.10").AsKvmGuest()
        .Chronyd().Kvm(14))
        .Judged().IsOk();

    [Fact]
    public void A_host_without_a_constant_TSC_needs_two_more()
    {
        var host = Host("RHEL 8").Cpus("vmx").ClockSource("hpet", "hpet acpi_pm").Kvm(0)
            .Power("ondemand", "powernow-k8", "POLL", "C1", "C2");
        var told = host.Judged();
        Assert.Equal("tsc-constant", told.Judgement.Verdict.FirstBroken!.Check.Id);
        told.Has(CheckStatus.Warning, "cstates-limited", "cpufreq-pinned");
    }

    [Fact]
    public void A_host_without_a_constant_TSC_whose_clock_is_kept_by_configuration() => Host("RHEL 8").Cpus("vmx")
        .Power("performance", "powernow-k8", "POLL", "C1")
        .Service("tuned", "/usr/sbin/tuned").File("/etc/tuned/active_profile", "virtual-host\n").Judged()
        .Has(CheckStatus.Pass, "cpufreq-pinned").Has(CheckStatus.Info, "tsc-constant");

    private static Tree Host(string name) => Family.Disk(name).AsHost();
}
