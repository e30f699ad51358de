using Guestclock.Checks.Kvm;
using Guestclock.Facts;
using Guestclock.Formats.Domains;

namespace Guestclock.Checks.Domain;

/// <summary>domain-migratable-tsc: a guest with an invariant TSC has a fixed TSC frequency, and one that this host can give.</summary>
public sealed class DomainMigratableTsc : Check, IDomainRules
{
    public override string Id => "domain-migratable-tsc";

    public override string Title => "Virtual machines with an invariant TSC can be saved and migrated";

    public override CheckGroup Group => CheckGroup.Domain;

    public override Finding Judge(MachineFacts facts, Policy policy) =>
        DomainJudge.All(facts, this, "virtual machine with an invariant TSC or a fixed TSC frequency", "it can be saved and migrated with its TSC");

    bool IDomainRules.Concerns(JudgedDomain d) =>
        d.Definition.IsX86 && d.Definition.Type == "kvm"
            && (d.Definition.ExposesInvariantTsc || d.Definition.Timer("tsc")?.FrequencyHz is not null
            || (d.NextStart is { } next && (next.ExposesInvariantTsc || next.Timer("tsc")?.FrequencyHz is not null)));

    IReadOnlyList<DomainFault> IDomainRules.Faults(JudgedDomain domain, MachineFacts facts)
    {
        var definition = domain.Definition;
        if (definition.Timer("tsc")?.FrequencyHz is { } hz)
            return TooFar(definition, hz, facts);
        if (!definition.ExposesInvariantTsc)
            return [];
        var frequency = facts.Kvm.TscKhz.TryGet(out var khz) ? $"{(decimal)khz * 1000}" : "HZ";
        var xml = $"in <clock>: <timer name='tsc' frequency='{frequency}'/>";
        var qemu = $"-cpu …,tsc-frequency={frequency}";
        var (status, says) = domain.IsLibvirt && LibvirtGuests.Of(facts).SuspendsAtShutdown
            ? (CheckStatus.Warning, "an invariant TSC without a fixed frequency cannot be saved: libvirt-guests fails to save it when the host shuts down")
            : (CheckStatus.Info, "an invariant TSC without a fixed frequency: it can be neither saved, snapshotted with its memory nor migrated");
        return [new(status, says, xml, qemu) { Change = Frequency(facts) }];
    }

    private static IReadOnlyList<DomainFault> TooFar(DomainXml definition, long hz, MachineFacts facts)
    {
        var ppm = TscTolerance.Ppm(facts);
        if (!facts.Kvm.TscKhz.TryGet(out var khz) || !facts.Kvm.TscScaling.Is(s => !s) || TscTolerance.Allows(khz, hz, ppm))
            return [];
        return
        [
            new(definition.ExposesInvariantTsc ? CheckStatus.Warning : CheckStatus.Info,
                $"its fixed TSC frequency of {hz} Hz is more than {ppm} ppm from this host's {khz} kHz, and the CPU does not scale it",
                $"in <clock>: <timer name='tsc' frequency='{(decimal)khz * 1000}'/>", $"-cpu …,tsc-frequency={(decimal)khz * 1000}")
            {
                Change = Frequency(facts),
            },
        ];
    }

    private static TimerChange? Frequency(MachineFacts facts) =>
        facts.Kvm.TscKhz.TryGet(out var khz) && khz is > 0 and < long.MaxValue / 1000 ? new("tsc", "frequency", $"{khz * 1000}") : null;
}
