using Guestclock.Checks.Tsc;
using Guestclock.Facts;

namespace Guestclock.Checks.ClockSource;

/// <summary>Which clock sources suit which x86 machine.</summary>
public static class X86Suitability
{
    public static Suitability Of(MachineFacts facts, string name)
    {
        if (facts.Has(Role.XenDom0) || facts.Has(Role.XenGuest))
            return Own(name, "Xen", name is "xen" or "tsc");
        if (facts.Has(Role.HyperVGuest))
            return Own(name, "Hyper-V", name == "tsc" || name.StartsWith("hyperv", StringComparison.Ordinal));
        if (facts.Has(Role.KvmGuest))
            return KvmGuest(facts, name);
        if (facts.Has(Role.VmwareGuest))
            return Vmware(facts, name);
        if (facts.Has(Role.VirtualBoxGuest))
            return name is "kvm-clock" or "tsc" ? Right(name, "a VirtualBox guest")
                : new(CheckStatus.Info, $"the clock runs on {name}, which is slow to read but right in a VirtualBox guest");
        if (facts.Has(Role.OtherGuest))
            return Other(facts, name);
        return facts.Has(Role.BareMetal) ? Hardware(facts, name) : Unknown(name);
    }

    private static Suitability Right(string name, string machine) =>
        new(CheckStatus.Pass, $"the clock runs on {name}, the right source in {machine}");

    private static Suitability Own(string name, string hypervisor, bool suits) => suits ? Right(name, $"a {hypervisor} guest")
        : new(CheckStatus.Warning, $"the clock runs on {name} instead of {hypervisor}'s own source");

    private static Suitability KvmGuest(MachineFacts facts, string name)
    {
        if (name == "kvm-clock")
        {
            return facts.Has(Role.KvmHost)
                ? new(CheckStatus.Pass, "the clock runs on kvm-clock, the right source in a KVM guest",
                    "guests inside this guest would get no stable kvm-clock: that needs the TSC as this machine's source")
                : Right(name, "a KVM guest");
        }

        var offered = facts.Clock.AvailableSources.Is(a => a.Contains("kvm-clock", StringComparer.Ordinal));
        if (name.StartsWith("tsc", StringComparison.Ordinal))
        {
            if (TscQuality.IsReliable(facts))
                return new(CheckStatus.Pass,
                    "the clock runs on the TSC, which is constant, nonstop and stable: the right source in a modern KVM guest");
            if (TscQuality.Marked(facts) is { IsRequested: false })
                return new(CheckStatus.Critical, "the clock runs on a TSC that the kernel marked unstable");
            if (!facts.Cpu.Cpus.IsKnown)
                return new(CheckStatus.Info, "the clock runs on the TSC; whether that is constant and nonstop is not known");
            return new(CheckStatus.Warning,
                "the clock runs on the TSC, which is not known to be constant and nonstop in this guest"
                + (offered ? ", although kvm-clock is offered" : ""),
                "a migration to a host with another TSC frequency, or deep idle states of the host, would make it wrong");
        }

        if (OldGuest(facts, name) is { } old)
            return old;
        return new(CheckStatus.Warning,
            $"the clock runs on {name} although this is a KVM guest{(offered ? " and kvm-clock is offered" : "")}",
            "each reading leaves the virtual machine; it is slow, and wrong by the delays of a busy host");
    }

    /// <summary>RHEL and CentOS 3 to 6 guests without a paravirtualised clock: the vendor's table says acpi_pm (32-bit) or notsc (64-bit:
    /// then PM or HPET).</summary>
    private static Suitability? OldGuest(MachineFacts facts, string name)
    {
        var isOld = facts.Identity.Os.Is(o => o is { Family: OsFamily.RedHat, Id: not ("fedora" or "amzn"), Major: >= 3 and <= 6 });
        var forced = facts.Clock.CommandLine.Is(l => l.Has("notsc") || l.Value("clocksource") == name || l.Value("clock") == "pmtmr");
        return isOld && forced && name is "acpi_pm" or "hpet"
            && !facts.Clock.AvailableSources.Is(a => a.Contains("kvm-clock", StringComparer.Ordinal))
            ? new(CheckStatus.Pass,
                $"the clock runs on {name}, as the vendor's table has it for this release without a paravirtualised clock") : null;
    }

