namespace Guestclock.Fixes.Steps;

/// <summary>The persistent definition of a libvirt domain is replaced, through libvirt; the guest gets it at its next start.</summary>
/// <param name="Uri">The libvirt that it belongs to, such as <c>qemu:///system</c>.</param>
/// <param name="Before">The definition (inactive, with secrets) that the plan was made for.</param>
public sealed record DomainStep(string Uri, string Name, string Before, string After) : FixStep
{
    public override StepPhase Phase { get; init; } = StepPhase.Generate;

    public override string Key => $"domain {Uri} {Name}";

    public override bool NeedsRunningMachine => true;
}
