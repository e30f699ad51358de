using System.Diagnostics;

namespace Guestclock.EndToEnd;

/// <summary>Bad roots give one sentence, the right code and an end in bounded time; never a stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-bad-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_root_that_does_not_exist() => await RefusedAsync(Path.Combine(_folder, "none"));

    [Fact]
    public async Task A_root_that_is_a_plain_file()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "not a recording");
        await RefusedAsync(file);
    }

    [Fact]
    public async Task An_archive_that_is_cut_short()
    {
        var whole = Path.Combine(_folder, "whole.tar.gz");
        (await Binary.RunAsync(["record", whole])).Ends(0);
        var cut = Path.Combine(_folder, "cut.tar.gz");
        var bytes = await File.ReadAllBytesAsync(whole);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)]);
        await RefusedAsync(cut);
    }

    [Fact]
    public async Task An_empty_root_is_judged_as_unknown()
    {
        var run = await Binary.RunAsync(["check", "--root", Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName]);
        run.Ends(3);
    }

    [Fact]
    public async Task A_hostile_tree_ends_in_bounded_time_and_memory()
    {
        var root = Directory.CreateDirectory(Path.Combine(_folder, "hostile")).FullName;
        foreach (var folder in new[] { "etc/chrony", "proc", "boot/grub2", "etc/libvirt/qemu", "sys/devices/system/clocksource/clocksource0", "etc/default" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        await using (var huge = File.Create(Path.Combine(root, "proc/cpuinfo")))
            huge.SetLength(1L << 30);
        File.CreateSymbolicLink(Path.Combine(root, "etc/os-release"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(root, "etc/chrony/chrony.conf"), "chrony.conf");
        Directory.CreateSymbolicLink(Path.Combine(root, "etc/chrony.d"), "../../../../..");
        Process.Start("mkfifo", Path.Combine(root, "proc/cmdline")).WaitForExit();
        Process.Start("mkfifo", Path.Combine(root, "sys/devices/system/clocksource/clocksource0/current_clocksource")).WaitForExit();
        await File.WriteAllBytesAsync(Path.Combine(root, "etc/default/grub"), [0xFF, 0xFE, 0x00, 0x80]);
        await File.WriteAllTextAsync(Path.Combine(root, "etc/libvirt/qemu/bomb.xml"),
            "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><domain type='kvm'><name>&b;</name></domain>");
        var clock = Stopwatch.StartNew();
        (await Binary.RunAsync(["check", "--root", root, "--assume", "role=kvm-guest,kvm-host"])).Ends(0, 1, 2, 3);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
        var facts = (await Binary.RunAsync(["facts", "--root", root])).Ends(0);
        Assert.Contains("\"malformed\"", facts.Out, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(string root)
    {
        var run = (await Binary.RunAsync(["check", "--root", root])).Ends(64);
        Assert.Empty(run.Out);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(root, run.Error, StringComparison.Ordinal);
    }
}
