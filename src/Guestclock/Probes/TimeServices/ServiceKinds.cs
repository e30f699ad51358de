using Guestclock.Facts;

namespace Guestclock.Probes.TimeServices;

/// <summary>How one kind of time service is known on a machine.</summary>
/// <param name="Command">/proc/PID/comm, cut to 15 bytes.</param>
/// <param name="Programs">Where distributions install it.</param>
/// <param name="Units">Names of its unit or init script.</param>
/// <param name="OptionFiles">Files of shell variables with the options that its unit or script passes: path and variable.</param>
internal sealed record ServiceKind(TimeServiceKind Kind, string Command, IReadOnlyList<string> Programs, IReadOnlyList<string> Units,
    IReadOnlyList<(string File, string Variable)> OptionFiles);

/// <summary>The kinds, from the packages of RHEL, Fedora, Debian, Ubuntu, SLES, openSUSE, Arch and Alpine.</summary>
internal static class ServiceKinds
{
    public static ServiceKind Chronyd { get; } = new(TimeServiceKind.Chronyd, "chronyd",
        ["/usr/sbin/chronyd", "/usr/bin/chronyd", "/sbin/chronyd"],
        ["chrony", "chronyd"], [("/etc/default/chrony", "DAEMON_OPTS"), ("/etc/sysconfig/chronyd", "OPTIONS"), ("/etc/conf.d/chronyd", "ARGS")]);

    public static ServiceKind Ntpd { get; } = new(TimeServiceKind.Ntpd, "ntpd",
        ["/usr/sbin/ntpd", "/usr/bin/ntpd", "/sbin/ntpd", "/usr/sbin/xntpd"],
        ["ntp", "ntpd", "xntpd"], [("/etc/default/ntp", "NTPD_OPTS"), ("/etc/sysconfig/ntpd", "OPTIONS"),
            ("/etc/sysconfig/ntp", "NTPD_OPTIONS"), ("/etc/conf.d/ntpd", "NTPD_OPTS")]);

    public static ServiceKind Ntpsec { get; } = new(TimeServiceKind.Ntpsec, "ntpd", ["/usr/sbin/ntpd"],
        ["ntpsec", "ntpd", "ntp"], [("/etc/default/ntpsec", "NTPD_OPTS"), ("/etc/sysconfig/ntpd", "OPTIONS")]);

    public static ServiceKind Openntpd { get; } = new(TimeServiceKind.Openntpd, "ntpd",
        ["/usr/sbin/openntpd", "/usr/sbin/ntpd", "/usr/bin/ntpd"],
        ["openntpd"], [("/etc/default/openntpd", "DAEMON_OPTS")]);

    public static ServiceKind NtpdRs { get; } = new(TimeServiceKind.NtpdRs, "ntp-daemon", ["/usr/bin/ntp-daemon", "/usr/sbin/ntp-daemon"],
        ["ntpd-rs"], []);

    public static ServiceKind Timesyncd { get; } = new(TimeServiceKind.Timesyncd, "systemd-timesyn",
        ["/usr/lib/systemd/systemd-timesyncd", "/lib/systemd/systemd-timesyncd"], ["systemd-timesyncd"], []);

    public static ServiceKind Ptp4l { get; } = new(TimeServiceKind.Ptp4l, "ptp4l", ["/usr/sbin/ptp4l", "/usr/bin/ptp4l"], ["ptp4l"],
        [("/etc/sysconfig/ptp4l", "OPTIONS")]);

    public static ServiceKind Phc2sys { get; } = new(TimeServiceKind.Phc2sys, "phc2sys", ["/usr/sbin/phc2sys", "/usr/bin/phc2sys"],
        ["phc2sys"],
        [("/etc/sysconfig/phc2sys", "OPTIONS")]);

    public static ServiceKind Timemaster { get; } = new(TimeServiceKind.Timemaster, "timemaster",
        ["/usr/sbin/timemaster", "/usr/bin/timemaster"],
        ["timemaster"], []);
}
