namespace Guestclock.Fixes.Steps;

/// <summary>A regular file gets new content; its owner, mode, label and attributes stay.</summary>
/// <param name="Path">Absolute below the root, with no symbolic link in it.</param>
/// <param name="Before">The content that the plan was made for; null where there is no file yet.</param>
/// <param name="After">The content that it gets.</param>
public sealed record FileStep(string Path, byte[]? Before, byte[] After) : FixStep
{
    /// <summary>Permissions of a new file; an existing one keeps its own.</summary>
    public const int NewMode = 0x1A4;

    /// <summary>Where the file is new: the one whose owner, permissions and label it gets; null: root's, <see cref="NewMode"/>.</summary>
    public string? Like { get; init; }

    /// <summary>The content of that file, which the new one is shown against.</summary>
    public byte[]? LikeContent { get; init; }

    public override StepPhase Phase { get; init; } = StepPhase.Files;

    public override string Key => $"file {Path}";

    public override bool NeedsRunningMachine => false;
}
