using Guestclock.Facts;
using Guestclock.Remedies;
using Guestclock.Units;

namespace Guestclock.Checks.TimeServices;

/// <summary>What the checks of time services ask of a machine, so that all of them see it alike.</summary>
internal static class Situation
{
    /// <summary>For this long after boot a service may still be finding its sources.</summary>
    private const long SettlingNs = 300_000_000_000;

    /// <summary>A container has its host's clock, and may not set it; the services of Windows stand in its registry, which is not read.
    /// </summary>
    public static Finding? NotJudged(MachineFacts facts) =>
        facts.Identity.Os.Is(o => o.Family == OsFamily.Windows)
            ? Finding.NotApplicable("Windows keeps its clock by its own service (w32time), which is not judged")
        : facts.Has(Role.Container) ? Finding.NotApplicable("a container has the clock of its host; the host's time service keeps it",
            EvidenceItem.Of("roles", facts.Identity.Roles, "container")) : null;

    /// <summary>The service that keeps the clock: one that runs and sets it, else (where processes are not known) one that starts at
    /// boot.</summary>
    public static TimeService? Active(MachineFacts facts)
    {
        var services = facts.Services;
        if (services.Disciplining.FirstOrDefault() is { } running)
            return running;
        return KnowsProcesses(facts) ? null : services.TimeServices.Or([]).FirstOrDefault(s => s.DisciplinesSystemClock
            && s.Enabled.Is(e => e));
    }

    /// <summary>Whether it is known what runs.</summary>
    public static bool KnowsProcesses(MachineFacts facts)
    {
        var rows = facts.Services.TimeServices.Or([]);
        return rows.Count > 0 ? rows.Any(s => s.Running.IsKnown) : facts.Services.Processes.IsKnown;
    }

    /// <summary>The fact that says why it is not known what runs.</summary>
    public static IFact ProcessesFact(MachineFacts facts) =>
        !facts.Services.TimeServices.IsKnown ? facts.Services.TimeServices
        : facts.Services.TimeServices.Value!.Count > 0 ? facts.Services.TimeServices.Value[0].Running
        : facts.Services.Processes;

    /// <summary>
    /// Nothing shows that a machine is looked at: a directory without a system, or (where no role was given) a system without a kernel and
    /// a boot loader, as the root of a container is.
    /// </summary>
    public static Finding? NoMachine(MachineFacts facts)
    {
        var identity = facts.Identity;
        if (KnowsProcesses(facts) || facts.Services.TimeServices.Is(s => s.Count > 0))
            return null;
        if (!identity.Os.IsKnown)
            return Finding.Unknown("cannot tell: there is no operating system here", identity.Os.Why ?? "not known", FactState.Missing,
                EvidenceItem.Of("operating system", identity.Os));
        return identity.Roles.IsKnown || identity.KernelRelease.IsKnown || facts.Boot.Entries.IsKnown ? null
            : Finding.Unknown("cannot tell: no kernel and no boot loader are here, as in the root of a container",
                "say --assume role=kvm-guest or --assume role=container", FactState.NotRecorded,
                EvidenceItem.Of("kernel", identity.KernelRelease), EvidenceItem.Of("boot entries", facts.Boot.Entries));
    }

    /// <summary>The machine booted so recently that a service may not be synchronised yet.</summary>
    public static bool IsSettling(MachineFacts facts) => facts.Clock.Readings.Is(r => r.BootTimeNs < SettlingNs);

    public static string Uptime(MachineFacts facts) => new Nanoseconds(facts.Clock.Readings.Or(new(0, 0, 0, 0, 0)).BootTimeNs).ToString();

    /// <summary>
    /// What keeps a guest's clock although it is not in the list of services: VirtualBox's Guest Additions every 10 s, or dom0 that of an
    /// old XenLinux kernel without a wall clock of its own. Null where nothing does.
    /// </summary>
    public static string? OtherKeeper(MachineFacts facts) => facts.Has(Role.VirtualBoxGuest) ? "VBoxService"
        : facts.Has(Role.XenGuest) && facts.Xen.IndependentWallclock.Is(v => v == "0") ? "dom0 (independent_wallclock is 0)"
        : null;

