using Guestclock.Probes;

namespace Guestclock.Linux.Gathering;

/// <summary>All probes of the program, one line each; the slow ones first, so that they run beside the others.</summary>
public static class ProbeList
{
    public static IReadOnlyList<Probe> All { get; } =
    [
        new("libvirt", m => { var s = LibvirtProbe.Gather(m); return f => f with { Libvirt = s }; }),
        new("chrony", m => { var s = ChronyProbe.Gather(m); return f => f with { Chrony = s }; }),
        new("kvm", m => { var s = KvmProbe.Gather(m); return f => f with { Kvm = s }; }),
        new("kernelLog", m => { var s = KernelLogProbe.Gather(m); return f => f with { KernelLog = s }; }),
        new("identity", m => { var s = IdentityProbe.Gather(m); return f => f with { Identity = s }; }),
        new("cpu", m => { var s = CpuProbe.Gather(m); return f => f with { Cpu = s }; }),
        new("clock", m => { var s = ClockProbe.Gather(m); return f => f with { Clock = s }; }),
        new("power", m => { var s = PowerProbe.Gather(m); return f => f with { Power = s }; }),
        new("boot", m => { var s = BootProbe.Gather(m); return f => f with { Boot = s }; }),
        new("modules", m => { var s = ModuleProbe.Gather(m); return f => f with { Modules = s }; }),
        new("services", m => { var s = ServiceProbe.Gather(m); return f => f with { Services = s }; }),
        new("devices", m => { var s = DeviceProbe.Gather(m); return f => f with { Devices = s }; }),
        new("agent", m => { var s = AgentProbe.Gather(m); return f => f with { Agent = s }; }),
        new("xen", m => { var s = XenProbe.Gather(m); return f => f with { Xen = s }; }),
        new("windows", m => { var s = WindowsProbe.Gather(m); return f => f with { Windows = s }; }),
    ];
}
