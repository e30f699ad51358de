using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Services;

/// <summary>
/// Enables, disables, starts, stops and restarts a service by what manages it: systemd, init scripts and run levels, OpenRC. What makes it start
/// at boot changes as links, on an image too; what runs follows on a live machine, by the distribution's own program.
/// </summary>
public static class ServiceChange
{
    /// <summary>Restarts a service, so that it reads what was changed; nothing on an image.</summary>
    /// <param name="service">As the facts name it: <c>chronyd</c>, <c>chrony.service</c>, <c>/etc/init.d/ntpd</c>.</param>
    /// <param name="risk">Null: that of a time service where it is one, else none.</param>
    public static void Restart(FixContext context, string service, string why, Risk? risk = null) => Run(context, service, "restart", "restart", why, risk);

    /// <summary>Starts a service; nothing on an image.</summary>
    /// <inheritdoc cref="Restart"/>
    public static void Start(FixContext context, string service, string why, Risk? risk = null) => Run(context, service, "start", "stop", why, risk);

    /// <summary>Stops a service; nothing on an image.</summary>
    /// <inheritdoc cref="Restart"/>
    public static void Stop(FixContext context, string service, string why, Risk risk = Risk.None) => Run(context, service, "stop", "start", why, risk);

    /// <summary>Lets a service start at every boot, and starts it.</summary>
    /// <inheritdoc cref="Restart"/>
    /// <exception cref="FixRefusedException">It is masked, or nothing of it says when it starts.</exception>
    public static void EnableAndStart(FixContext context, string service, string why, Risk? risk = null)
    {
        Enable(context, service, why);
        Start(context, service, why, risk);
    }

    /// <summary>Stops a service and keeps it from starting at boot.</summary>
    /// <inheritdoc cref="Restart"/>
    public static void DisableAndStop(FixContext context, string service, string why)
    {
        Disable(context, service, why);
        Stop(context, service, why);
    }

    /// <summary>Lets a service start at every boot.</summary>
    /// <inheritdoc cref="EnableAndStart"/>
    public static void Enable(FixContext context, string service, string why) => Change(context, NameOf(service), enable: true, why);

    /// <summary>Keeps a service from starting at boot.</summary>
    /// <inheritdoc cref="Restart"/>
    public static void Disable(FixContext context, string service, string why) => Change(context, NameOf(service), enable: false, why);

    /// <summary>The bare name: <c>ntpd</c> of <c>/etc/init.d/ntpd</c>, <c>chrony</c> of <c>chrony.service</c>.</summary>
    public static string NameOf(string service)
    {
        var name = service[(service.LastIndexOf('/') + 1)..];
        return name.EndsWith(".service", StringComparison.Ordinal) ? name[..^8] : name;
    }

    private static void Change(FixContext context, string name, bool enable, string why)
    {
        var manager = ServiceManagers.Of(context.Facts);
        var unit = manager is ServiceManager.Systemd or ServiceManager.Other ? InstallSection.Find(context.Files, name) : null;
        if (manager == ServiceManager.OpenRc || (unit is null && context.Files.IsDirectory(RunLevels.Root)))
            RunLevels.Change(context, name, enable, why);
        else if (unit is not null)
            Reloaded(context, () => Units(context, unit, enable, why));
        else if (InitScript.Find(context.Files, name) is { } script)
            Reloaded(context, () => InitScript.Change(context, script, enable, why));
        else
            throw new FixRefusedException($"{name} has neither a unit nor an init script here: install its package again");
    }

    private static void Units(FixContext context, InstallSection unit, bool enable, string why)
    {
        if (enable)
            UnitLinks.Enable(context, unit, why);
        else
            UnitLinks.Disable(context, unit, why);
    }

    /// <summary>systemd makes units of the links of run levels too.</summary>
    private static void Reloaded(FixContext context, Action change)
    {
        var before = context.Steps.Count;
        change();
        if (context.Steps.Count > before)
            Reload(context, "so that systemd sees the changed units");
    }

    /// <summary>Lets systemd read units and drop-ins again.</summary>
    public static void Reload(FixContext context, string why)
    {
        if (ServiceManagers.Of(context.Facts) == ServiceManager.Systemd)
            context.Add(new ProgramStep("systemctl", "daemon-reload") { Phase = StepPhase.Generate, Undo = ["daemon-reload"], Effect = Effect.Now }, why);
    }

    private static void Run(FixContext context, string service, string verb, string undo, string why, Risk? risk)
    {
        var name = NameOf(service);
        if (!context.IsLive)
            return;
        var taken = risk ?? (IsTimeService(context.Facts, name) ? ClockRisk.OfRestart(context.Facts) : Risk.None);
        IReadOnlyList<string>? Undo(params IReadOnlyList<string> arguments) => arguments;
        ProgramStep? step = ServiceManagers.Of(context.Facts) switch
        {
            ServiceManager.Systemd => new("systemctl", verb, name) { Undo = Undo(undo, name) },
            ServiceManager.OpenRc => new("rc-service", name, verb) { Undo = Undo(name, undo) },
            ServiceManager.Other when !context.Facts.Identity.Os.Is(o => o.Family == OsFamily.Debian) => null,
            _ => new("service", name, verb) { Undo = Undo(name, undo) },
        };
        if (step is not null)
            context.Add(step with { Effect = Effect.Now, Risk = taken, LimitS = 90 }, why);
        else
            context.LeaveToUser($"process 1 ({context.Facts.Identity.InitProcess.Or("?")}) is no service manager that is known here: {verb} {name} by hand");
    }

    private static bool IsTimeService(MachineFacts facts, string name) =>
        name is "chrony" or "chronyd" or "ntp" or "ntpd" or "ntpsec" or "openntpd" or "ntpd-rs" or "systemd-timesyncd" or "xntpd"
        || facts.Services.TimeServices.Or([]).Any(s => s.ServiceName == name);
}
