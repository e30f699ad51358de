using Guestclock.Facts;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;

namespace Guestclock.Tests.Checks.Phc;

/// <summary>Facts for the tables of the PHC checks.</summary>
internal static class PhcFacts
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    public static PtpClock Kvm(string device = "/dev/ptp0", long offsetNs = 900, bool link = true) =>
        new(device, "KVM virtual PTP", link ? ["/dev/ptp_kvm"] : [], Some.Known(new PtpReading(offsetNs, 1500, "plain")));

    public static PtpClock VmClock(long offsetNs) => new("/dev/ptp0", "vmclock0", [], Some.Known(new PtpReading(offsetNs, 20, "precise")));

    /// <summary>A network card's clock that nobody set; igb and e1000e name it after the card's address.</summary>
    public static PtpClock Nic(string device) =>
        new(device, "525400123457", [], Some.Known(new PtpReading(-1_700_000_000 * Second, 3000, "extended")));

    public static MachineFacts With(this MachineFacts facts, params PtpClock[] clocks) =>
        facts with { Devices = facts.Devices with { PtpClocks = Some.List(clocks) } };

    public static MachineFacts On(this MachineFacts facts, Hypervisor hypervisor, Role role) =>
        facts with { Identity = facts.Identity with { Hypervisor = Some.Known(hypervisor), Roles = Some.List(role) } };

    public static MachineFacts InContainer(this MachineFacts facts) =>
        facts with { Identity = facts.Identity with { Roles = Some.List(Role.KvmGuest, Role.Container) } };

    /// <summary>Modules of a Debian kernel that has ptp_kvm as a module.</summary>
    public static MachineFacts Modules(this MachineFacts facts, string loaded = "", string builtIn = "", string available = "ptp_kvm",
        string atBoot = "", string prevented = "") =>
        facts with
        {
            Modules = new()
            {
                Loaded = Set(loaded),
                BuiltIn = Set(builtIn),
                Available = Set(available),
                LoadedAtBoot = Map(atBoot, $"/etc/modules-load.d/{atBoot}.conf"),
                Blacklisted = Map(prevented, "/etc/modprobe.d/blacklist.conf"),
                Configured = Some.Missing<IReadOnlyDictionary<string, string>>(),
            },
        };

    /// <summary>chronyd runs with these refclock lines; without any it is an ordinary NTP client.</summary>
    public static MachineFacts Chrony(this MachineFacts facts, params string[] refclocks) => facts with
    {
        Services = facts.Services with
        {
            TimeServices = Some.List(Service(TimeServiceKind.Chronyd, true)),
            ChronyConf = Some.Known(new ChronyConfiguration("/etc/chrony/chrony.conf",
                [.. refclocks.Select((r, i) => new ConfigDirective("refclock", r.Split(' '), $"/etc/chrony/chrony.conf:{i + 3}"))], [])),
        },
    };

    public static MachineFacts Runs(this MachineFacts facts, TimeServiceKind kind, bool running = true) =>
        facts with { Services = facts.Services with { TimeServices = Some.List(Service(kind, running)) } };

    public static MachineFacts Sources(this MachineFacts facts, params ChronySource[] sources) =>
        facts with { Chrony = facts.Chrony with { Sources = Some.List(sources) } };

    public static ChronySource Phc(ChronySourceState state, int reach = 255, uint since = 3, string name = "PHC0") =>
        new(name, ChronySourceMode.RefClock, state, 2, 2, reach, since, -300, 2_000);

    public static ChronySource Server(ChronySourceState state) =>
        new("192.0.2.1", ChronySourceMode.Client, state, 2, 6, 255, 30, 40_000, 900_000);

    private static TimeService Service(TimeServiceKind kind, bool running) =>
        new(kind, kind.ToString(), Some.Known(true), Some.Known(running), Some.Known(true), running ? 77 : null, false);

    private static Fact<IReadOnlySet<string>> Set(string names) =>
        Some.Known<IReadOnlySet<string>>(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));

    private static Fact<IReadOnlyDictionary<string, string>> Map(string name, string file) =>
        Some.Known<IReadOnlyDictionary<string,
            string>>(name.Length == 0 ? new Dictionary<string, string>(StringComparer.Ordinal)
            : new(StringComparer.Ordinal) { [name] = file });
}
