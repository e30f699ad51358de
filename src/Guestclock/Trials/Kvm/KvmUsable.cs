using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>kvm-usable: the KVM device answers and makes virtual machines. The device is asked, not the CPU's flags.</summary>
public sealed class KvmUsable : Trial<KvmEvidence>
{
    private const long KnownApi = 12;

    public override string Id => "kvm-usable";

    public override string Title => "KVM makes virtual machines";

    public override bool IsEssential => true;

    public override TrialFinding Judge(KvmEvidence evidence, Policy policy)
    {
        var (api, made) = (evidence.Kvm.ApiVersion, evidence.Kvm.MakesMachines);
        if (!api.TryGet(out var version))
            return NoDevice(evidence, api);
        var figure = new Figure("api-version", version, "");
        if (version != KnownApi)
        {
            return TrialFinding.Critical($"{evidence.Device} answers with KVM's API version {version}, but programs expect {KnownApi}", figure) with
            {
                Means = new("no virtual machine monitor runs guests with it"),
            };
        }

        return made.Or(false)
            ? TrialFinding.Pass($"KVM answers with API version {version} and makes virtual machines", figure)
            : TrialFinding.Unknown($"KVM is there but makes no virtual machine: {made.Why}", Held(made)) with { Figures = [figure] };
    }

    private static string Held(Fact<bool> made) => made.Why?.Contains("EBUSY", StringComparison.Ordinal) == true
        ? "another hypervisor holds the CPU's virtualization: 'lsmod | grep -E \"vbox|vmmon\"' shows which"
        : "'dmesg | grep -i kvm' may say why";

    private static TrialFinding NoDevice(KvmEvidence evidence, Fact<long> api)
    {
        var device = evidence.Device;
        return api.State switch
        {
            FactState.Missing => TrialFinding.Unknown($"there is no {device}: {WhyMissing(evidence)}", device == KvmEvidence.DefaultDevice ? $"{api.Why}; {Said(evidence.Host)}" : api.Why!),
            FactState.Denied => TrialFinding.Unknown($"this user may not open {device}{Owner(evidence)}", api.Why!),
            FactState.Unsupported => TrialFinding.Unknown($"{device} is not KVM's device: give that, usually {KvmEvidence.DefaultDevice}", api.Why!),
            _ => TrialFinding.Unknown($"{device} could not be asked", api.Why!),
        };
    }

    private static string Owner(KvmEvidence evidence) => evidence.DeviceGroup.TryGet(out var group) && group != "root"
        ? $", which belongs to the group {group}: become a member ('usermod -aG {group} USER', then log in again), or run this as root"
        : ": run this as root";

    private static string WhyMissing(KvmEvidence evidence)
    {
        var host = evidence.Host;
        if (evidence.Device != KvmEvidence.DefaultDevice)
            return $"give KVM's device, usually {KvmEvidence.DefaultDevice}";
        if (host.LoadedModules.Is(m => m.Any(name => name != "kvm")))
            return "KVM's module is loaded, so pass the device to this container, or let udev make it ('modprobe' again as root does)";
        if (host.IsOther)
            return "this kernel was not started in a mode that can run guests, or without KVM";
        return host.VirtualizationFlag.Or("?") switch
        {
            "vmx" => "load KVM's module ('modprobe kvm_intel')",
            "svm" => "load KVM's module ('modprobe kvm_amd')",
            "" => "the CPU shows neither vmx nor svm, so turn virtualization on in the firmware, or for this machine on the host below it",
            _ => "turn virtualization on in the firmware and load KVM's module",
        };
    }

    private static string Said(HostIdentity host) => host.KernelMessages.TryGet(out var lines) && lines.Count > 0
        ? $"the kernel said: {string.Join("; ", lines)}" : host.LoadedModules.Is(m => m.Count == 0) ? "no module of KVM is loaded" : "the kernel said nothing of it";
}
