using Guestclock.Facts;

namespace Guestclock.Remedies;

/// <summary>The commands that start, stop and restart services, by what starts them on this machine.</summary>
internal static class ServiceCommands
{
    private enum Manager
    {
        Systemd,

        /// <summary>Init scripts and run levels.</summary>
        SysV,
        OpenRc,

        /// <summary>Process 1 is something else (a container's program, a test's own init): systemctl would fail there.</summary>
        Other,
    }

    public static IReadOnlyList<string> EnableAndStart(MachineFacts facts, string service) => Of(facts) switch
    {
        Manager.Systemd => [$"systemctl enable --now {service}"],
        Manager.OpenRc => [$"rc-update add {service} default", $"rc-service {service} start"],
        Manager.SysV => [IsDebian(facts) ? $"update-rc.d {service} defaults" : $"chkconfig {service} on", $"service {service} start"],
        _ => [Start(facts, service), $"# no systemd runs here: let process 1 ({facts.Identity.InitProcess.Value}) start {service} at boot too"],
    };

    public static IReadOnlyList<string> DisableAndStop(MachineFacts facts, string service) => Of(facts) switch
    {
        Manager.Systemd => [$"systemctl disable --now {service}"],
        Manager.OpenRc => [$"rc-service {service} stop", $"rc-update del {service}"],
        Manager.SysV => [$"service {service} stop", IsDebian(facts) ? $"update-rc.d {service} disable" : $"chkconfig {service} off"],
        _ => [IsDebian(facts) ? $"service {service} stop" : $"# stop {service}: no systemd runs here"],
    };

    public static string Restart(MachineFacts facts, string service) => Of(facts) switch
    {
        Manager.Systemd => $"systemctl restart {service}",
        Manager.OpenRc => $"rc-service {service} restart",
        Manager.Other when !IsDebian(facts) => $"# restart {service}: no systemd runs here",
        _ => $"service {service} restart",
    };

    /// <summary>Starts a service that is enabled already or that something else starts at boot.</summary>
    public static string Start(MachineFacts facts, string service) => Of(facts) switch
    {
        Manager.Systemd => $"systemctl start {service}",
        Manager.OpenRc => $"rc-service {service} start",
        Manager.Other when !IsDebian(facts) => service is "chrony" or "chronyd" ? "chronyd" : $"# start {service}: no systemd runs here",
        _ => $"service {service} start",
    };

    private static Manager Of(MachineFacts facts)
    {
        if (ByDistribution.IsSysV(facts))
            return Manager.SysV;
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Alpine))
            return Manager.OpenRc;
        return facts.Identity.InitProcess.Or("systemd") switch
        {
            "systemd" => Manager.Systemd,
            "init" => Manager.SysV,
            "openrc-init" => Manager.OpenRc,
            _ => Manager.Other,
        };
    }

    /// <summary>Debian's packages bring init scripts beside their units, which service(8) runs without systemd.</summary>
    private static bool IsDebian(MachineFacts facts) => facts.Identity.Os.Is(o => o.Family == OsFamily.Debian);
}
