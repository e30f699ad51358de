using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Phc;

/// <summary>Why a guest does not see its hypervisor's clock: the first reason that the facts show, from the host to the module.</summary>
internal static class PhcReason
{
    /// <summary>What ptp_kvm prints when the host refuses with another error than "not supported" (drivers/ptp/ptp_kvm_x86.c).</summary>
    private static readonly string[] Refusals = ["clock offset hypercall ret", "clock pairing hypercall ret"];

    public static (string Summary, Remedy? Remedy, IReadOnlyList<EvidenceItem> Evidence) Of(MachineFacts facts, HostClock clock)
    {
        var kvm = clock.Module == "ptp_kvm";
        if (kvm && Refusal(facts) is { } line)
            return ($"the host refuses to show its clock ('{line}')", OnHost(), [EvidenceItem.Of("kernel log", facts.KernelLog.Log, line)]);
        if (kvm && NoKvmClock(facts) is { } withoutKvmClock)
            return withoutKvmClock;
        if (Lacks(facts, clock) is { } source)
            return ($"this kernel is built without {clock.Module}", new($"Use a kernel that has {clock.Module}, or time servers", []),
                [source]);
        if (facts.Modules.Blacklisted.Is(b => b.ContainsKey(clock.Module)))
            return Prevented(facts, clock, facts.Modules.Blacklisted.Value![clock.Module]);
        if (facts.Modules.BuiltIn.Is(b => b.Contains(clock.Module)) || IsOption(facts, clock, "y"))
            return ($"{clock.Module} is built in, but the hypervisor shows no clock", OnHost(clock), []);
        if (!facts.Modules.Loaded.TryGet(out var loaded))
            return ("there is no PTP clock, and it cannot be told why: the loaded modules are not known", null,
                [EvidenceItem.Of("loaded modules", facts.Modules.Loaded)]);
        if (loaded.Contains(clock.Module))
            return ($"{clock.Module} is loaded, but the hypervisor shows no clock", OnHost(clock), []);
        if (facts.Modules.LoadedAtBoot.Is(b => b.ContainsKey(clock.Module)))
        {
            var file = facts.Modules.LoadedAtBoot.Value![clock.Module];
            return ($"{file} loads {clock.Module} at boot, but it is not loaded: most likely the host does not support it", OnHost(clock),
                [new("loaded at boot", clock.Module, file)]);
        }

        var load = new Remedy(
            $"Load {clock.Module} now and at boot; 'No such device' or 'Operation not supported' mean that the host has no clock for it",
            $"modprobe {clock.Module}", PhcRemedy.AtBoot(facts, clock.Module));
        return ($"the module {clock.Module} is not loaded", load,
            [EvidenceItem.Of("loaded modules", facts.Modules.Loaded, $"no {clock.Module}")]);
    }

    private static string? Refusal(MachineFacts facts)
    {
        foreach (var line in facts.KernelLog.Log.Or(new(false, [])).Lines)
        {
            if (Refusals.Any(r => line.Text.Contains(r, StringComparison.Ordinal)))
                return line.Text;
        }

        return null;
    }

    private static (string Summary, Remedy? Remedy, IReadOnlyList<EvidenceItem> Evidence)? NoKvmClock(MachineFacts facts)
    {
        if (!facts.IsX86)
            return null;
        if (facts.Clock.CommandLine.Is(c => c.Has("no-kvmclock")))
        {
            var remedy = Remedies.ByDistribution.KernelArguments(facts, "ptp_kvm needs kvm-clock", [], ["no-kvmclock"]);
            return ("no-kvmclock on the kernel's command line takes kvm-clock away, and ptp_kvm needs it", remedy,
                [EvidenceItem.Of("command line", facts.Clock.CommandLine, "no-kvmclock")]);
        }

        return facts.Clock.AvailableSources.Is(s => !s.Contains("kvm-clock", StringComparer.Ordinal))
            ? ("the hypervisor offers no kvm-clock, and ptp_kvm needs it", new("See kvm-clock-present"),
                [EvidenceItem.Of("clock sources", facts.Clock.AvailableSources)])
            : null;
    }

    /// <summary>Where it was seen that the kernel has no such module; null where it has one or that is not known.</summary>
    private static EvidenceItem? Lacks(MachineFacts facts, HostClock clock)
    {
        var modules = facts.Modules;
        if (modules.BuiltIn.TryGet(out var builtIn) && modules.Available.TryGet(out var available))
            return builtIn.Contains(clock.Module) || available.Contains(clock.Module) ? null
                : EvidenceItem.Of("modules of this kernel", modules.Available, $"no {clock.Module}");
        return modules.Configured.IsKnown && !IsOption(facts, clock, "y") && !IsOption(facts, clock, "m")
            ? EvidenceItem.Of("kernel configuration", modules.Configured, $"{clock.Option}=n")
            : null;
    }

    private static bool IsOption(MachineFacts facts, HostClock clock, string value) =>
        facts.Modules.Configured.Is(c => c.TryGetValue(clock.Option, out var v) && v == value);

    private static (string Summary, Remedy? Remedy, IReadOnlyList<EvidenceItem> Evidence) Prevented(MachineFacts facts, HostClock clock,
        string file) =>
        ($"{file} keeps {clock.Module} from loading",
            new($"Take {clock.Module} out of {file}, then load it", $"modprobe {clock.Module}", PhcRemedy.AtBoot(facts, clock.Module)),
            [new("blacklisted", clock.Module, file)]);

    private static Remedy OnHost(HostClock? clock = null) => clock?.Module switch
    {
        "hv_utils" => new("Check on the host that the guest's integration service 'Time Synchronization' is on"),
        "ptp_vmw" => new("Add a precision clock device to the virtual machine (vSphere 7 or later)"),
        _ => new("On the host the current clock source must be tsc (/sys/devices/system/clocksource/clocksource0/current_clocksource); "
            + "some clouds show no such clock at all"),
    };
}
