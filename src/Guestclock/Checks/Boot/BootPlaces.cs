using Guestclock.Facts;
using Guestclock.Formats;

namespace Guestclock.Checks.Boot;

/// <summary>One place from which a later boot, or a later kernel, takes its arguments.</summary>
/// <param name="Name">What a user calls it: the file, and the entry where the file has several.</param>
/// <param name="IsNextBoot">The next boot takes them from here.</param>
/// <param name="IsOther">An entry that boots only when somebody chooses it, as those of older kernels.</param>
internal sealed record BootPlace(string Name, KernelArguments Arguments, bool IsNextBoot, bool IsOther);

/// <summary>The places of the boot configuration that count on this machine.</summary>
internal static class BootPlaces
{
    public static IReadOnlyList<BootPlace> Of(MachineFacts facts)
    {
        var places = new List<BootPlace>();
        var next = facts.Boot.DefaultEntry;
        foreach (var entry in facts.Boot.Entries.Or([]))
        {
            // What a variable brings that no file sets cannot be compared.
            if (!entry.IsRescue && !entry.IsLeftOver && !entry.Arguments.Text.Contains("$kernelopts", StringComparison.Ordinal))
                places.Add(new($"{entry.Source} ({entry.Title})", entry.Arguments, ReferenceEquals(entry, next),
                    next is { IsDefault: true } && !ReferenceEquals(entry, next)));
        }

        if (facts.Boot.GrubDefault.TryGet(out var grub) && UsesGrub2(facts))
            places.Add(new(string.Join(" + ", grub.Files), grub.Together, false, false));
        if (facts.Boot.KernelInstallArguments.TryGet(out var install) && UsesKernelInstall(facts))
            places.Add(new(facts.Boot.KernelInstallArguments.Source, install, false, false));
        return places;
    }

    /// <summary>/etc/default/grub counts: GRUB 2 starts the machine, or nothing tells what does.</summary>
    public static bool UsesGrub2(MachineFacts facts)
    {
        var entries = facts.Boot.Entries.Or([]).Where(e => !e.IsLeftOver).ToList();
        return entries.Count == 0 || entries.Exists(e => e.Loader == BootLoader.Grub2)
            || (entries.Exists(e => e.Loader == BootLoader.Bls) && facts.Identity.Os.Is(o => o.Family == OsFamily.RedHat));
    }

    /// <summary>
    /// The hypervisor starts the kernel and gives its arguments: GRUB 2 puts BOOT_IMAGE= before them, and a guest's kernel without it was not started
    /// by the GRUB 2 that lies on its disk.
    /// </summary>
    public static bool AreNotUsed(MachineFacts facts) =>
        facts.IsGuest && facts.Clock.CommandLine.Is(c => !c.Has("BOOT_IMAGE") && !c.Text.Contains("placeholder", StringComparison.Ordinal))
        && facts.Boot.Entries.Is(e => e.All(x => x.IsLeftOver || x.Loader == BootLoader.Grub2));

    /// <summary>Entries that kernel-install, perl-Bootloader or update-extlinux write; GRUB 2's own menu is written from /etc/default/grub.</summary>
    public static bool UsesKernelInstall(MachineFacts facts)
    {
        var entries = facts.Boot.Entries.Or([]).Where(e => !e.IsLeftOver).ToList();
        return entries.Count == 0 || entries.Exists(e => e.Loader is not BootLoader.Grub2);
    }
}
