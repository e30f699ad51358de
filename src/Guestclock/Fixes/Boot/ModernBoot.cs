using Guestclock.Checks.Boot;
using Guestclock.Facts;
using Guestclock.Formats.Editing;
using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>GRUB 2 and systemd-boot: templates, menus and Boot Loader Specification entries.</summary>
internal static class ModernBoot
{
    private static readonly string[] ImageFolders = ["/boot/efi/EFI/Linux", "/efi/EFI/Linux", "/boot/EFI/Linux"];

    /// <returns>Whether one of these starts the machine; what cannot be edited there is told to the user.</returns>
    /// <exception cref="FixRefusedException">A file is of a form that is not edited.</exception>
    public static bool Plan(FixContext context, ArgumentChange change)
    {
        var edit = new ArgumentEdit(change.Add, change.Remove);
        var boot = context.Facts.Boot;
        var entries = boot.Entries.Or([]).Where(e => !e.IsLeftOver).ToList();
        if (context.Facts.Identity.Architecture.Is(a => a is "s390" or "s390x"))
        {
            context.LeaveToUser($"zipl writes the boot record of this machine: change the arguments ({BootFile.Words(edit)}) and run it", "vi /etc/zipl.conf", "zipl");
            return true;
        }

        if (entries.Count > 0 && !entries.Exists(e => e.Loader is BootLoader.Grub2 or BootLoader.Bls))
            return false;
        edit = TunedArguments.Without(context, edit);
        if (edit.IsEmpty)
            return true;
        if (entries.Count == 0)
            return WithoutEntries(context, edit);
        if (BootPlaces.UsesGrub2(context.Facts))
            GrubTemplate.Plan(context, edit);
        if (BootPlaces.UsesKernelInstall(context.Facts))
            KernelInstallFile.Plan(context, edit);
        GrubMenu.Plan(context, edit);
        BootEntries.Plan(context, edit);
        if (context.Steps.Count == 0 && BootFile.Judged(context.Facts).FirstOrDefault(e => !edit.IsMet(e.Arguments)) is { } odd && context.LeftToUser.Count == 0)
            context.LeaveToUser($"{odd.Source} gets its arguments in a way that is not edited here ({BootFile.Words(edit)})");
        return true;
    }

    private static bool WithoutEntries(FixContext context, ArgumentEdit edit)
    {
        var boot = context.Facts.Boot;
        var isUki = ImageFolders.Any(f => context.Files.List(f).Any(n => n.EndsWith(".efi", StringComparison.OrdinalIgnoreCase)));
        if (!isUki && boot.GrubDefault.IsKnown)
        {
            GrubTemplate.Plan(context, edit);
            context.LeaveToUser("the boot menu is not below this root: write it anew from /etc/default/grub where it is mounted", GrubMenu.Command(context));
            return true;
        }

        if (!KernelInstallFile.Plan(context, edit) && !isUki)
            return false;
        context.LeaveToUser(isUki ? "each kernel and its arguments are one image (UKI): build them again with these arguments, as this system builds and signs them"
            : "the boot entries are not below this root: write them anew from /etc/kernel/cmdline where they are mounted",
            isUki ? [$"vi /etc/kernel/cmdline   # {BootFile.Words(edit)}", "kernel-install add-all"] : ["kernel-install add-all"]);
        return true;
    }
}
