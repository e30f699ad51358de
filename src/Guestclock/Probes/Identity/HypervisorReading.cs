using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.KernelMessages;
using Guestclock.Machines;
using Guestclock.Protocols.Cpuid;

namespace Guestclock.Probes.Identity;

/// <summary>Which hypervisor runs below the machine, from the strongest sign to the weakest.</summary>
public static class HypervisorReading
{
    private static readonly (string Text, Hypervisor Hypervisor)[] DmiNames =
    [
        ("VirtualBox", Hypervisor.VirtualBox), ("innotek", Hypervisor.VirtualBox), ("VMware", Hypervisor.Vmware),
            ("Parallels", Hypervisor.Parallels), ("BHYVE", Hypervisor.Bhyve),
        ("KVM", Hypervisor.Kvm), ("RHEV", Hypervisor.Kvm), ("oVirt", Hypervisor.Kvm), ("OpenStack", Hypervisor.Kvm),
            ("Google Compute Engine", Hypervisor.Kvm),
        ("Alibaba Cloud", Hypervisor.Kvm), ("DigitalOcean", Hypervisor.Kvm), ("Nutanix", Hypervisor.Kvm), ("Hetzner", Hypervisor.Kvm),
            ("Xen", Hypervisor.Xen), ("QEMU", Hypervisor.Unknown),
    ];

    public static Fact<Hypervisor> Read(IMachine machine)
    {
        var xen = machine.ReadValue("/sys/hypervisor/type");
        if (xen.Is(t => t == "xen"))
            return Fact.Known(Hypervisor.Xen, xen.Source);
        var dmi = Dmi(machine);
        var cpuid = machine.AskText(Questions.Cpuid).Then(CpuidLeaves.Parse);
        if (cpuid.TryGet(out var leaves))
            return FromCpuid(leaves, dmi, cpuid.Source);
        if (FromLog(machine) is { } told)
            return told;
        if (FromDeviceTree(machine) is { } tree)
            return tree;
        if (FromSysInfo(machine) is { } z)
            return z;
        if (FlaggedAsGuest(machine) is { } guest)
            return guest ? dmi is { Value: not Hypervisor.None } ? dmi : Fact.Known(Hypervisor.Unknown, "/proc/cpuinfo")
                : Fact.Known(Hypervisor.None, "/proc/cpuinfo");
        if (dmi is not null)
            return dmi;
        return Firmware(machine) ?? Fact.Unknown<Hypervisor>(cpuid.State, cpuid.Source, cpuid.Why ?? "not known");
    }

    /// <summary>
    /// A signature of its own wins over "Microsoft Hv", which KVM and Xen show first when they offer Hyper-V's interface; VirtualBox shows
    /// KVM's signature to Linux guests, so that DMI decides there.
    /// </summary>
    private static Fact<Hypervisor> FromCpuid(CpuidLeaves leaves, Fact<Hypervisor>? dmi, string source)
    {
        if (dmi is { Value: Hypervisor.VirtualBox })
            return dmi;
        var found = Hypervisor.None;
        foreach (var (signature, _) in HypervisorLeaves.Interfaces(leaves))
        {
            var hypervisor = Named(signature);
            if (found is Hypervisor.None || (found is Hypervisor.HyperV or Hypervisor.Other && hypervisor is not Hypervisor.Other))
                found = hypervisor;
        }

        if (found != Hypervisor.None)
            return Fact.Known(found, source);
        if (HypervisorLeaves.HypervisorBit(leaves) == false)
            return Fact.Known(Hypervisor.None, source);
        if (HypervisorLeaves.HypervisorBit(leaves) is null)
            return dmi ?? Fact.Known(Hypervisor.None, source);
        // A hypervisor that hides its name: TCG does not, so QEMU's DMI strings mean KVM.
        return dmi is null ? Fact.Known(Hypervisor.Unknown, source) : dmi.Value == Hypervisor.Unknown
            ? Fact.Known(Hypervisor.Kvm, dmi.Source) : dmi;
    }

    private static Hypervisor Named(string signature) => signature switch
    {
        HypervisorLeaves.Kvm or "Linux KVM Hv" => Hypervisor.Kvm,
        HypervisorLeaves.HyperV => Hypervisor.HyperV,
        HypervisorLeaves.Vmware => Hypervisor.Vmware,
        HypervisorLeaves.Xen => Hypervisor.Xen,
        HypervisorLeaves.VirtualBox => Hypervisor.VirtualBox,
        HypervisorLeaves.Tcg => Hypervisor.Tcg,
        HypervisorLeaves.Bhyve => Hypervisor.Bhyve,
        "prl hyperv" or "lrpepyh vr" => Hypervisor.Parallels,
        _ => Hypervisor.Other,
    };

