using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Boot;

/// <summary>/etc/kernel/cmdline, from which kernel-install writes the entries of new kernels; the vendor's file below /usr is overridden, not edited.</summary>
internal static class KernelInstallFile
{
    public const string Path = "/etc/kernel/cmdline";

    private const string Vendor = "/usr/lib/kernel/cmdline";

    /// <returns>False: this machine has no such file, and none is made.</returns>
    public static bool Plan(FixContext context, ArgumentEdit edit)
    {
        var facts = context.Facts.Boot.KernelInstallArguments;
        if (!facts.TryGet(out var judged) || facts.Source is not (Path or Vendor) || (context.Files.Text(Path) ?? context.Files.Text(Vendor)) is not { } text)
            return false;
        var after = KernelInstallEditor.Change(text, edit);
        if (after != text || context.Files.IsChanged(Path))
            BootFile.Put(context, Path, after, edit, "kernels to come get their arguments from here", edit.IsMet(judged));
        return true;
    }
}
