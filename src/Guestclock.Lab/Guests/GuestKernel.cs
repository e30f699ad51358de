using Guestclock.Lab.Packages;

namespace Guestclock.Lab.Guests;

/// <summary>A kernel with the user space of the same Debian release.</summary>
public sealed class GuestKernel
{
    // What every guest may be given; GuestImage picks from it.
    private static readonly string[] Packages =
    [
        "linux-image-cloud-amd64", "base-files", "busybox-static", "chrony", "kmod",
        "libstdc++6", "qemu-guest-agent", "tzdata", "util-linux-extra",
    ];

    private GuestKernel(string version, PackageTree tree)
    {
        Version = version;
        Tree = tree;
    }

    /// <summary>Linux 6.1, Debian 12: no vmclock driver.</summary>
    public static GuestKernel Linux61 { get; } = new("6.1", new PackageTree("guest-bookworm", ["bookworm"], Packages));

    /// <summary>Linux 7.2, Debian 14 (forky): with the vmclock driver.</summary>
    public static GuestKernel Linux72 { get; } = new("7.2", new PackageTree("guest-forky", ["forky"], Packages));

    /// <summary>Linux 6.1 as for real machines, Debian 12: with drivers of network cards and the programs of linuxptp; no chrony, no agent.</summary>
    public static GuestKernel Linux61Full { get; } = new("6.1", new PackageTree("guest-bookworm-full", ["bookworm"],
    [
        "linux-image-amd64", "base-files", "busybox-static", "kmod", "libstdc++6", "linuxptp", "util-linux-extra",
    ]));

    /// <summary>The kernel's first two numbers when this was written; the release may have moved on since.</summary>
    public string Version { get; }

    internal PackageTree Tree { get; }

    public override string ToString() => Version;
}
