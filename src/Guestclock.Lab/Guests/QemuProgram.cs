using Guestclock.Lab.Packages;

namespace Guestclock.Lab.Guests;

/// <summary>Which QEMU to run: this machine's own, or version 10 unpacked into the cache.</summary>
internal static class QemuProgram
{
    private const string Name = "qemu-system-x86_64";
    private static readonly PackageTree Qemu10 = new("qemu-10", ["bookworm", "bookworm-backports"], ["qemu-system-x86"]);

    /// <summary>The beginning of its command line.</summary>
    /// <param name="newDevices">Whether it must have the devices vmclock and igb, which Debian 12's QEMU 7.2 lacks.</param>
    /// <exception cref="LabException">It is not there and cannot be fetched.</exception>
    public static async Task<IReadOnlyList<string>> LocateAsync(bool newDevices, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (newDevices)
            return Unpacked(await Qemu10.GetAsync(progress, cancellationToken));
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var found = folders.Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
        return [found ?? throw new LabException($"{Name} is not on the PATH, so no guest can be booted: install QEMU (on Debian the package qemu-system-x86)")];
    }

    private static List<string> Unpacked(string root)
    {
        var libraries = Path.Combine(root, "usr/lib/x86_64-linux-gnu");
        var shared = Path.Combine(root, "usr/share");
        return
        [
            "env", $"QEMU_MODULE_DIR={libraries}/qemu",
            // By the tree's own loader, since this machine's C library may be older or newer than the tree's.
            $"{libraries}/ld-linux-x86-64.so.2", "--library-path", libraries, $"{root}/usr/bin/{Name}",
            "-L", $"{shared}/qemu", "-L", $"{shared}/seabios", "-L", $"{root}/usr/lib/ipxe/qemu",
        ];
    }
}
