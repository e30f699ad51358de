using System.Diagnostics;
using Guestclock.Lab.Hosts;

namespace Guestclock.EndToEnd.Libvirt;

/// <summary>
/// A libvirtd of our own, in namespaces where it sees neither this machine's libvirt nor its processes; all that it starts ends with it.
/// Its socket is in a temporary folder, the one place that both sides see. Needs root.
/// </summary>
internal sealed class PrivateLibvirt : IAsyncDisposable
{
    // While the file "down" is there the daemon is dead; when it is removed the daemon starts again. QEMU lives on meanwhile.
    // What stands in "etc" is copied to /etc/libvirt/qemu before each start.
    // While "frozen" is there the daemon stands still.
    private const string Script = """
        for d in /run /etc/libvirt /var/lib/libvirt /var/log/libvirt /var/cache/libvirt; do mkdir -p $d; mount -t tmpfs tmpfs $d; done
        mkdir -p /run/libvirt /etc/libvirt/qemu/networks
        printf '%s\n' 'stdio_handler = "file"' 'user = "root"' 'group = "root"' 'dynamic_ownership = 0' 'remember_owner = 0' \
            'security_driver = "none"' 'cgroup_controllers = [ ]' 'namespaces = [ ]' > /etc/libvirt/qemu.conf
        printf 'unix_sock_dir = "%s"\nauth_unix_rw = "none"\n' "$1" > /etc/libvirt/libvirtd.conf
        while :; do
            while [ -e "$1/down" ]; do sleep 0.1; done
            cp "$1"/etc/*.xml /etc/libvirt/qemu/ 2> /dev/null
            libvirtd -p /run/libvirtd.pid > "$1/log" 2>&1 < /dev/null & daemon=$!
            while kill -0 $daemon 2> /dev/null && [ ! -e "$1/down" ]; do
                if [ -e "$1/frozen" ]; then kill -STOP $daemon; else kill -CONT $daemon; fi
                sleep 0.1
            done
            kill -KILL $daemon; wait $daemon; rm -f "$1"/libvirt-sock*
        done
        """;

    private readonly WorkFolder _folder;
    private readonly HostDaemon _daemon;

    private PrivateLibvirt(WorkFolder folder, HostDaemon daemon)
    {
        _folder = folder;
        _daemon = daemon;
    }

    /// <summary>Also for the guests' files.</summary>
    public string Folder => _folder.Path;

    public string Uri => UriIn(Folder);

    private string DownFile => Path.Combine(Folder, "down");

    public static string UriIn(string folder) => $"qemu+unix:///system?socket={folder}/libvirt-sock";

    /// <summary>Makes all ready; the daemon itself starts with <see cref="Up"/>.</summary>
    public static PrivateLibvirt Create()
    {
        foreach (var program in (string[])["/usr/sbin/libvirtd", "/usr/bin/virsh", "/usr/bin/qemu-system-x86_64"])
            Assert.SkipUnless(File.Exists(program), $"{program} is not installed");
        Assert.SkipUnless(Environment.UserName == "root", "namespaces need root");
        var folder = WorkFolder.Create("lv-");
        File.WriteAllText(Path.Combine(folder.Path, "down"), "");
        return new(folder, HostDaemon.Start(["unshare", "-m", "-n", "-p", "--fork", "--kill-child", "--mount-proc", "/bin/sh", "-c", Script, "sh", folder.Path]));
    }

    public void Up() => File.Delete(DownFile);

    /// <summary>Kills the daemon, as a crash would.</summary>
    public void Down() => File.WriteAllText(DownFile, "");

    /// <summary>Lets the daemon stand still, with its sockets open, or go on.</summary>
    public async Task FreezeAsync(bool frozen)
    {
        var file = Path.Combine(Folder, "frozen");
        if (frozen)
            await File.WriteAllTextAsync(file, "");
        else
            File.Delete(file);
        await Task.Delay(500);
    }

    /// <summary>Has virsh do something to a guest.</summary>
    public async Task<string> VirshAsync(params string[] args) => (await Binary.RunProgramAsync("/usr/bin/virsh", ["-c", Uri, .. args])).Ends(0).Out;

    /// <summary>Waits until the daemon answers.</summary>
    public async Task UntilUpAsync()
    {
        for (var clock = Stopwatch.StartNew(); !File.Exists(Path.Combine(Folder, "libvirt-sock")); await Task.Delay(50))
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "libvirtd does not start");
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        await _folder.DisposeAsync();
    }
}
