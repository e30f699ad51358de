using Guestclock.Facts;

namespace Guestclock.Remedies;

/// <summary>The commands that start, stop and restart services, by what starts them on this machine.</summary>
internal static class ServiceCommands
{
    public static IReadOnlyList<string> EnableAndStart(MachineFacts facts, string service) => ServiceManagers.Of(facts) switch
    {
        ServiceManager.Systemd => [$"systemctl enable --now {service}"],
        ServiceManager.OpenRc => [$"rc-update add {service} default", $"rc-service {service} start"],
        ServiceManager.SysV => [IsDebian(facts) ? $"update-rc.d {service} defaults" : $"chkconfig {service} on", $"service {service} start"],
        _ => [Start(facts, service), $"# no systemd runs here: let process 1 ({facts.Identity.InitProcess.Value}) start {service} at boot too"],
    };

    public static IReadOnlyList<string> DisableAndStop(MachineFacts facts, string service) => ServiceManagers.Of(facts) switch
    {
        ServiceManager.Systemd => [$"systemctl disable --now {service}"],
        ServiceManager.OpenRc => [$"rc-service {service} stop", $"rc-update del {service}"],
        ServiceManager.SysV => [$"service {service} stop", IsDebian(facts) ? $"update-rc.d {service} disable" : $"chkconfig {service} off"],
        _ => [IsDebian(facts) ? $"service {service} stop" : $"# stop {service}: no systemd runs here"],
    };

    public static string Restart(MachineFacts facts, string service) => ServiceManagers.Of(facts) switch
    {
        ServiceManager.Systemd => $"systemctl restart {service}",
        ServiceManager.OpenRc => $"rc-service {service} restart",
        ServiceManager.Other when !IsDebian(facts) => $"# restart {service}: no systemd runs here",
        _ => $"service {service} restart",
    };

    /// <summary>Starts a service that is enabled already or that something else starts at boot.</summary>
    public static string Start(MachineFacts facts, string service) => ServiceManagers.Of(facts) switch
    {
        ServiceManager.Systemd => $"systemctl start {service}",
        ServiceManager.OpenRc => $"rc-service {service} start",
        ServiceManager.Other when !IsDebian(facts) => service is "chrony" or "chronyd" ? "chronyd" : $"# start {service}: no systemd runs here",
        _ => $"service {service} start",
    };

    /// <summary>Debian's packages bring init scripts beside their units, which service(8) runs without systemd.</summary>
    private static bool IsDebian(MachineFacts facts) => facts.Identity.Os.Is(o => o.Family == OsFamily.Debian);
}