    /// <summary>What else may set the clock of such a guest, as a remark; null where nothing does.</summary>
    public static string? OtherSetter(MachineFacts facts) =>
        facts.Has(Role.VmwareGuest) ? "VMware Tools may set the clock as well: 'vmware-toolbox-cmd timesync status' must say Disabled"
        : facts.Has(Role.VirtualBoxGuest) ? "VBoxService may set the clock as well: start it with --disable-timesync"
        : null;

    public static EvidenceItem Evidence(TimeService service) =>
        new(service.Name, string.Join(", ", Words(service)), service.Enabled.IsKnown ? service.Enabled.Source : service.Installed.Source);

    public static string Names(IEnumerable<TimeService> services) =>
        string.Join(" and ", services.Select(s => s.Pid is { } pid ? $"{s.Name} (process {pid})" : s.Name));

    /// <summary>The service to start where none runs: the first that something can start at boot, else the first; null where none is installed.</summary>
    public static TimeService? Installed(MachineFacts facts)
    {
        var all = facts.Services.TimeServices.Or([]).Where(s => s.DisciplinesSystemClock).ToList();
        return all.FirstOrDefault(s => s.Enabled.IsKnown) ?? all.FirstOrDefault();
    }

    /// <summary>Installs (where none is) and starts a time service: the one that is there, else the distribution's own.</summary>
    public static Remedy Start(MachineFacts facts, TimeService? installed)
    {
        if (installed is not null)
            return new($"Start {installed.Name} now and at every boot", ByDistribution.EnableAndStart(facts, installed.ServiceName));
        var (package, unit) = ByDistribution.IsSysV(facts)
            ? ("ntp", facts.Identity.Os.Is(o => o.Family == OsFamily.RedHat) ? "ntpd" : "ntp")
            : ("chrony", ByDistribution.ChronyUnit(facts));
        return new($"Install {package} and start it now and at every boot",
            [ByDistribution.Install(facts, package), .. ByDistribution.EnableAndStart(facts, unit)]);
    }

    /// <summary>The options that keep a service from setting the system clock.</summary>
    public static string NotSetting(TimeService service) =>
        service.Kind == TimeServiceKind.Chronyd ? "-x" : string.Join(' ', service.Arguments);

    /// <summary>Lets a service set the clock that is told not to: where the options of chronyd's unit stand.</summary>
    public static Remedy LetSet(MachineFacts facts, TimeService service)
    {
        if (service.Kind != TimeServiceKind.Chronyd)
            return new($"Run {service.Name} so that it sets the system clock, or run chronyd");
        var place = facts.Identity.Os.Or(new("", "", "", OsFamily.Unknown)).Family switch
        {
            OsFamily.Debian => "vi /etc/default/chrony   # take -x out of DAEMON_OPTS",
            OsFamily.RedHat or OsFamily.Suse => "vi /etc/sysconfig/chronyd   # take -x out of OPTIONS",
            OsFamily.Alpine => "vi /etc/conf.d/chronyd   # take -x out of ARGS",
            _ => "systemctl edit chronyd   # ExecStart without -x",
        };
        return new("Let chronyd set the clock: run it without -x", place, ByDistribution.Restart(facts, ByDistribution.ChronyUnit(facts)));
    }

    private static IEnumerable<string> Words(TimeService service)
    {
        yield return service.Running.IsKnown ? (service.Running.Value ? "running" : "not running") : "not known whether it runs";
        yield return service.Enabled.IsKnown ? (service.Enabled.Value ? "starts at boot" : "does not start at boot")
            : "no unit that starts it";
        if (service.NoSet)
            yield return $"does not set the system clock ({NotSetting(service)})";
    }
}
