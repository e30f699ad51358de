using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Kvm;

/// <summary>kvm-usable: the KVM device answers and makes virtual machines. The device is asked, not the CPU's flags.</summary>
public sealed class KvmUsable : Check
{
    private const long KnownApi = 12;

    public override string Id => "kvm-usable";

    public override string Title => "The KVM device answers";

    public override CheckGroup Group => CheckGroup.Kvm;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (KvmHost.Excludes(facts) is { } excluded)
            return excluded;
        var api = facts.Kvm.ApiVersion;
        var evidence = EvidenceItem.Of("KVM API", api);
        if (api.State == FactState.Missing)
            return Finding.Warning("there is no /dev/kvm: guests run emulated, slowly and without kvm-clock", LoadModules(facts), evidence);
        if (!api.IsKnown)
            return Finding.Unknown("the KVM device", api);
        if (api.Value != KnownApi)
        {
            return Finding.Warning($"KVM answers with API version {api.Value}, but programs expect {KnownApi}",
                new("Boot a kernel whose own KVM modules are loaded; modules from elsewhere do not fit it", "modinfo kvm"), evidence);
        }

        var made = facts.Kvm.MakesMachines;
        if (made.State == FactState.Failed)
        {
            return Finding.Warning($"KVM is there but makes no virtual machine: {made.Why}",
                new("Find who holds the CPU's virtualization: another hypervisor (VirtualBox, VMware), or firmware that turns it off",
                    "lsmod | grep -E 'vbox|vmmon|kvm'", "dmesg | grep -i kvm"),
                evidence, EvidenceItem.Of("virtual machine", made));
        }

        return made.IsKnown ? Finding.Pass("KVM answers and makes virtual machines", evidence)
            : Finding.Unknown("whether KVM makes virtual machines", made);
    }

    private static Remedy LoadModules(MachineFacts facts)
    {
        const string summary = "Turn on virtualization in the firmware (on a nested host: for this machine) and load the module";
        if (facts.Identity.Architecture.IsKnown && !facts.IsX86)
            return new(summary, "dmesg | grep -i kvm");
        var isAmd = facts.Cpu.Cpus.Is(all => all.Count > 0 && all[0].Vendor is ("AuthenticAMD" or "HygonGenuine"));
        return new(summary, $"modprobe {(isAmd ? "kvm_amd" : "kvm_intel")}", "dmesg | grep -i kvm");
    }
}
