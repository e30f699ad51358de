using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Testing;
using Guestclock.Tests.Checks.Tsc;

namespace Guestclock.Tests.Fixes.Power;

/// <summary>A host without a constant TSC, by distribution and by what of it is installed.</summary>
public class CpuFrequencyTests
{
    private const string Cpu = "/sys/devices/system/cpu";

    [Theory]
    [InlineData("4.8", "# kHz\nMIN_SPEED=\nMAX_SPEED=\n", "# kHz\nMIN_SPEED=2400000\nMAX_SPEED=2400000\n")]
    [InlineData("5.4", "DRIVER=\r\nMAX_SPEED=\"1800000\"\r\nMIN_SPEED='1000000' # slow", "DRIVER=\r\nMAX_SPEED=\"2400000\"\r\nMIN_SPEED='2400000' # slow")]
    [InlineData("6.10", "#MAX_SPEED=1\nGOVERNOR=\n", "#MAX_SPEED=1\nMAX_SPEED=2400000\nGOVERNOR=\nMIN_SPEED=2400000\n")]
    public void Old_Red_Hat_pins_by_cpuspeed(string version, string before, string after)
    {
        var machine = Host("rhel", version, OsFamily.RedHat).Old().File("/etc/sysconfig/cpuspeed", before).File("/etc/rc.d/init.d/cpuspeed", "#!/bin/sh\n# chkconfig: 12345 06 99\n")
            .Planned().Writes("/etc/sysconfig/cpuspeed", after);
        Assert.Equal(["service cpuspeed restart"], machine.Programs);
        Assert.Contains(machine.Plan.Steps, s => s is LinkStep { Path: "/etc/rc.d/rc3.d/S06cpuspeed" });
    }

    [Fact]
    public void Cpuspeed_sets_a_governor_where_the_CPU_lists_no_frequencies() => Host("rhel", "6.10", OsFamily.RedHat).Old("")
        .File("/etc/sysconfig/cpuspeed", "GOVERNOR=\n").File("/etc/rc.d/init.d/cpuspeed", "#!/bin/sh\n# chkconfig: 12345 06 99\n").Planned()
        .Writes("/etc/sysconfig/cpuspeed", "GOVERNOR=performance\n");

    [Theory]
    [InlineData("7.9", "/etc/sysconfig/cpupower", "CPUPOWER_START_OPTS=\"frequency-set -g ondemand\"\nCPUPOWER_STOP_OPTS=\"frequency-set -g ondemand\"\n",
        "CPUPOWER_START_OPTS=\"frequency-set -g performance\"\nCPUPOWER_STOP_OPTS=\"frequency-set -g ondemand\"\n")]
    [InlineData("9.6", "/etc/sysconfig/cpupower", "CPUPOWER_START_OPTS=\"frequency-set -d 1GHz --governor=ondemand\"\n", "CPUPOWER_START_OPTS=\"frequency-set -d 1GHz --governor=performance\"\n")]
    [InlineData("10.0", "/etc/sysconfig/cpupower", "CPUPOWER_START_OPTS=''\n", "CPUPOWER_START_OPTS='frequency-set -g performance'\n")]
    [InlineData("43", "/etc/cpupower-service.conf", "#GOVERNOR='ondemand'\n#FREQ=\n", "#GOVERNOR='ondemand'\nGOVERNOR=performance\n#FREQ=\n")]
    [InlineData("rolling", "/etc/default/cpupower", "#governor='ondemand'\n", "#governor='ondemand'\ngovernor=performance\n")]
    public void Cpupower_gets_the_governor_and_is_enabled(string version, string file, string before, string after)
    {
        var machine = Host("rhel", version, OsFamily.RedHat).Modern().File(file, before).Unit("cpupower").Mended().Writes(file, after);
        Assert.Contains(machine.Plan.Steps, s => s is ValueStep { Path: $"{Cpu}/cpufreq/policy0/scaling_governor", Before: "ondemand", After: "performance" });
        Assert.Contains(machine.Plan.Steps, s => s is LinkStep { Path: "/etc/systemd/system/multi-user.target.wants/cpupower.service" });
        Assert.Contains("systemctl restart cpupower", machine.Programs);
    }

    [Fact]
    public void Only_the_unit_is_missing() => Assert.Empty(Host("rhel", "8.10", OsFamily.RedHat).Modern()
        .File("/etc/sysconfig/cpupower", "CPUPOWER_START_OPTS=\"frequency-set -g performance\"\n").Unit("cpupower").Mended().Written);

