using Guestclock.Facts;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Probes.TimeServices;

public class ServiceProbeTests
{
    private const string Unit = "[Unit]\n";

    /// <summary>Each machine and, for each service: kind, unit, running, enabled, and (with '-') that it does not set the clock.</summary>
    public static TheoryData<string, MemoryMachine, string> Machines => new()
    {
        { "nothing", Live(""), "" },
        { "Debian 12 with chrony", Wanted("/usr/sbin/chronyd", "chrony",
            "7\tchronyd\t/usr/sbin/chronyd\t-F\t1\n8\tchronyd\t/usr/sbin/chronyd\t-F\t1\n"), "Chronyd chrony.service True True 7" },
        { "a chronyd that only measures", Live("7\tchronyd\tchronyd\t-x\t-f\t/x\n").File("/usr/sbin/chronyd", ""),
            "Chronyd /usr/sbin/chronyd True Missing 7-" },
        {
            "one that measures beside one that sets",
            Live("7\tchronyd\tchronyd\t-x\n9\tchronyd\tchronyd\n").File("/usr/sbin/chronyd",
                "").File("/usr/lib/systemd/system/chronyd.service", Unit), "Chronyd chronyd.service True False 9"
        },
        {
            "RHEL 6 with ntpd", Live("5\tntpd\tntpd\t-u\tntp:ntp\t-p\t/var/run/ntpd.pid\t-g\n").File("/usr/sbin/ntpd",
                "").File("/etc/init.d/ntpd", "#!/bin/bash\n").Link("/etc/rc.d/rc3.d/S58ntpd", "../init.d/ntpd"),
            "Ntpd /etc/init.d/ntpd True True 5"
        },
        {
            "Debian 12 with ntpsec, whose unit has aliases",
            Wanted("/usr/sbin/ntpd", "ntpsec",
                "5\tntpd\t/usr/sbin/ntpd\t-p\t/run/ntpd.pid\t-c\t/etc/ntpsec/ntp.conf\t-g\t-N\t-u\tntpsec:ntpsec\n").Link("/etc/systemd/system/ntp.service", "/usr/lib/systemd/system/ntpsec.service"),
            "Ntpsec ntpsec.service True True 5"
        },
        {
            "OpenNTPD", Wanted("/usr/sbin/ntpd", "openntpd",
                "5\tntpd\t/usr/sbin/ntpd\t-f\t/etc/openntpd/ntpd.conf\n6\tntpd\tntpd: ntp engine\n"),
                "Openntpd openntpd.service True True 5"
        },
        {
            "timesyncd", Live("3\tsystemd-timesyn\t/lib/systemd/systemd-timesyncd\n").File("/usr/lib/systemd/systemd-timesyncd",
                "").File("/usr/lib/systemd/system/systemd-timesyncd.service", Unit)
                .Link("/etc/systemd/system/sysinit.target.wants/systemd-timesyncd.service",
                    "/usr/lib/systemd/system/systemd-timesyncd.service"),
            "Timesyncd systemd-timesyncd.service True True 3"
        },
        {
            "Ubuntu 18.04: timesyncd is enabled, but its condition keeps it from starting beside chrony",
            Wanted("/usr/sbin/chronyd", "chrony", "7\tchronyd\t/usr/sbin/chronyd\n").File("/lib/systemd/systemd-timesyncd",
                "").File("/lib/systemd/system/systemd-timesyncd.service", Unit)
                .Link("/etc/systemd/system/sysinit.target.wants/systemd-timesyncd.service", "/lib/systemd/system/systemd-timesyncd.service")
                .File("/lib/systemd/system/systemd-timesyncd.service.d/disable-with-time-daemon.conf",
                    "[Unit]\n# don't run timesyncd if we have another NTP daemon installed\nConditionFileIsExecutable=!/usr/sbin/ntpd\n" +
                        "ConditionFileIsExecutable=!/usr/sbin/chronyd\n"),
            "Chronyd chrony.service True True 7; Timesyncd systemd-timesyncd.service False False "
        },
        { "ntpd-rs", Wanted("/usr/bin/ntp-daemon", "ntpd-rs", "4\tntp-daemon\t/usr/bin/ntp-daemon\n"),
            "NtpdRs ntpd-rs.service True True 4" },
        {
            "timemaster with what it starts",
            Wanted("/usr/sbin/timemaster", "timemaster",
                "1\ttimemaster\t/usr/sbin/timemaster\t-f\t/etc/linuxptp/timemaster.conf\n" +
                    "2\tchronyd\t/usr/sbin/chronyd\t-n\t-f\t/var/run/timemaster/chrony.conf\n" +
                    "3\tptp4l\t/usr/sbin/ptp4l\t-l\t5\t-f\t/x\t-H\t-i\teth0\n" +
                    "4\tphc2sys\t/usr/sbin/phc2sys\t-l\t5\t-a\t-r\t-R\t1.00\t-z\t/y\t-t\t[0:eth0]\t-n\t0\t-E\tntpshm\t-M\t0\n")
                .File("/usr/sbin/chronyd", ""),
            "Chronyd /usr/sbin/chronyd True Missing 2; Ptp4l /usr/sbin/ptp4l True Missing 3; Phc2sys /usr/sbin/phc2sys True Missing 4-; " +
                "Timemaster timemaster.service True True 1"
        },
        {
            "an instance of phc2sys", Live("4\tphc2sys\t/usr/sbin/phc2sys\t-w\t-s\teth0\n").File("/usr/sbin/phc2sys", "")
                .Link("/etc/systemd/system/multi-user.target.wants/phc2sys@eth0.service", "/usr/lib/systemd/system/phc2sys@.service"),
            "Phc2sys phc2sys@eth0.service True True 4"
        },
        {
            "options of the unit count where nothing runs",
                Live("").File("/usr/sbin/phc2sys", "").File("/usr/lib/systemd/system/phc2sys.service", Unit).File("/etc/sysconfig/phc2sys",
                "OPTIONS=\"-s eth0 -c /dev/ptp1\"\n"),
            "Phc2sys phc2sys.service False False -"
        },
        {
            "an image", new MemoryMachine { IsLive = false }.NoAnswer("processes", FactState.NotRecorded,
                "an image has no processes").File("/usr/sbin/chronyd", "").File("/usr/lib/systemd/system/chronyd.service", Unit)
                .Link("/etc/systemd/system/multi-user.target.wants/chronyd.service", "/usr/lib/systemd/system/chronyd.service"),
            "Chronyd chronyd.service NotRecorded True "
        },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void Finds_the_services(string name, MemoryMachine machine, string found)
    {
        var facts = ServiceProbe.Gather(machine);
        var text = string.Join("; ", facts.TimeServices.Value!.Select(s =>
            $"{s.Kind} {s.Unit} {Text(s.Running)} {Text(s.Enabled)} {s.Pid}{(s.NoSet ? "-" : "")}"));
        Assert.True(found == text, $"{name}: {text}");
    }

    [Fact]
    public void Reads_ntp_conf_with_its_includes_and_without_secrets()
    {
        var conf = ServiceProbe.Gather(Live("5\tntpd\tntpd\n").File("/usr/sbin/ntpd", "")
            .File("/etc/ntp.conf",
                "tinker panic 0\nincludefile ntp.d\nincludefile /etc/one\ncrypto pw verysecret\nincludefile /etc/ntp.conf\n")
            .File("/etc/ntp.d/a.conf", "server 192.0.2.1\n").File("/etc/ntp.d/a.txt", "server 192.0.2.9\n").File("/etc/one",
                "pool ntp.example.net # c\n")).NtpConf.Value!;
        Assert.Equal(["tinker panic 0", "server 192.0.2.1", "pool ntp.example.net", "crypto pw ***"],
            conf.Directives.Take(4).Select(d => d.ToString()));
        Assert.DoesNotContain("verysecret", string.Join('\n', conf.Directives), StringComparison.Ordinal);
        Assert.Contains("levels", conf.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_timesyncd_conf_with_its_drop_ins()
    {
        var conf = ServiceProbe.Gather(Live("3\tsystemd-timesyn\tsystemd-timesyncd\n").File("/etc/systemd/timesyncd.conf",
            "[Time]\nNTP=a b\n#FallbackNTP=x\n")
            .File("/usr/lib/systemd/timesyncd.conf.d/10-x.conf", "[Time]\nNTP=c\n").File("/etc/systemd/timesyncd.conf.d/10-x.conf",
                "[Time]\nNTP=\nNTP=d\n")
            .File("/run/systemd/timesyncd.conf.d/20-x.conf", "[Time]\nNTP=e\n")).NtpConf.Value!;
        Assert.Equal(["d", "e"], ConfiguredSource.Of(conf).Select(s => s.Name));
    }

    [Fact]
    public void Tells_whether_timesyncd_has_synchronised()
    {
        Assert.True(ServiceProbe.Gather(Live("").File("/run/systemd/timesync/synchronized", "")).TimesyncdSynchronized.Value);
        Assert.False(ServiceProbe.Gather(Live("")).TimesyncdSynchronized.Value);
        Assert.Equal(FactState.NotRecorded, ServiceProbe.Gather(
            new MemoryMachine { IsLive = false, Absent = FactState.NotRecorded }).TimesyncdSynchronized.State);
    }

    private static string Text(Fact<bool> fact) => fact.IsKnown ? fact.Value.ToString() : fact.State.ToString();

    private static MemoryMachine Live(string processes) => new MemoryMachine().Answer("processes", processes);

    private static MemoryMachine Wanted(string program, string unit, string processes) =>
        Live(processes).File(program, "").File($"/usr/lib/systemd/system/{unit}.service", Unit)
        .Link($"/etc/systemd/system/multi-user.target.wants/{unit}.service", $"/usr/lib/systemd/system/{unit}.service");

    [Fact]
    public void An_empty_root_holds_no_system_that_could_lack_a_service()
    {
        var facts = ServiceProbe.Gather(new MemoryMachine { IsLive = false });
        Assert.Equal(FactState.NotRecorded, facts.TimeServices.State);
    }
}
