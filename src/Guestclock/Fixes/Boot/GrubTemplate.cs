using Guestclock.Facts;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Boot;

/// <summary>
/// /etc/default/grub and its drop-ins, from which menus and entries of new kernels are written. Debian and Ubuntu read /etc/default/grub.d, so new
/// arguments go into a file of our own there.
/// </summary>
internal static class GrubTemplate
{
    public const string Main = "/etc/default/grub";

    private const string Folder = "/etc/default/grub.d", Own = Folder + "/guestclock.cfg";

    // As many as the probe reads.
    private const int MostDropIns = 100;

    public static void Plan(FixContext context, ArgumentEdit edit)
    {
        if (!context.Facts.Boot.GrubDefault.TryGet(out var judged))
            return;
        var paths = new List<string> { Main };
        paths.AddRange(context.Files.List(Folder).Where(n => n.EndsWith(".cfg", StringComparison.Ordinal)).Take(MostDropIns).Select(n => $"{Folder}/{n}"));
        var hasOwn = ReadsDropIns(context.Facts);
        if (hasOwn && !paths.Contains(Own, StringComparer.Ordinal))
        {
            var before = paths.FindIndex(1, p => string.CompareOrdinal(p, Own) > 0);
            paths.Insert(before < 0 ? paths.Count : before, Own);
        }

        var texts = paths.Select(p => context.Files.Text(p) ?? "").ToList();
        // SUSE's tools write everything into the variable for ordinary entries.
        var forAll = !context.Facts.Identity.Os.Is(o => o.Family == OsFamily.Suse);
        var after = GrubDefaultEditor.Change(texts, edit, forAll, hasOwn ? paths.IndexOf(Own) : -1);
        var wasMet = edit.IsMet(judged.Together);
        for (var i = 0; i < paths.Count; i++)
        {
            if (after[i] != texts[i] || context.Files.IsChanged(paths[i]))
                BootFile.Put(context, paths[i], after[i], edit, "kernels to come get their arguments from here", wasMet);
        }
    }

    // Debian's own change to grub-mkconfig, in Debian since 8 and in every Ubuntu that is left.
    private static bool ReadsDropIns(MachineFacts facts) => facts.Identity.Os.Is(o => o.Family == OsFamily.Debian && o is not { Id: "debian", Major: < 8 });
}
