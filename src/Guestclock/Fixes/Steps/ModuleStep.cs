namespace Guestclock.Fixes.Steps;

/// <summary>A kernel module is loaded by modprobe; a rollback unloads it where nothing uses it.</summary>
public sealed record ModuleStep(string Name) : FixStep
{
    public override StepPhase Phase { get; init; } = StepPhase.Activate;

    public override string Key => $"module {Name}";

    public override bool NeedsRunningMachine => true;
}
