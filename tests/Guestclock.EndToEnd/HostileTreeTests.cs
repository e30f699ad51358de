using System.Diagnostics;
using System.Text.Json;

namespace Guestclock.EndToEnd;

/// <summary>
/// A tree in which every path that a recording of this machine names is something else than a probe expects: each run ends in bounded time
/// and memory, judges what is left, and no probe breaks.
/// </summary>
public sealed class HostileTreeTests : IDisposable
{
    private const long GiB = 1L << 30;
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-hostile-").FullName;

    public void Dispose() => Process.Start("rm", ["-rf", "--", _folder]).WaitForExit();

    public static TheoryData<string> Kinds =>
        ["fifo", "directory", "empty", "random", "bits", "sparse", "endless", "self", "outside", "text", "includes", "unterminated"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_path_is_something_else(string kind)
    {
        var root = await TreeAsync(kind);
        foreach (var command in new[] { "check", "facts" })
        {
            var clock = Stopwatch.StartNew();
            var run = (await Confined.RunAsync(450, [command, "--root", root, "--assume", "role=kvm-guest,kvm-host"])).Ends(0, 1, 2, 3);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{command} took {clock.Elapsed}");
            Assert.Empty(run.Error);
            Assert.DoesNotContain("our own fault", run.Out, StringComparison.Ordinal);
            Assert.DoesNotContain("not enough memory", run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_hundred_thousand_units_and_thousands_of_large_files()
    {
        var root = Path.Combine(_folder, "many");
        string[] folders = ["etc/systemd/system", "etc/modules-load.d", "etc/modprobe.d", "boot/loader/entries", "etc/libvirt/qemu", "etc/default/grub.d"];
        foreach (var folder in folders)
            Directory.CreateDirectory(Path.Combine(root, folder));
        await File.WriteAllTextAsync(Path.Combine(root, "one"), string.Concat(Enumerable.Repeat("<a> ptp_kvm x='1'\n", 50_000)));
        var script = $"cd '{root}'; seq -f etc/systemd/system/u%.0f.service 100000 | xargs touch; "
            + "for d in etc/modules-load.d:conf etc/modprobe.d:conf boot/loader/entries:conf etc/libvirt/qemu:xml etc/default/grub.d:cfg; do "
            + "mkdir l; cp -l one l/0; for i in 1 2 3 4 5 6 7 8 9; do cp -rl l l.$i; for f in l.$i/*; do ln $f l/$i${f##*/}; done; rm -r l.$i; done; "
            + "for f in l/*; do mv $f ${d%:*}/${f##*/}.${d#*:}; done; rmdir l; done";
        Process.Start("sh", ["-c", script]).WaitForExit();
        foreach (var command in new[] { "check", "facts" })
        {
            var clock = Stopwatch.StartNew();
            (await Confined.RunAsync(450, [command, "--root", root])).Ends(0, 1, 2, 3);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{command} took {clock.Elapsed}");
        }
    }

    private async Task<string> TreeAsync(string kind)
    {
        var recording = Path.Combine(_folder, "recording");
        (await Binary.RunAsync(["record", recording])).Ends(0);
        var root = Directory.CreateDirectory(Path.Combine(_folder, kind)).FullName;
        var model = Path.Combine(_folder, "model");
        await ModelAsync(kind, model);
        var commands = new List<string>();
        foreach (var path in Leaves(Path.Combine(recording, ".guestclock/record.json")))
        {
            var at = root + path;
            Directory.CreateDirectory(Path.GetDirectoryName(at)!);
            var target = kind switch { "endless" => "/dev/zero", "self" => Path.GetFileName(at), "outside" => "../../../../../../../../../../etc/passwd", _ => null };
            if (target is not null)
                File.CreateSymbolicLink(at, target);
            else if (kind == "fifo")
                commands.Add($"mkfifo '{at}'");
            else if (kind == "directory")
                Directory.CreateDirectory(at);
            else
                commands.Add($"ln '{model}' '{at}'");
        }

        await File.WriteAllLinesAsync(model + ".sh", commands);
        await Process.Start("sh", [model + ".sh"]).WaitForExitAsync();
        return root;
    }

    /// <summary>The one file that every path is.</summary>
    private static async Task ModelAsync(string kind, string model)
    {
        var bytes = new byte[kind is "random" ? 5 << 20 : 1 << 20];
        new Random(20261121).NextBytes(bytes);
        await using var file = File.Create(model);
        switch (kind)
        {
            case "random":
                file.Write(bytes);
                break;
            case "bits":
                file.Write([.. bytes.Select(b => (byte)(b | 1))]);
                break;
            case "sparse":
                file.SetLength(GiB);
                break;
            case "text":
                Repeat(file, "a=b c \"d' <x> [y] {\n");
                break;
            case "unterminated":
                Repeat(file, "${a");
                break;
            case "includes":
                Repeat(file, "include /etc/*\nconfdir /etc\nsourcedir /etc\n. /etc/default/grub\nsource /boot/grub/grub.cfg\ninclude /*/*/*/*\n");
                break;
        }
    }

    private static void Repeat(FileStream file, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        while (file.Length + bytes.Length <= 1 << 20)
            file.Write(bytes);
    }

    /// <summary>All paths and answers of a recording that are not a directory of another.</summary>
    private static IEnumerable<string> Leaves(string json)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(json));
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var section in new[] { "files", "listings", "links", "found", "foundLinks" })
            paths.UnionWith(record.RootElement.GetProperty(section).EnumerateObject().Select(p => Path.GetFullPath(p.Name)));
        paths.UnionWith(record.RootElement.GetProperty("answers").EnumerateObject().Select(p => "/.guestclock/answers/" + p.Name));
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var up = Path.GetDirectoryName(path); up is not null && folders.Add(up);)
                up = Path.GetDirectoryName(up);
        }

        return [.. paths.Where(p => !folders.Contains(p))];
    }
}
