using Guestclock.Checks.Domain;

namespace Guestclock.Fixes.Domains;

/// <summary>domain-tsc-frequency: a guest with an invariant TSC gets this host's frequency.</summary>
public sealed class DomainTscFrequencyFix() : DomainFix(new DomainMigratableTsc())
{
    public override string Name => "domain-tsc-frequency";

    public override string Title => "Fixes the TSC frequency of virtual machines with an invariant TSC";
}