    /// <summary>Null where there are no DMI strings or they name hardware.</summary>
    private static Fact<Hypervisor>? Dmi(IMachine machine)
    {
        foreach (var name in new[] { "product_name", "sys_vendor", "board_vendor", "bios_vendor", "chassis_asset_tag" })
        {
            var path = $"/sys/class/dmi/id/{name}";
            if (machine.ReadValue(path).TryGet(out var text) && FromDmi(text, machine) is { } hypervisor)
                return Fact.Known(hypervisor, path);
        }

        return null;
    }

    private static Hypervisor? FromDmi(string text, IMachine machine)
    {
        foreach (var (start, hypervisor) in DmiNames)
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return hypervisor;
        }

        if (text == "Virtual Machine"
            && machine.ReadValue("/sys/class/dmi/id/sys_vendor").Is(v => v.StartsWith("Microsoft", StringComparison.Ordinal)))
            return Hypervisor.HyperV;
        // Amazon's bare-metal instances carry the vendor's name too, and their type in the product name.
        return text == "Amazon EC2"
            && !machine.ReadValue("/sys/class/dmi/id/product_name").Or("").Contains(".metal", StringComparison.Ordinal) ? Hypervisor.Kvm
            : null;
    }

    private static Fact<Hypervisor>? FromLog(IMachine machine)
    {
        var log = KernelLogProbe.Read(machine);
        if (!log.TryGet(out var lines))
            return null;
        foreach (var line in lines.Lines)
        {
            if (HypervisorMessage.Read(line.Text) is { } name)
                return Fact.Known(Logged(name), log.Source);
        }

        return null;
    }

    private static Hypervisor Logged(string name) => name switch
    {
        "KVM" => Hypervisor.Kvm,
        "Xen" => Hypervisor.Xen,
        "VMware" => Hypervisor.Vmware,
        "Hyper-V" => Hypervisor.HyperV,
        _ => Hypervisor.Other,
    };

    /// <summary>/sys/firmware/devicetree, arm64 and others: the hypervisor's node (Documentation/devicetree/bindings/virt).</summary>
    private static Fact<Hypervisor>? FromDeviceTree(IMachine machine)
    {
        const string Path = "/sys/firmware/devicetree/base/hypervisor/compatible";
        var compatible = machine.Read(Path, 4096).Then(b => System.Text.Encoding.Latin1.GetString(b));
        return compatible.Is(c => c.Contains("linux,kvm", StringComparison.Ordinal)) ? Fact.Known(Hypervisor.Kvm, Path)
            : compatible.Is(c => c.Contains("xen,xen", StringComparison.Ordinal)) ? Fact.Known(Hypervisor.Xen, Path) : null;
    }

    /// <summary>/proc/sysinfo of IBM Z (arch/s390/kernel/sysinfo.c): the lines of the innermost machine name its hypervisor.</summary>
    private static Fact<Hypervisor>? FromSysInfo(IMachine machine)
    {
        const string Path = "/proc/sysinfo";
        var text = machine.ReadText(Path);
        if (!text.TryGet(out var lines) || !lines.Contains("Manufacturer:", StringComparison.Ordinal))
            return null;
        var at = lines.IndexOf("VM00 Control Program:", StringComparison.Ordinal);
        return Fact.Known(at < 0 ? Hypervisor.None
            : lines.AsSpan(at + "VM00 Control Program:".Length).TrimStart().StartsWith("KVM") ? Hypervisor.Kvm : Hypervisor.Other, Path);
    }

    /// <summary>Where nothing above told: firmware that names itself and no virtual machine is hardware (arm64 servers, single-board
    /// computers).</summary>
    private static Fact<Hypervisor>? Firmware(IMachine machine)
    {
        const string Tree = "/sys/firmware/devicetree/base/compatible";
        var compatible = machine.Read(Tree, 4096).Then(b => System.Text.Encoding.Latin1.GetString(b));
        if (compatible.IsKnown)
        {
            var isVirtual = compatible.Value!.Contains("dummy-virt", StringComparison.Ordinal)
                || compatible.Value.Contains("qemu", StringComparison.Ordinal);
            return Fact.Known(isVirtual ? Hypervisor.Unknown : Hypervisor.None, Tree);
        }

        var vendor = machine.ReadValue("/sys/class/dmi/id/sys_vendor");
        return vendor.Is(v => v.Length > 0) ? Fact.Known(Hypervisor.None, vendor.Source) : null;
    }

    /// <summary>The flag <c>hypervisor</c>: null where the kernel does not list it (before 2.6.30) or the CPU is not x86.</summary>
    private static bool? FlaggedAsGuest(IMachine machine)
    {
        var flags = machine.ReadText("/proc/cpuinfo", 16 << 20).Then(CpuInfoText.Parse).Then(b => CpuInfoText.Words(b[0].Find("flags")));
        if (!flags.TryGet(out var words) || words.Count == 0)
            return null;
        if (words.Contains("hypervisor"))
            return true;
        return words.Contains("nopl") || words.Contains("rep_good") || words.Contains("nonstop_tsc") ? false : null;
    }
}
