using System.Security.Cryptography;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>The disk of a Debian guest, unpacked, with four things to repair; and what it is like, but for its journals.</summary>
internal sealed class BrokenImage : IDisposable
{
    public static readonly string[] Fix = ["--assume", "role=kvm-guest", "--yes", "--only", "boot-parameters,time-service-enabled,step-policy,rtc-synced,phc-loaded-at-boot"];

    public BrokenImage()
    {
        Write("/usr/lib/os-release", "NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n");
        Link("/etc/os-release", "../usr/lib/os-release");
        Write("/etc/chrony/chrony.conf", "pool 2.debian.pool.ntp.org iburst\ndriftfile /var/lib/chrony/chrony.drift\n");
        Write("/etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet clocksource=acpi_pm\"\nGRUB_CMDLINE_LINUX=\"\"\n");
        Write("/usr/sbin/chronyd", "");
        Write("/usr/lib/systemd/system/chrony.service", "[Service]\nExecStart=/usr/sbin/chronyd\n[Install]\nAlias=chronyd.service\nWantedBy=multi-user.target\n");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("guestclock-test-").FullName;

    public string At(string path) => Root + path;

    /// <summary>Each name with the hash of its content, or its link text.</summary>
    public SortedDictionary<string, string> Snapshot()
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories))
        {
            var (name, file) = (path[Root.Length..], new FileInfo(path));
            if (!name.StartsWith("/var", StringComparison.Ordinal))
                names[name] = file.LinkTarget ?? (file.Exists ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "folder");
        }

        return names;
    }

    /// <summary>The journal of a run is on disk: its changes begin.</summary>
    public bool HasRun() => Directory.Exists(At("/var/lib/guestclock/fixes")) && Directory.EnumerateDirectories(At("/var/lib/guestclock/fixes"), "2*").Any();

    /// <summary>The journal of its run says that it is neither applied nor undone.</summary>
    public bool HasUnfinishedRun() => Directory.Exists(At("/var/lib/guestclock")) && Directory.EnumerateFiles(At("/var/lib/guestclock"), "journal.json", SearchOption.AllDirectories)
        .Any(j => File.ReadAllText(j) is var text && (text.Contains("\"state\": \"applying\"", StringComparison.Ordinal) || text.Contains("\"state\": \"undoing\"", StringComparison.Ordinal)));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
    }
}
