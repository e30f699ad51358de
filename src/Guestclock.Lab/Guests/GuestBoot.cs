using Guestclock.Lab.Guests.Image;
using Guestclock.Lab.Packages;

namespace Guestclock.Lab.Guests;

/// <summary>What a guest is booted from: QEMU's command, a kernel, an initramfs.</summary>
/// <param name="Qemu">The beginning of QEMU's command line.</param>
/// <param name="Disk">The disk that takes snapshots, if there is one.</param>
internal sealed record GuestBoot(IReadOnlyList<string> Qemu, string Kernel, string Initrd, string? Disk)
{
    /// <summary>Makes it in the guest's folder.</summary>
    /// <exception cref="LabException">QEMU or a package cannot be had.</exception>
    public static async Task<GuestBoot> PrepareAsync(GuestVariant variant, string folder, GuestLaunch launch, CancellationToken cancellationToken)
    {
        var qemu = await QemuProgram.LocateAsync(variant.VmClock || variant.PtpCard, launch.Progress, cancellationToken);
        var tree = await variant.Kernel.Tree.GetAsync(launch.Progress, cancellationToken);
        var initrd = Path.Combine(folder, "initrd");
        try
        {
            var kernel = GuestImage.Write(initrd, tree, variant);
            var disk = variant.SnapshotDisk ? Path.Combine(folder, "disk.qcow2") : null;
            if (disk is not null)
                Qcow2File.Create(disk);
            return new([.. Prefix(launch.Environment), .. qemu], kernel, initrd, disk);
        }
        catch (IOException e)
        {
            throw new LabException($"the guest's image cannot be made in {folder} from {tree} ({e.Message}): make room, or remove {LabCache.Folder} to fetch the packages anew", e);
        }
    }

    private static string[] Prefix(IReadOnlyList<string> environment) => environment.Count == 0 ? [] : ["env", .. environment];
}
