using Guestclock.Fixes.Steps;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Boot;

/// <summary>grubby(8), with which Red Hat's systems change the arguments of every entry.</summary>
internal static class Grubby
{
    public const string Program = "grubby";

    /// <param name="writes">The files that it may write, without links.</param>
    public static ProgramStep Step(ArgumentEdit edit, IReadOnlyList<string> writes)
    {
        var arguments = new List<string> { "--update-kernel=ALL" };
        if (edit.Remove.Count > 0)
            arguments.Add($"--remove-args={string.Join(' ', edit.Remove)}");
        if (edit.Add.Count > 0)
            arguments.Add($"--args={string.Join(' ', edit.Add)}");
        return new(Program, arguments)
        {
            Phase = StepPhase.Generate,
            Effect = Effect.NextBoot,
            Risk = BootFile.RiskOf(edit),
            Writes = writes,
            LimitS = 120,
        };
    }
}
