using Guestclock.Facts;

namespace Guestclock.Remedies;

/// <summary>What starts the services of a machine.</summary>
public enum ServiceManager
{
    Systemd,

    /// <summary>Init scripts and run levels, upstart's among them.</summary>
    SysV,
    OpenRc,

    /// <summary>Process 1 is something else (a container's program, a test's own init): systemctl would fail there.</summary>
    Other,
}

public static class ServiceManagers
{
    public static ServiceManager Of(MachineFacts facts)
    {
        if (ByDistribution.IsSysV(facts))
            return ServiceManager.SysV;
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Alpine))
            return ServiceManager.OpenRc;
        return facts.Identity.InitProcess.Or("systemd") switch
        {
            "systemd" => ServiceManager.Systemd,
            "init" => ServiceManager.SysV,
            "openrc-init" => ServiceManager.OpenRc,
            _ => ServiceManager.Other,
        };
    }
}
