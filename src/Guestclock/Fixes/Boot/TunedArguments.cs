using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Boot;

/// <summary>What the active tuned profile adds to every entry, behind everything else: no edit of a boot file takes it away.</summary>
internal static class TunedArguments
{
    private const string File = "/etc/tuned/bootcmdline";

    /// <summary>The edit without what tuned decides, which is told to the user.</summary>
    public static ArgumentEdit Without(FixContext context, ArgumentEdit edit)
    {
        var tuned = KernelArguments.Parse(Text(context));
        var removed = edit.Remove.Where(r => !new ArgumentEdit([], [r]).IsMet(tuned)).ToList();
        var other = edit.Add.Where(a => KernelArgument.Parse(a) is { Value: not null } wanted && !KernelLine.MayRepeat(wanted)
            && tuned.Find(wanted.Name) is { } there && there.Value != wanted.Value).ToList();
        foreach (var argument in removed.Concat(other))
            context.LeaveToUser($"{KernelArgument.Parse(argument).Name} comes from the tuned profile that is active: change it there, or choose another profile", "tuned-adm active");
        return new([.. edit.Add.Except(other, StringComparer.Ordinal)], [.. edit.Remove.Except(removed, StringComparer.Ordinal)]);
    }

    private static string Text(FixContext context) =>
        context.Files.Text(File) is { } text && ShellVariables.Parse(text).GetValueOrDefault("TUNED_BOOT_CMDLINE") is { Length: > 0 } own ? own
            : GrubEnvironment.Find(context) is { } block ? GrubEnv.Parse(BootFile.Text(context, block)).GetValueOrDefault("tuned_params", "") : "";
}
