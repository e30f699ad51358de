using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.TimeServices;

/// <summary>Machines with time services, from which the rows of these tables are made.</summary>
internal static class With
{
    public static TimeService Service(TimeServiceKind kind, bool running = true, bool enabled = true,
        params IReadOnlyList<string> arguments) => new(kind,
        kind switch
        {
            TimeServiceKind.Chronyd => "chrony.service",
            TimeServiceKind.Timesyncd => "systemd-timesyncd.service",
            _ =>
            $"{kind.ToString().ToLowerInvariant()}.service"
        },
        Some.Known(true), Some.Known(running), Some.Known(enabled), running ? 7 : null, arguments.Contains("-x")
            && kind == TimeServiceKind.Chronyd)
        {
            Arguments = arguments,
        };

    /// <summary>A service as an image shows it.</summary>
    public static TimeService InImage(TimeServiceKind kind, bool enabled = true) => Service(kind, false, enabled)
        with
    { Running = Some.Not<bool>(FactState.NotRecorded, "an image has no processes") };

    public static MachineFacts Services(this MachineFacts facts, params IReadOnlyList<TimeService> services) => facts with
    {
        Services = facts.Services with
        {
            TimeServices = Some.Known(services),
            Processes = services.All(s => s.Running.IsKnown) ? Some.Known(1L)
                : Some.Not<long>(FactState.NotRecorded, "an image has no processes"),
        },
    };

    /// <summary>With a running chronyd that is enabled, configured by these lines.</summary>
    public static MachineFacts Chrony(this MachineFacts facts, params IReadOnlyList<string> lines) =>
        facts.Services(Service(TimeServiceKind.Chronyd)).ChronyConf(lines);

    public static MachineFacts ChronyConf(this MachineFacts facts, params IReadOnlyList<string> lines) => facts with
    {
        Services = facts.Services with
        {
            ChronyConf = Some.Known(
            new ChronyConfiguration("/etc/chrony/chrony.conf", Directives("/etc/chrony/chrony.conf", lines), []))
        },
    };

    /// <summary>A guest with busybox's ntpd, whose -p names a server and which has no ntp.conf.</summary>
    public static MachineFacts Busybox()
    {
        var facts = Some.KvmGuest().Services(Service(TimeServiceKind.Ntpd, true, true, "-N", "-p", "pool.ntp.org"));
        return facts with { Services = facts.Services with { NtpConf = Some.Missing<NtpConfiguration>() } };
    }

    /// <summary>With one running service that is enabled, configured by these lines.</summary>
    public static MachineFacts Other(this MachineFacts facts, TimeService service, params IReadOnlyList<string> lines) =>
        facts.Services(service) with
        {
            Services = facts.Services(service).Services
            with
            { NtpConf = Some.Known(new NtpConfiguration(service.Kind, "/etc/ntp.conf", Directives("/etc/ntp.conf", lines), [])) },
        };

    public static MachineFacts Kernel(this MachineFacts facts, bool synchronised, long maxErrorUs = 20_000, long offsetNs = 0) => facts with
    {
        Clock = facts.Clock with
        {
            KernelTime = Some.Known(
            new KernelTime(synchronised ? 0 : 5, synchronised ? 0x2001 : 0x41, offsetNs, 0, maxErrorUs, 0, 0))
        },
    };

    public static MachineFacts Uptime(this MachineFacts facts, long seconds) => facts with
    {
        Clock = facts.Clock with { Readings = Some.Known(new ClockReadings(1, 1, seconds * 1_000_000_000, 1, 1)) },
    };

    public static MachineFacts Tracking(this MachineFacts facts, long correctionNs = 1000, long dispersionNs = 500_000, int stratum = 3,
        int leap = 0, string id = "C0000201", string address = "192.0.2.1") =>
        facts with
        {
            Chrony = facts.Chrony with
            {
                Tracking = Some.Known(new ChronyTracking(id, address, stratum, leap, 0, correctionNs, 0, 0, 1, 0, 0, 2_000_000,
                    dispersionNs, 64)),
            },
        };

    public static MachineFacts Sources(this MachineFacts facts, int unresolved, params IReadOnlyList<ChronySource> sources) => facts with
    {
        Chrony = facts.Chrony with
        {
            Sources = Some.Known(sources),
            Activity = Some.Known(new ChronyActivity(sources.Count, 0, 0, 0, unresolved))
        },
    };

    public static ChronySource Source(string name, ChronySourceState state, int reach = 0xFF,
        ChronySourceMode mode = ChronySourceMode.Client) => new(name, mode, state, 2, 6, reach, 10, 100, 200);

    public static MachineFacts Container(this MachineFacts facts) => facts
        with
    { Identity = facts.Identity with { Roles = Some.List(Role.Container) } };

    public static MachineFacts Is(this MachineFacts facts, Role role) => facts
        with
    { Identity = facts.Identity with { Roles = Some.List(role) } };

    public static MachineFacts Os(this MachineFacts facts, string id, string version, OsFamily family) => facts
        with
    { Identity = facts.Identity with { Os = Some.Known(Some.Os(id, version, family)) } };

    private static IReadOnlyList<ConfigDirective> Directives(string file, IReadOnlyList<string> lines) =>
        [.. lines.Select((l, i) => new ConfigDirective(l.Split(' ')[0], l.Split(' ')[1..], $"{file}:{i + 1}"))];
}
