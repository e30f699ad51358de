using System.Security.Cryptography;
using System.Text;
using Guestclock.Lab;
using Guestclock.Lab.Hosts;
using Guestclock.Lab.Packages;
using Guestclock.Testing;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>A whole Debian 12, installed once by debootstrap into the cache: its files, and disks that boot them.</summary>
internal static class DebianTree
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan CopyLimit = TimeSpan.FromMinutes(2);

    /// <summary>The tree itself; nobody writes into it.</summary>
    /// <exception cref="LabException">It cannot be installed.</exception>
    public static async Task<string> GetAsync()
    {
        if (Environment.UserName != "root")
            throw new LabException("to install a Debian needs root");
        var name = $"debian-bookworm-{Key(Script("make-tree"), Channel)}";
        return Path.Combine(await LabCache.FolderAsync(name, InstallAsync, default), "tree");
    }

    /// <summary>Unpacks such a disk into a folder, with all that belongs to its files.</summary>
    public static Task UnpackAsync(string disk, string folder) => RunAsync("debugfs", ["-R", $"rdump / {folder}", $"{disk}?offset=1048576"], CopyLimit);

    /// <summary>A raw disk with the tree on it, in which a script has run once; nobody writes to it.</summary>
    /// <param name="script">Run by the guest's shell, after which the guest is powered off.</param>
    public static async Task<string> DiskAsync(string script)
    {
        var tree = await GetAsync();
        var name = $"debian-disk-{Key(tree, Script("make-disk"), script)}";
        return Path.Combine(await LabCache.FolderAsync(name, BuildAsync, default), "disk");

        async Task BuildAsync(string folder)
        {
            var disk = Path.Combine(folder, "disk");
            await RunAsync(Script("make-disk"), [tree, disk], CopyLimit);
            await using var guest = await DebianGuest.StartAsync(disk);
            await guest.RunAsync(script);
            await guest.PowerOffAsync();
        }
    }

    private static async Task InstallAsync(string folder) =>
        await RunAsync(Script("make-tree"), [Path.Combine(folder, "tree"), DebianMirror.FindUrl(), Channel], InstallLimit);

    private static string Script(string name) => Repository.At("tests", "guests", "debian", name);

    private static string Channel => Repository.At("src", "Guestclock.Lab", "Guests", "Image", "channel");

    private static Task<string> RunAsync(string program, string[] arguments, TimeSpan limit) =>
        HostCommand.RunAsync("making a Debian for tests", program, arguments, limit, default);

    /// <summary>Of the texts, and of what stands in those that are names of files.</summary>
    private static string Key(params string[] recipe)
    {
        var text = string.Join('\n', recipe.Select(r => File.Exists(r) ? File.ReadAllText(r) : r));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }
}
