using Guestclock.Checks;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Xen;

/// <summary>xen-wallclock: the setting of XenLinux kernels is written where it works and removed where it is left over.</summary>
public sealed class XenWallclockFix : Fix
{
    private const string Key = "xen.independent_wallclock";
    private const string SysctlConf = "/etc/sysctl.conf";

    public override string Name => "xen-wallclock";

    public override string Title => "Writes or removes the wall clock setting of old Xen guest kernels";

    public override IReadOnlyList<string> Checks => ["xen-wallclock"];

    public override void Plan(FixContext context)
    {
        // The check warns of one thing only: the value is right now, and no file sets it.
        if (context.Judged.Finding.Status == CheckStatus.Warning)
        {
            context.Write(SysctlConf, SysctlFile.Set(context.Files.Text(SysctlConf) ?? "", Key, "1"), "the guest keeps its own wall clock after a reboot too", Effect.NextBoot);
            return;
        }

        foreach (var place in context.Facts.Xen.IndependentWallclockSettings.Or([]))
        {
            var path = place[..Math.Max(0, place.LastIndexOf(':'))];
            if (path.StartsWith("/usr/lib/", StringComparison.Ordinal) || path.StartsWith("/run/", StringComparison.Ordinal))
                context.LeaveToUser($"{place} is written by a package or at boot: find out which one, and have it write no {Key}");
            else if (context.Files.Text(path) is { } text)
                Remove(context, path, text);
        }
    }

    private static void Remove(FixContext context, string path, string text)
    {
        var isSettings = path == SysctlConf || path.EndsWith(".conf", StringComparison.Ordinal);
        var after = isSettings ? SysctlFile.Remove(text, Key) : StartScript.Remove(text);
        context.Write(path, after, $"this kernel does not know {Key}", Effect.NextBoot);
        if (after.Split('\n').Any(l => l.Contains("independent_wallclock", StringComparison.Ordinal) && l.TrimStart() is [not ('#' or ';'), ..]))
            context.LeaveToUser($"{path} mentions independent_wallclock in a way that is not edited here", $"vi {path}");
    }
}