    private static Suitability Vmware(MachineFacts facts, string name)
    {
        if (name.StartsWith("tsc", StringComparison.Ordinal))
            return Right(name, "a VMware guest");
        return facts.Identity.Os.Is(o => o is { Family: OsFamily.RedHat, Id: not ("fedora" or "amzn"), Major: <= 5 })
            ? new(CheckStatus.Info, $"the clock runs on {name}, which suits VMware guests of this age")
                : new(CheckStatus.Warning, $"the clock runs on {name} instead of the TSC, which VMware keeps constant");
    }

    private static Suitability Other(MachineFacts facts, string name)
    {
        if (facts.Identity.Hypervisor.Is(h => h == Hypervisor.Tcg))
        {
            return name is "tsc" or "hpet" or "acpi_pm"
                ? new(CheckStatus.Pass, $"the clock runs on {name}: this is an emulated machine (QEMU without KVM), which has no kvm-clock",
                    "its counters follow the host's clock in software, so none of them is better")
                : new(CheckStatus.Warning, $"the clock runs on {name}, which is not expected in an emulated machine");
        }

        return name is "tsc" or "kvm-clock" or "xen" || name.StartsWith("hyperv", StringComparison.Ordinal)
            ? new(CheckStatus.Pass, $"the clock runs on {name}")
                : new(CheckStatus.Info, $"the clock runs on {name}, which is slow to read; what suits this hypervisor is not known");
    }

    private static Suitability Hardware(MachineFacts facts, string name)
    {
        if (name.StartsWith("tsc", StringComparison.Ordinal))
        {
            return TscQuality.Marked(facts) is { IsRequested: false } mark
                ? new(CheckStatus.Critical, $"the clock runs on a TSC that the kernel marked unstable: {mark.Reason}")
                : new(CheckStatus.Pass, $"the clock runs on the TSC, the right source on {(facts.IsHost ? "a KVM host" : "hardware")}");
        }

        if (facts.IsHost)
        {
            return new(CheckStatus.Warning,
                $"the host's clock runs on {name}: KVM gives its guests a stable kvm-clock and ptp_kvm only while the host runs on the TSC",
                WhyNotTsc(facts));
        }

        if (name is not ("hpet" or "acpi_pm"))
            return Unknown(name);
        return WhyNotTsc(facts) is { } why
            ? new(CheckStatus.Info, $"the clock runs on {name}, which is right but slow to read", why)
            : new(CheckStatus.Warning, $"the clock runs on {name} without a known reason, although the TSC is better");
    }

    private static string? WhyNotTsc(MachineFacts facts)
    {
        if (TscQuality.Marked(facts) is { } mark)
            return $"the kernel marked the TSC unstable: {mark.Reason}";
        if (facts.Cpu.AllHave("constant_tsc") == false || facts.Cpu.AllHave("nonstop_tsc") == false)
            return "the CPU's TSC is not constant or may stop";
        if (!facts.Cpu.Cpus.IsKnown || !facts.KernelLog.Log.Is(l => l.Complete))
            return "why not the TSC cannot be told: the kernel log or the CPU list is not complete";
        return null;
    }

    private static Suitability Unknown(string name) =>
        name is "tsc" or "kvm-clock" or "xen" || name.StartsWith("hyperv", StringComparison.Ordinal)
        ? new(CheckStatus.Pass, $"the clock runs on {name}")
            : new(CheckStatus.Info, $"the clock runs on {name}; whether that is right here is not known");
}