    [Fact]
    public void Debian_pins_by_cpufrequtils_which_brings_no_file() => Host("debian", "11", OsFamily.Debian).Modern()
        .File("/etc/init.d/cpufrequtils", "#!/bin/sh\n").File("/etc/rc2.d/S01cpufrequtils", "").Mended().Writes("/etc/default/cpufrequtils", "GOVERNOR=performance\n");

    [Fact]
    public void Ubuntu_s_ondemand_does_not_come_after_it()
    {
        var machine = Host("ubuntu", "18.04", OsFamily.Debian).Modern().File("/etc/init.d/cpufrequtils", "#!/bin/sh\n").File("/etc/rc2.d/S01cpufrequtils", "")
            .Unit("ondemand").Link("/etc/systemd/system/multi-user.target.wants/ondemand.service", "/lib/systemd/system/ondemand.service").Planned();
        Assert.Contains(machine.Plan.Steps, s => s is LinkStep { Path: "/etc/systemd/system/multi-user.target.wants/ondemand.service", After: null });
    }

    [Fact]
    public void TuneD_has_the_last_word_where_it_starts()
    {
        var machine = Host("rhel", "9.6", OsFamily.RedHat).Modern().File("/etc/sysconfig/cpupower", "CPUPOWER_START_OPTS=\"frequency-set -g ondemand\"\n").Unit("cpupower")
            .Unit("tuned").File("/etc/systemd/system/multi-user.target.wants/tuned.service", "").File("/etc/tuned/active_profile", "balanced\n")
            .File("/usr/lib/tuned/virtual-host/tuned.conf", "").Planned();
        Assert.Equal(["tuned-adm profile virtual-host"], machine.Programs);
        Assert.Empty(machine.Written);
        Assert.Equal(["profile", "balanced"], machine.Plan.Steps.OfType<ProgramStep>().Single().Undo);
    }

    [Fact]
    public void SLES_enables_TuneD()
    {
        var machine = Host("sles", "15.6", OsFamily.Suse).Modern().Unit("tuned").File("/usr/lib/tuned/profiles/throughput-performance/tuned.conf", "").Planned();
        Assert.Equal(["systemctl daemon-reload", "systemctl start tuned", "tuned-adm profile throughput-performance"], machine.Programs);
    }

    [Fact]
    public void What_is_not_installed_is_left_to_the_user()
    {
        var machine = Host("debian", "12", OsFamily.Debian).Modern().Planned();
        Assert.IsType<ValueStep>(Assert.Single(machine.Plan.Steps));
        Assert.Contains("cpufrequtils", Assert.Single(machine.Plan.Findings[0].ByHand).Commands[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_CPU_that_does_not_offer_it_is_left_to_the_user() => Host("rhel", "9.6", OsFamily.RedHat).Modern(governors: "ondemand userspace")
        .File("/etc/sysconfig/cpupower", "CPUPOWER_START_OPTS=\"\"\n").Unit("cpupower").Left("No governor of this CPU pins");

    private static RepairedFiles Host(string id, string version, OsFamily family) =>
        new RepairedFiles("cpufreq-pinned", Some.KvmHost().Flags().System(id, version, family, "3.10.0-1160")).Runs("");
}

file static class Pieces
{
    private const string Cpu = "/sys/devices/system/cpu";

    public static RepairedFiles Unit(this RepairedFiles machine, string name) => machine.File($"/usr/lib/systemd/system/{name}.service", "[Install]\nWantedBy=multi-user.target\n");

    public static RepairedFiles Modern(this RepairedFiles machine, string governors = "ondemand performance") => machine.Policy($"{Cpu}/cpufreq/policy0", governors, "2400000 1000000");

    public static RepairedFiles Old(this RepairedFiles machine, string frequencies = "1000000 2400000 1800000") => machine.Policy($"{Cpu}/cpu0/cpufreq", "ondemand performance", frequencies);

    private static RepairedFiles Policy(this RepairedFiles machine, string folder, string governors, string frequencies) => machine.File($"{folder}/scaling_governor", "ondemand\n")
        .File($"{folder}/scaling_driver", "powernow-k8\n").File($"{folder}/scaling_available_governors", governors + "\n")
        .File($"{folder}/scaling_available_frequencies", frequencies + "\n").File($"{folder}/scaling_min_freq", "1000000\n").File($"{folder}/scaling_max_freq", "2400000\n");
}
