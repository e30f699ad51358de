namespace Guestclock.Fixes.Steps;

/// <summary>The programs that a plan may run, each with the places where distributions keep it. Nothing else is ever run.</summary>
public static class KnownPrograms
{
    private static readonly string[] Folders = ["/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"];

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "systemctl", "service", "rc-service", "chkconfig", "insserv", "update-rc.d", "initctl",
        "update-grub", "grub-mkconfig", "grub2-mkconfig", "grubby", "grub-script-check", "grub2-script-check", "sdbootutil", "update-extlinux",
        "chronyd", "udevadm", "cpupower", "restorecon", "tuned-adm",
    };

    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Where it may stand, the first one that is there counts.</summary>
    public static IEnumerable<string> Places(string name) => Folders.Select(f => f + name);
}
