using Guestclock.Facts;
using Guestclock.Fixes.Steps;

namespace Guestclock.Fixes.Services;

/// <summary>A SysV init script, and how each family's tool links it into the run levels: chkconfig(8), update-rc.d(8), insserv(8).</summary>
/// <param name="Path">The script, without links.</param>
internal sealed record InitScript(string Name, string Path)
{
    private static readonly string[] Places = ["/etc/rc.d/init.d", "/etc/init.d"];

    public static InitScript? Find(Draft files, string name)
    {
        foreach (var place in Places)
        {
            var path = $"{place}/{name}";
            if (files.Exists(path) && !files.IsDirectory(path))
                return new(name, files.Resolve(path));
        }

        return null;
    }

    public static void Change(FixContext context, InitScript script, bool enable, string why)
    {
        switch (context.Facts.Identity.Os.Or(new("", "", "", OsFamily.Unknown)).Family)
        {
            case OsFamily.Debian:
                Debian(context, script, enable, why);
                break;
            case OsFamily.Suse:
                Suse(context, script, enable, why);
                break;
            default:
                RedHat(context, script, enable, why);
                break;
        }
    }

    /// <summary><c>chkconfig NAME on</c> and <c>off</c>: run levels 2 to 5; one that no level knows yet is stopped in the others.</summary>
    private static void RedHat(FixContext context, InitScript script, bool enable, string why)
    {
        var header = ChkconfigHeader.Of(context.Files.Text(script.Path) ?? "")
            ?? throw new FixRefusedException($"{script.Path} has no line '# chkconfig: LEVELS START STOP', which says its place in the run levels");
        var isKnown = Enumerable.Range(0, 7).Any(l => RunLevel.Of(context.Files, "/etc/rc.d", l, script.Name).Count > 0);
        for (var level = 0; level <= 6; level++)
        {
            if (level is < 2 or > 5 && (isKnown || !enable))
                continue;
            var on = enable && level is >= 2 and <= 5;
            RunLevel.Set(context, "/etc/rc.d", level, script.Name, on, on ? header.Start : header.Stop, why);
        }
    }

    /// <summary>
    /// <c>update-rc.d NAME enable</c> and <c>disable</c>: a stop link of run levels 2 to 5 becomes a start link, with 100 less its number, and the
    /// other way about.
    /// </summary>
    private static void Debian(FixContext context, InitScript script, bool enable, string why)
    {
        var links = Enumerable.Range(2, 4).SelectMany(l => RunLevel.Of(context.Files, "/etc", l, script.Name).Select(link => (Level: l, Link: link))).ToList();
        foreach (var (level, link) in links)
            RunLevel.Set(context, "/etc", level, script.Name, enable, link.IsStart == enable ? link.Number : 100 - link.Number, why);
        if (links.Count > 0 || !enable)
            return;
        if (context.IsLive)
            context.Add(new ProgramStep("update-rc.d", script.Name, "defaults") { Phase = StepPhase.Generate, Undo = ["-f", script.Name, "remove"] }, why);
        else
            ByTool(context, script, $"update-rc.d {script.Name} defaults");
    }

    /// <summary>insserv numbers the scripts of all services by what each needs: it is left to that program.</summary>
    private static void Suse(FixContext context, InitScript script, bool enable, string why)
    {
        var links = Enumerable.Range(0, 7).SelectMany(l => RunLevel.Of(context.Files, "/etc/init.d", l, script.Name)).ToList();
        if (enable == links.Exists(l => l.IsStart))
            return;
        if (context.IsLive)
        {
            IReadOnlyList<string> on = [script.Name], off = ["-r", script.Name];
            context.Add(new ProgramStep("insserv", enable ? on : off) { Phase = StepPhase.Generate, Undo = enable ? off : on }, why);
        }
        else if (enable)
            ByTool(context, script, $"insserv {script.Name}");
        else
        {
            for (var level = 0; level <= 6; level++)
                RunLevel.Clear(context, "/etc/init.d", level, script.Name, why);
        }
    }

    private static void ByTool(FixContext context, InitScript script, string command) => context.LeaveToUser(
        $"the place of {script.Name} in the run levels depends on all other scripts; run this inside the image (chroot)", command);
}
