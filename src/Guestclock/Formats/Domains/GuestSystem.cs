namespace Guestclock.Formats.Domains;

/// <summary>Which system a virtual machine's definition seems to be made for.</summary>
internal static class GuestSystem
{
    /// <summary>Hosts of libosinfo's ids (http://HOST/NAME/VERSION) whose systems are Linux.</summary>
    private static readonly string[] Linux =
    [
        "fedoraproject.org", "redhat.com", "centos.org", "rockylinux.org", "almalinux.org", "debian.org", "ubuntu.com", "suse.com",
            "opensuse.org",
        "libosinfo.org", "archlinux.org", "alpinelinux.org", "gentoo.org", "nixos.org", "mageia.org", "mandriva.com", "manjaro.org",
            "voidlinux.org",
        "cirros-cloud.net", "altlinux.org", "android-x86.org", "endlessos.com", "guix.gnu.org", "scientificlinux.org", "eurolinux.com",
            "openeuler.org",
        "slackware.com", "circlelinux.org", "popos.system76.com", "system76.com", "elementary.io", "kernel.org", "asianux.com",
            "miraclelinux.com",
    ];

    /// <param name="osId">libosinfo's id, or null.</param>
    /// <param name="hyperV">Enlightenments for Windows are on.</param>
    /// <param name="bootsKernel">A Linux kernel is given to boot from.</param>
    public static string? Hint(string? osId, bool hyperV, bool bootsKernel)
    {
        if (osId is not null && osId.StartsWith("http://", StringComparison.Ordinal))
        {
            var slash = osId.IndexOf('/', 7);
            var host = slash < 0 ? osId[7..] : osId[7..slash];
            if (host is "microsoft.com" or "reactos.org")
                return "windows";
            if (host == "oracle.com")
                return osId.Contains("/ol/", StringComparison.Ordinal) ? "linux" : null;
            return Array.IndexOf(Linux, host) >= 0 ? "linux" : null;
        }

        return bootsKernel ? "linux" : hyperV ? "windows" : null;
    }
}
