using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>Kernel arguments of syslinux and extlinux: in the menu, or where Alpine's update-extlinux writes the menu from its template, there.</summary>
internal static class SyslinuxBoot
{
    public const string Template = "/etc/update-extlinux.conf";

    private const string Tool = "update-extlinux";

    // What update-extlinux puts before default_kernel_opts by itself.
    private static readonly string[] Own = ["root", "modules", "rootfstype", "cryptroot", "cryptdm"];

    public static void Plan(FixContext context, ArgumentChange change, IEnumerable<BootEntry> entries)
    {
        var menus = entries.GroupBy(LegacyBoot.FileOf, StringComparer.Ordinal).Select(m => Menu(context, change, m.Key, [.. m])).ToList();
        var rewrites = context.IsLive && menus.Exists(m => m.After != m.Before) && menus.TrueForAll(m => IsWritten(context, m.Entries));
        LegacyTemplates.Plan(context, change, LegacyTemplates.OfSyslinux);
        if (rewrites)
        {
            context.Add(new ProgramStep(Tool)
            {
                Phase = StepPhase.Generate,
                Effect = Effect.NextBoot,
                Risk = menus.Exists(m => m.After != m.WithoutLpj) ? Risk.Boot : Risk.None,
                Writes = [.. menus.Select(m => context.Files.Resolve(m.Path))],
            }, LegacyBoot.Why(change));
            return;
        }

        foreach (var menu in menus)
            LegacyBoot.Write(context, menu.Path, menu.After, change, menu.WithoutLpj);
    }

    private sealed record Edited(string Path, IReadOnlyList<BootEntry> Entries, string Before, string After, string WithoutLpj);

    private static Edited Menu(FixContext context, ArgumentChange change, string path, List<BootEntry> entries)
    {
        var before = context.Files.Text(path) ?? throw new FixRefusedException($"{path} is not there any more");
        var menu = new MenuEntries(context, change, path, entries, SyslinuxConf.Parse(before));
        return new(path, entries, before, With(change), With(LoopsPerJiffy.Without(change)));

        string With(ArgumentChange wanted) => SyslinuxEditor.Change(before, (i, line) => menu.Change(i, line, wanted));
    }

    /// <summary>
    /// The tool is there, may overwrite the menu, and would lose nothing of it: every argument of every entry comes from the template.
    /// </summary>
    private static bool IsWritten(FixContext context, IReadOnlyList<BootEntry> entries)
    {
        if (context.Files.Text(Template) is not { } text || !KnownPrograms.Places(Tool).Any(context.Files.Exists))
            return false;
        var variables = ShellVariables.Parse(text);
        var options = KernelArguments.Parse(variables.GetValueOrDefault("default_kernel_opts", ""));
        return variables.GetValueOrDefault("overwrite", "1") == "1" && entries.All(e => e.Arguments.All.All(
            a => options.All.Any(o => o.Text == a.Text) || Own.Contains(a.Name, StringComparer.Ordinal)));
    }
}
