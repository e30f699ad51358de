using Guestclock.Facts;
using Guestclock.Formats.Domains;

namespace Guestclock.Checks.Domain;

/// <summary>domain-timers: a Linux guest has kvm-clock, a Windows guest the Hyper-V clock, and emulated timers do not lose time.</summary>
public sealed class DomainTimers : Check, IDomainRules
{
    public override string Id => "domain-timers";

    public override string Title => "Every virtual machine's timers suit its system";

    public override CheckGroup Group => CheckGroup.Domain;

    public override Finding Judge(MachineFacts facts, Policy policy) =>
        DomainJudge.All(facts, this, "x86 virtual machine", "the timers suit the guest's system");

    bool IDomainRules.Concerns(JudgedDomain domain) => domain.Definition is { IsX86: true, Type: "kvm" or "qemu" };

    IReadOnlyList<DomainFault> IDomainRules.Faults(JudgedDomain domain, MachineFacts facts)
    {
        var d = domain.Definition;
        var faults = new List<DomainFault>();
        var hasHyperVClock = d.Timer("hypervclock") is { Present: not false };
        if (d.Type == "kvm")
        {
            if (d.OsHint == "windows")
                Windows(d, hasHyperVClock, faults);
            else
                Linux(d, hasHyperVClock, faults);
        }

        Emulated(d, d.OsHint == "windows" && !hasHyperVClock, faults);
        return faults;
    }

    private static void Windows(DomainXml d, bool hasHyperVClock, List<DomainFault> faults)
    {
        if (!hasHyperVClock)
        {
            faults.Add(new(CheckStatus.Warning, "Windows has no Hyper-V clock, so that it reads slow emulated timers and counts ticks",
                "<timer name='hypervclock' present='yes'/>", "-cpu …,hv-time=on")
            {
                Change = new TimerChange("hypervclock", "present", "yes"),
            });
        }
        else if (!d.HyperVFeatures.Contains("stimer") && d.HyperVFeatures.Count > 0)
        {
            faults.Add(new(CheckStatus.Info, "Windows has the Hyper-V clock but no synthetic timers",
                "<vpindex state='on'/><synic state='on'/><stimer state='on'/> in <hyperv>", "-cpu …,hv-vpindex,hv-synic,hv-stimer"));
        }
    }

    private static void Linux(DomainXml d, bool hasHyperVClock, List<DomainFault> faults)
    {
        if (d.OsHint is null && hasHyperVClock)
            return;
        var why = d.Timer("kvmclock") is { Present: false } ? "kvm-clock is switched off" : d.KvmHidden && d.OsHint == "linux"
            ? "KVM is hidden, and kvm-clock with it" : null;
        if (why is null)
            return;
        var isOff = d.Timer("kvmclock") is { Present: false };
        var xml = isOff ? "<timer name='kvmclock' present='yes'/>" : "<kvm><hidden state='off'/></kvm>";
        var fault = d.ExposesInvariantTsc
            ? new DomainFault(CheckStatus.Info, $"{why}: the guest lives on its invariant TSC, but ptp_kvm does not work in it", xml,
                "-cpu …,kvmclock=on,kvm=on")
            : new DomainFault(CheckStatus.Warning, $"{why}: the guest is left with slow emulated timers or a TSC that it cannot trust", xml,
                "-cpu …,kvmclock=on,kvm=on");
        // Who hides KVM does so for a driver in the guest: nothing is changed there.
        faults.Add(fault with { Change = isOff ? new TimerChange("kvmclock", "present", "yes") : null });
    }

    /// <param name="needed">The guest counts the ticks of these timers: Windows without the Hyper-V clock.</param>
    private static void Emulated(DomainXml d, bool needed, List<DomainFault> faults)
    {
        var weight = needed ? CheckStatus.Warning : CheckStatus.Info;
        if (d.Timer("rtc")?.TickPolicy != "catchup")
            faults.Add(new(weight, "ticks of the RTC that are lost are not made up", "<timer name='rtc' tickpolicy='catchup'/>",
                "-rtc driftfix=slew", "--tdf 1")
            {
                Change = new TimerChange("rtc", "tickpolicy", "catchup"),
            });
        if (d.Type == "kvm" && d.Timer("pit") is { Present: not false, TickPolicy: { } pit and not "delay" })
        {
            var effect = pit == "catchup" ? "catchup has no effect in QEMU (delay holds)" : $"the policy is {pit}";
            faults.Add(new(CheckStatus.Info, $"ticks of the PIT: {effect}", "<timer name='pit' tickpolicy='delay'/>",
                "-global kvm-pit.lost_tick_policy=delay")
            {
                Change = new TimerChange("pit", "tickpolicy", "delay"),
            });
        }

        if (d.Timer("hpet") is not { Present: false })
            faults.Add(new(weight,
                $"the HPET is on{(d.Timer("hpet") is null ? " (QEMU's default)" : "")}, whose lost ticks nothing makes up",
                "<timer name='hpet' present='no'/>", "-machine hpet=off")
            {
                Change = new TimerChange("hpet", "present", "no"),
            });
    }
}
