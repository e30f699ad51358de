using Guestclock.Probes;

namespace Guestclock.Linux.Gathering;

/// <summary>All probes of the program, one line each; the slow ones first, so that they run beside the others.</summary>
public static class ProbeList
{
    public static IReadOnlyList<Probe> All { get; } =
    [
        Probe.Of("libvirt", LibvirtProbe.Gather, (f, s) => f with { Libvirt = s }),
        Probe.Of("chrony", ChronyProbe.Gather, (f, s) => f with { Chrony = s }),
        Probe.Of("kvm", KvmProbe.Gather, (f, s) => f with { Kvm = s }),
        Probe.Of("kernelLog", KernelLogProbe.Gather, (f, s) => f with { KernelLog = s }),
        Probe.Of("identity", IdentityProbe.Gather, (f, s) => f with { Identity = s }),
        Probe.Of("cpu", CpuProbe.Gather, (f, s) => f with { Cpu = s }),
        Probe.Of("clock", ClockProbe.Gather, (f, s) => f with { Clock = s }),
        Probe.Of("power", PowerProbe.Gather, (f, s) => f with { Power = s }),
        Probe.Of("boot", BootProbe.Gather, (f, s) => f with { Boot = s }),
        Probe.Of("modules", ModuleProbe.Gather, (f, s) => f with { Modules = s }),
        Probe.Of("services", ServiceProbe.Gather, (f, s) => f with { Services = s }),
        Probe.Of("devices", DeviceProbe.Gather, (f, s) => f with { Devices = s }),
        Probe.Of("agent", AgentProbe.Gather, (f, s) => f with { Agent = s }),
        Probe.Of("xen", XenProbe.Gather, (f, s) => f with { Xen = s }),
        Probe.Of("windows", WindowsProbe.Gather, (f, s) => f with { Windows = s }),
    ];
}
