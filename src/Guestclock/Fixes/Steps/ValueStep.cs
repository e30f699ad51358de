namespace Guestclock.Fixes.Steps;

/// <summary>A value of sysfs or procfs is set, such as the current clock source.</summary>
/// <param name="Before">The value now, without its line end; it is set again when the run is rolled back.</param>
public sealed record ValueStep(string Path, string Before, string After) : FixStep
{
    public override StepPhase Phase { get; init; } = StepPhase.Activate;

    public override string Key => $"value {Path}";

    public override bool NeedsRunningMachine => true;
}
