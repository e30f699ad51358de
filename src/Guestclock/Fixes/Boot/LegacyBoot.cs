using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>
/// Kernel arguments where GRUB legacy or syslinux starts the machine: these loaders read their menu themselves, so that an edit of the file is all,
/// besides the template for kernels to come.
/// </summary>
internal static class LegacyBoot
{
    // The names by which GRUB, the installers and people know one and the same menu.
    private static readonly string[] Menus = ["/boot/grub/grub.conf", "/boot/grub/menu.lst", "/etc/grub.conf", "/boot/grub.conf"];

    private const int MostEfi = 20;

    /// <returns>Whether one of these loaders starts this machine; then nothing else is to be edited for it.</returns>
    /// <exception cref="FixRefusedException">The files are of a form that is not edited.</exception>
    public static bool Plan(FixContext context, ArgumentChange change)
    {
        var entries = context.Facts.Boot.Entries.Or([])
            .Where(e => e is { IsLeftOver: false, Loader: BootLoader.GrubLegacy or BootLoader.Syslinux }).ToList();
        if (entries.Count == 0)
            return false;
        change = LoopsPerJiffy.Checked(context, change);
        foreach (var file in entries.Where(e => e.Loader == BootLoader.GrubLegacy).GroupBy(FileOf, StringComparer.Ordinal))
            Grub(context, change, file.Key, [.. file]);
        if (entries.Exists(e => e.Loader == BootLoader.GrubLegacy))
            LegacyTemplates.Plan(context, change, LegacyTemplates.OfGrub);
        if (entries.Exists(e => e.Loader == BootLoader.Syslinux))
            SyslinuxBoot.Plan(context, change, entries.Where(e => e.Loader == BootLoader.Syslinux));
        return true;
    }

    /// <summary>Its file, without the line.</summary>
    public static string FileOf(BootEntry entry) => entry.Source.LastIndexOf(':') is var at and > 0 ? entry.Source[..at] : entry.Source;

    /// <summary>As a reason: what is added and removed.</summary>
    public static string Why(ArgumentChange change) =>
        "kernel arguments: " + string.Join(", ", change.Add.Select(a => $"add {a}").Concat(change.Remove.Select(r => $"remove {r}")));

    /// <summary>Writes a menu; where <c>lpj=</c> is new in it, it is a risk.</summary>
    public static void Write(FixContext context, string path, string after, ArgumentChange change, string withoutLpj) =>
        context.Write(path, after, Why(change), Effect.NextBoot, after == withoutLpj ? Risk.None : Risk.Boot);

    private static void Grub(FixContext context, ArgumentChange change, string path, List<BootEntry> entries)
    {
        var before = context.Files.Text(path) ?? throw new FixRefusedException($"{path} is not there any more");
        var file = GrubLegacyConf.Parse(before);
        var menu = new MenuEntries(context, change, path, entries, file);
        foreach (var remark in file.Remarks)
            context.LeaveToUser($"{path}, {remark}");
        var after = Edited(change);
        var withoutLpj = Edited(LoopsPerJiffy.Without(change));
        // A copy was judged as the same file; it is one afterwards, too.
        var efi = context.Files.List("/boot/efi/EFI").Take(MostEfi).Select(n => $"/boot/efi/EFI/{n}/grub.conf");
        foreach (var name in Menus.Concat(efi).Where(m => context.Files.Resolve(m) != context.Files.Resolve(path) && context.Files.Text(m) == before))
            Write(context, name, after, change, withoutLpj);
        Write(context, path, after, change, withoutLpj);

        string Edited(ArgumentChange wanted) =>
            AutomagicOptions.Change(GrubLegacyEditor.Change(before, (i, line) => menu.Change(i, line, wanted)), wanted.Add, wanted.Remove);
    }
}
