using Guestclock.Facts;

namespace Guestclock.Tests.Fixes.TimeServices;

/// <summary>ntpd of RHEL 3 to 7, SLES 11 and 12, Debian and Ubuntu, NTPsec; phc2sys and OpenNTPD.</summary>
public class NtpdStepsTests
{
    private const string Conf = "# For more information about this file, see ntp.conf(5)\nrestrict default nomodify\nserver 0.centos.pool.ntp.org iburst\n";

    [Theory]
    [InlineData(Conf, "tinker panic 0\n" + Conf)]
    [InlineData("tinker panic 1000\nserver a\n", "tinker panic 0\nserver a\n")]
    [InlineData("tinker panic 0\nserver a\ntinker step 0.5 panic 300 # why\n", "tinker panic 0\nserver a\ntinker step 0.5 panic 0 # why\n")]
    [InlineData("server a\r\nserver b", "tinker panic 0\r\nserver a\r\nserver b")]
    [InlineData("tinker step 0\nserver a\n", "tinker panic 0\ntinker step 0.128\nserver a\n")]
    [InlineData("tinker\tstep  600 panic 0\n", "tinker\tstep  0.128 panic 0\n")]
    public void Ntp_conf_gets_both_thresholds(string before, string after) => Ntpd("6", "-u ntp:ntp -g").File("/etc/ntp.conf", before).Mended().Writes("/etc/ntp.conf", after);

    [Theory]
    [InlineData("3.9", "OPTIONS=\"-U ntp -x\"\n", "OPTIONS=\"-U ntp\"\n")]
    [InlineData("4.8", "# Drop root\nOPTIONS=\"-u ntp:ntp -x -p /var/run/ntpd.pid\"\n", "# Drop root\nOPTIONS=\"-u ntp:ntp -p /var/run/ntpd.pid\"\n")]
    [InlineData("5.11", "OPTIONS='-x -u ntp:ntp'\nSYNC_HWCLOCK=no\n", "OPTIONS='-u ntp:ntp'\nSYNC_HWCLOCK=no\n")]
    [InlineData("6.10", "OPTIONS=\"-gx -u ntp:ntp\"\n", "OPTIONS=\"-g -u ntp:ntp\"\n")]
    [InlineData("7.9", "OPTIONS=\"-g --slew\"\n", "OPTIONS=\"-g\"\n")]
    public void Red_Hat_s_options_lose_x(string version, string before, string after) => Ntpd(version, null).File("/etc/sysconfig/ntpd", before)
        .File("/etc/ntp.conf", "tinker panic 0\nserver a\n").Mended().Writes("/etc/sysconfig/ntpd", after);

    [Theory]
    [InlineData("ntp", "/etc/default/ntp", "NTPD_OPTS='-g -x'\n", "NTPD_OPTS='-g'\n", "/etc/ntp.conf")]
    [InlineData("ntpsec", "/etc/default/ntpsec", "NTPD_OPTS=\"-x -g -N\"\n", "NTPD_OPTS=\"-g -N\"\n", "/etc/ntpsec/ntp.conf")]
    public void Debian_s_options_lose_x(string unit, string file, string before, string after, string conf) =>
        RepairedFiles.Guest("step-policy", "debian", "12", OsFamily.Debian)
            .File("/usr/sbin/ntpd", "ELF").File($"/usr/lib/systemd/system/{unit}.service", "[Service]\n")
            .File($"/etc/systemd/system/multi-user.target.wants/{unit}.service", "").File(file, before).File(conf, "server a\n").Mended()
            .Writes(file, after).Writes(conf, "tinker panic 0\nserver a\n");

    [Fact]
    public void SLES_has_its_options_in_a_file_of_its_own() => RepairedFiles.Guest("step-policy", "sles", "11.4", OsFamily.Suse)
        .File("/usr/sbin/ntpd", "ELF").File("/etc/init.d/ntp", "").File("/etc/init.d/rc3.d/S06ntp", "")
        .File("/etc/sysconfig/ntp", "NTPD_OPTIONS=\"-x -g -u ntp:ntp\"\n").File("/etc/ntp.conf", "server a\n").Mended()
        .Writes("/etc/sysconfig/ntp", "NTPD_OPTIONS=\"-g -u ntp:ntp\"\n").Writes("/etc/ntp.conf", "tinker panic 0\nserver a\n");

    [Fact]
    public void An_included_file_is_changed_where_the_threshold_stands() => Ntpd("7.9", "-g").File("/etc/ntp.conf", "includefile /etc/ntp/more.conf\nserver a\n")
        .File("/etc/ntp/more.conf", "# site\ntinker panic 500\n").Mended().Writes("/etc/ntp/more.conf", "# site\ntinker panic 0\n");

    [Fact]
    public void A_running_ntpd_is_restarted()
    {
        var machine = Ntpd("6.10", "-g -x").File("/etc/ntp.conf", "server a\n").Runs("9\tntpd\tntpd\t-g\t-x\n").Mended();
        Assert.Equal(["service ntpd restart"], machine.Programs);
        machine.Writes("/etc/sysconfig/ntpd", "OPTIONS=\"-g\"\n");
    }

    [Fact]
    public void Options_of_a_unit_are_left_to_the_user() => Ntpd("7.9", "-g").File("/etc/ntp.conf", "server a\n").Runs("9\tntpd\tntpd\t-x\n").Left("take it out of its unit");

    [Fact]
    public void A_value_in_pieces_is_left_to_the_user() => Ntpd("7.9", null).File("/etc/sysconfig/ntpd", "OPTIONS=\"-x\"' -g'\n").File("/etc/ntp.conf", "server a\n").Left("by hand");

    [Theory]
    [InlineData("OPTIONS=\"-a -r\"\n", "OPTIONS=\"-a -r -S 1\"\n")]
    [InlineData("OPTIONS=\"-a -r -S 0\"\n", "OPTIONS=\"-a -r -S 1\"\n")]
    public void Phc2sys_gets_a_threshold(string before, string after) => Phc2sys(before).Mended().Writes("/etc/sysconfig/phc2sys", after);

    [Fact]
    public void Phc2sys_of_a_unit_of_its_own_is_left_to_the_user() => Phc2sys("OPTIONS=\"-a -r\"\n").Runs("5\tphc2sys\tphc2sys\t-s\teth0\n").Left("Add -S 1");

    [Fact]
    public void OpenNTPD_is_left_to_the_user() => RepairedFiles.Guest("step-policy", "debian", "12", OsFamily.Debian).File("/usr/sbin/openntpd", "ELF")
        .File("/usr/lib/systemd/system/openntpd.service", "").File("/etc/systemd/system/multi-user.target.wants/openntpd.service", "").Left("Use chrony");

    private static RepairedFiles Phc2sys(string options) => RepairedFiles.Guest("step-policy", "rhel", "9.6", OsFamily.RedHat).File("/usr/sbin/phc2sys", "ELF")
        .File("/usr/lib/systemd/system/phc2sys.service", "").File("/etc/systemd/system/multi-user.target.wants/phc2sys.service", "").File("/etc/sysconfig/phc2sys", options);

    private static RepairedFiles Ntpd(string version, string? options)
    {
        var machine = RepairedFiles.Guest("step-policy", "centos", version, OsFamily.RedHat).File("/usr/sbin/ntpd", "ELF").File("/etc/rc.d/init.d/ntpd", "")
            .File("/etc/rc.d/rc3.d/S58ntpd", "");
        return options is null ? machine : machine.File("/etc/sysconfig/ntpd", $"OPTIONS=\"{options}\"\n");
    }
}
