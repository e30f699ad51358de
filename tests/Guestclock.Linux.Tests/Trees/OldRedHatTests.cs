using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>RHEL and CentOS 3 to 6, above all the table of parameters that such guests need on hosts without a constant TSC.</summary>
public class OldRedHatTests
{
    private static readonly string[] Guest = ["role=kvm-guest", "host-constant-tsc=no"];

    [Theory]
    [InlineData("3.9", "x86_64", null, "")]
    [InlineData("3.9", "i686", null, "")]
    [InlineData("4.8", "x86_64", null, "notsc")]
    [InlineData("4.8", "i686", null, "clock=pmtmr")]
    [InlineData("5.3", "x86_64", null, "notsc")]
    [InlineData("5.3", "i686", null, "clocksource=acpi_pm")]
    [InlineData("5.4", "x86_64", "yes", "")]
    [InlineData("5.4", "x86_64", "no", "notsc")]
    [InlineData("5.4", "i686", "yes", "")]
    [InlineData("5.4", "i686", "no", "clocksource=acpi_pm")]
    [InlineData("6.10", "x86_64", "yes", "")]
    public void The_table_of_parameters(string version, string architecture, string? pvClock, string needs)
    {
        string[] assume = pvClock is null ? Guest : [.. Guest, $"pv-clock={pvClock}"];
        OldRedHat.Release(version, architecture, needs).Judged(assume).IsOk()
            .Has(CheckStatus.Pass, "time-service-enabled", "time-service-single", "step-policy");
        if (needs.Length > 0)
            OldRedHat.Release(version, architecture).Judged(assume).Fails(VerdictStatus.Critical, "boot-parameters")
                .Says("boot-parameters", needs);
    }

    [Theory]
    [InlineData("4.8", "x86_64")]
    [InlineData("5.3", "i686")]
    [InlineData("5.4", "x86_64")]
    [InlineData("5.4", "i686")]
    [InlineData("6.10", "x86_64")]
    public void A_host_with_a_constant_TSC_needs_no_parameter(string version, string architecture) =>
        OldRedHat.Release(version, architecture).Judged("role=kvm-guest", "host-constant-tsc=yes").IsOk()
            .Has(CheckStatus.Pass, "boot-parameters");

    [Theory]
    [InlineData("4.8", "x86_64", CheckStatus.Unknown)]
    [InlineData("5.3", "i686", CheckStatus.Unknown)]
    [InlineData("6.10", "x86_64", CheckStatus.Pass)]
    public void Where_the_host_is_not_known_nothing_is_claimed(string version, string architecture, CheckStatus status) =>
        OldRedHat.Release(version, architecture).Judged("role=kvm-guest").IsOk().Has(status, "boot-parameters");

    [Theory]
    [InlineData("5.4", "x86_64", "notsc lpj=n")]
    [InlineData("5.4", "i686", "clocksource=acpi_pm lpj=n")]
    public void The_placeholder_of_the_manual_is_critical(string version, string architecture, string arguments) =>
        OldRedHat.Release(version, architecture, arguments).Judged([.. Guest, "pv-clock=no"])
            .Fails(VerdictStatus.Critical, "boot-parameters").Says("boot-parameters", "lpj=n");

    [Theory]
    [InlineData("4.8", "x86_64", "notsc divider=10")]
    [InlineData("5.3", "i686", "clocksource=acpi_pm divider=10")]
    public void The_divider_is_a_warning(string version, string architecture, string arguments) =>
        OldRedHat.Release(version, architecture, arguments).Judged(Guest).Fails(VerdictStatus.Warning, "boot-parameters");

    [Theory]
    [InlineData("3.9")]
    [InlineData("4.8")]
    [InlineData("5.3")]
    [InlineData("5.4")]
    [InlineData("6.10")]
    public void Each_release_is_known_by_its_release_file(string version)
    {
        var os = OldRedHat.Release(version, "x86_64").Judged().Facts.Identity.Os.Value!;
        Assert.Equal(("centos", version, OsFamily.RedHat), (os.Id, os.VersionId, os.Family));
    }

    [Fact]
    public void Stock_ntpd_gives_up_after_a_long_pause() => OldRedHat.Release("6.10", "x86_64")
        .Replace(OldRedHat.Ntp, "tinker panic 0\n", "")
        .Judged("role=kvm-guest").Fails(VerdictStatus.Warning, "step-policy").Says("step-policy", "tinker panic 0");

    [Fact]
    public void Ntpd_that_is_not_enabled_is_critical()
    {
        var tree = OldRedHat.Release("5.4", "x86_64").Without("/etc/rc.d/rc3.d").Without("/etc/rc.d/rc5.d")
            .RedHatScript("ntpd", "/usr/sbin/ntpd", enabled: false);
        tree.Judged("role=kvm-guest", "host-constant-tsc=yes").Fails(VerdictStatus.Critical, "time-service-enabled")
            .Says("time-service-enabled", "chkconfig ntpd on");
    }

    [Fact]
    public void A_running_guest_of_6_is_ok() => OldRedHat.Release("6.10", "x86_64").AsKvmGuest().NtpdRuns().Judged().IsOk()
        .Has(CheckStatus.Pass, "clocksource-suitable", "clock-synchronized", "time-service-enabled", "boot-parameters-persist");

    /// <summary>The 64-bit kernel of RHEL 5 has no list of clock sources; its log tells.</summary>
    [Fact]
    public void A_running_guest_of_5_4_is_ok() => OldRedHat.Release("5.4", "x86_64").AsKvmGuest().NtpdRuns()
        .Without("/sys/devices/system/clocksource").Cpus("constant_tsc up")
        .Log("kvm-clock: cpu 0, msr 0:12345, boot clock", "time.c: Using 1.193182 MHz WALL KVM GTOD KVM timer.",
        "time.c: Detected 2596.120 MHz processor.")
        .Judged().IsOk();
}
