using Guestclock.Linux.Tests.Trees;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>
/// Disks whose boot configuration is wrong twice: no-kvmclock stands in every place, and one timekeeping argument only in the entry that boots.
/// </summary>
public class KernelArgumentsTreeTests
{
    private static readonly string[] Anchors = ["console=ttyS0", "splash=silent"];

    public static TheoryData<string> Names =>
    [
        "RHEL 7", "RHEL 8", "RHEL 9", "RHEL 10", "Fedora", "Debian 10", "Debian 12", "Debian 13", "Ubuntu 20.04", "Ubuntu 24.04", "Ubuntu 25.10",
        "SLES 12 SP5", "SLES 15 SP6", "openSUSE Leap 15.6", "openSUSE Tumbleweed", "openSUSE Tumbleweed with systemd-boot", "Arch", "Arch with GRUB",
        "Alpine with GRUB",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_disk_of_every_distribution_is_repaired(string name) =>
        FixedTree.Repairs(Broken(Sound(name)), Golden.Of("kernel-arguments", name), ["role=kvm-guest"],
            "boot-parameters", "boot-parameters-persist");

    internal static Tree Sound(string name) => name switch
    {
        "SLES 12 SP5" => Suse.Sles12(),
        "openSUSE Tumbleweed with systemd-boot" => SystemdBoot(Suse.Modern("openSUSE Tumbleweed")),
        "Arch with GRUB" => Others.Arch().Without("/boot/loader").Grub2(),
        "Alpine with GRUB" => Others.Alpine().Without("/boot/extlinux.conf").Without("/etc/update-extlinux.conf").Grub2(),
        _ => Family.Disk(name),
    };

    /// <summary>As the installer of openSUSE sets it up: entries on the EFI system partition, written by sdbootutil.</summary>
    private static Tree SystemdBoot(Tree tree) => tree.Without("/boot/grub2").Without("/etc/default/grub")
        .File("/boot/efi/loader/loader.conf", "timeout 8\nconsole-mode keep\n")
        .File($"/boot/efi/loader/entries/system-{tree.Kernel}-1.conf",
            $"# Boot Loader Specification type#1 entry\ntitle      openSUSE Tumbleweed\nversion    1@{tree.Kernel}\nsort-key   opensuse-tumbleweed\n"
            + $"options    {tree.CommandLine} rootflags=subvol=@/.snapshots/1/snapshot systemd.machine_id=ab12\n"
            + $"linux      /opensuse-tumbleweed/{tree.Kernel}/linux-9f\ninitrd     /opensuse-tumbleweed/{tree.Kernel}/initrd-7a\n")
        .File("/etc/kernel/cmdline", tree.CommandLine + "\n");

    internal static Tree Broken(Tree tree)
    {
        With(tree, "no-kvmclock");
        var entry = tree.FilesWith("no-kvmclock").First(f => !f.Contains("rescue", StringComparison.Ordinal) && f.StartsWith("/boot/", StringComparison.Ordinal));
        tree.Replace(entry, "no-kvmclock ", "no-kvmclock nohz=off ");
        return entry.EndsWith("/grubenv", StringComparison.Ordinal) ? tree.Padded(entry) : tree;
    }

    /// <summary>An argument stands in every place of the boot configuration, and the kernel is started with it.</summary>
    internal static Tree With(Tree tree, string argument)
    {
        foreach (var anchor in Anchors)
        {
            foreach (var file in tree.FilesWith(anchor))
            {
                tree.Replace(file, anchor, $"{argument} {anchor}");
                if (file.EndsWith("/grubenv", StringComparison.Ordinal))
                    tree.Padded(file);
            }

            tree.CommandLine = tree.CommandLine.Replace(anchor, $"{argument} {anchor}", StringComparison.Ordinal);
        }

        return tree;
    }
}
