using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>
/// Where files of several boot loaders lie side by side, one of them starts the machine: GRUB 2 or systemd-boot rather than a menu.lst
/// that a cloud image keeps for another kind of host; on EFI the file of the EFI system partition rather than that for BIOS.
/// </summary>
internal static class LoaderInUse
{
    public static IReadOnlyList<BootEntry> Mark(IMachine machine, List<BootEntry> entries)
    {
        var modern = entries.Exists(e => e.Loader is BootLoader.Grub2 or BootLoader.Bls && !e.IsLeftOver);
        var efiFiles = entries.Exists(e => e.Loader != BootLoader.Bls && OnEfi(e));
        var biosFiles = entries.Exists(e => e.Loader == BootLoader.Grub2 && !OnEfi(e));
        bool? firmwareIsEfi = efiFiles && biosFiles && machine.IsLive ? machine.Exists("/sys/firmware/efi") : null;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var other = entry.Loader is BootLoader.GrubLegacy or BootLoader.Syslinux && modern;
            other |= entry.Loader == BootLoader.Grub2 && firmwareIsEfi is { } efi && OnEfi(entry) != efi;
            if (other)
                entries[i] = entry with { IsLeftOver = true, IsDefault = false };
        }

        return entries;
    }

    private static bool OnEfi(BootEntry entry) => entry.Source.StartsWith("/boot/efi/", StringComparison.Ordinal);
}
