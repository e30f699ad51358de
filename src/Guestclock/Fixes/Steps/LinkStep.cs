namespace Guestclock.Fixes.Steps;

/// <summary>A symbolic link is made, changed or removed: how units and init scripts are enabled and disabled.</summary>
/// <param name="Path">Absolute below the root; no symbolic link in its folders.</param>
/// <param name="Before">The link's text now; null where nothing stands there.</param>
/// <param name="After">The text that it gets; null: it is removed.</param>
public sealed record LinkStep(string Path, string? Before, string? After) : FixStep
{
    public override StepPhase Phase { get; init; } = StepPhase.Files;

    public override string Key => $"file {Path}";

    public override bool NeedsRunningMachine => false;
}
