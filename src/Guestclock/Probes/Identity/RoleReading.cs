using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Probes.Identity;

/// <summary>What the machine is in the chain of clocks.</summary>
public static class RoleReading
{
    /// <param name="ran">The machine runs or was recorded while it ran: then a sign that is missing means something.</param>
    public static (Fact<Hypervisor> Hypervisor, Fact<IReadOnlyList<Role>> Roles) Read(IMachine machine, bool ran)
    {
        var hypervisor = HypervisorReading.Read(machine);
        if (!hypervisor.TryGet(out var below))
        {
            const string Why = "a stopped image does not tell what it runs on; say it with --assume role=ROLE";
            return ran
                ? (hypervisor, Fact.Unknown<IReadOnlyList<Role>>(hypervisor.State, hypervisor.Source, hypervisor.Why ?? "not known"))
                : (Fact.Unknown<Hypervisor>(FactState.NotRecorded, hypervisor.Source, Why),
                    Fact.Unknown<IReadOnlyList<Role>>(FactState.NotRecorded, hypervisor.Source, Why));
        }

        var roles = new List<Role>();
        if (below == Hypervisor.Xen && IsDom0(machine))
            roles.Add(Role.XenDom0);
        else
            roles.Add(Guest(below));
        // The device is what a program needs to run guests; whether one does is not known, so a guest with it counts as a (nested) host
        // too.
        if (machine.Find("/dev/kvm").Is(k => k is EntryKind.CharacterDevice or EntryKind.File))
            roles.Add(Role.KvmHost);
        if (ran && IsContainer(machine))
            roles.Add(Role.Container);
        return (hypervisor, Fact.Known<IReadOnlyList<Role>>(roles, hypervisor.Source));
    }

    private static Role Guest(Hypervisor hypervisor) => hypervisor switch
    {
        Hypervisor.None => Role.BareMetal,
        Hypervisor.Kvm => Role.KvmGuest,
        Hypervisor.Xen => Role.XenGuest,
        Hypervisor.HyperV => Role.HyperVGuest,
        Hypervisor.Vmware => Role.VmwareGuest,
        Hypervisor.VirtualBox => Role.VirtualBoxGuest,
        _ => Role.OtherGuest,
    };

    private static bool IsDom0(IMachine machine) =>
        machine.ReadValue("/proc/xen/capabilities").Is(c => c.Contains("control_d", StringComparison.Ordinal))
        || machine.ReadValue("/sys/hypervisor/properties/features").Is(IsDom0Feature);

    /// <summary>XENFEAT_dom0 is bit 11 (xen/include/public/features.h).</summary>
    private static bool IsDom0Feature(string hex) =>
        uint.TryParse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture,
            out var features) && (features & (1 << 11)) != 0;

    /// <summary>
    /// systemd's note, or a control group of a container engine. The engines' marker files alone do not count where the kernel's own
    /// threads
    /// are visible: then this is the first process namespace, and the files came with a root file system that was made from a container's.
    /// </summary>
    private static bool IsContainer(IMachine machine)
    {
        if (machine.ReadValue("/run/systemd/container").Is(c => c.Length > 0))
            return true;
        if (machine.ReadValue("/proc/2/comm").Is(c => c == "kthreadd"))
            return false;
        if (machine.Exists("/.dockerenv") || machine.Exists("/run/.containerenv"))
            return true;
        return machine.ReadText("/proc/1/cgroup").Is(c =>
            c.Contains("/docker", StringComparison.Ordinal) || c.Contains("/lxc", StringComparison.Ordinal)
            || c.Contains("kubepods", StringComparison.Ordinal) || c.Contains("/libpod", StringComparison.Ordinal));
    }
}
