using System.Diagnostics;
using Guestclock.Formats.Editing;
using Guestclock.Tests.Fixes.Boot;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Formats.Editing;

/// <summary>
/// pygrub of Xen reads the menus of guests to start their kernels: the only reader of GRUB legacy's format that runs without a boot. It must read
/// from an edited menu what it read before, and the arguments that were wanted.
/// </summary>
public class PygrubTests
{
    private const string Script = """
        import sys
        sys.path.insert(0, sys.argv[1])
        from grub.GrubConf import GrubConfigFile
        from grub.ExtLinuxConf import ExtLinuxConfigFile
        menu = (ExtLinuxConfigFile if sys.argv[3] == "extlinux" else GrubConfigFile)(sys.argv[2])
        for image in menu.images:
            kernel = image.kernel and image.kernel[1]
            print("%s|%s|%s|%s|%s" % (menu.default, image.title, kernel, image.initrd and image.initrd[1], " ".join((image.args or "").split())))
        """;

    public static TheoryData<string, string> Menus => new()
    {
        { "grub", BootSamples.Rhel4 },
        { "grub", BootSamples.Rhel5 },
        { "grub", BootSamples.Centos6 },
        { "grub", BootSamples.Sles11 },
        // It takes the divider "Other operating systems" for a disk, and fails.
        { "grub", LegacyMenus.Debian5[..LegacyMenus.Debian5.IndexOf("title\t\tOther", StringComparison.Ordinal)] },
        { "grub", BootSamples.Centos6.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "extlinux", BootSamples.Alpine },
    };

    [Theory]
    [MemberData(nameof(Menus))]
    public async Task Pygrub_reads_the_same_entries_with_the_new_arguments(string loader, string menu)
    {
        var library = Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib", "xen-*").Select(d => $"{d}/lib/python").FirstOrDefault(d => File.Exists($"{d}/grub/GrubConf.py")) : null;
        Assert.SkipWhen(library is null, "pygrub is not installed (package xen-utils)");
        string[] add = ["notsc", "lpj=7"], remove = ["rhgb", "quiet", "no-kvmclock"];
        var change = (int _, string line) => KernelLine.Change(line, add, remove);
        var edited = loader == "grub" ? GrubLegacyEditor.Change(menu, change) : SyslinuxEditor.Change(menu, change);
        var (before, after) = (await Read(library!, loader, menu), await Read(library!, loader, edited));
        Assert.True(before.Count > 0 && before.Count == after.Count);
        foreach (var (old, now) in before.Zip(after))
        {
            var at = old.LastIndexOf('|');
            var isLinux = !old.Contains("memtest", StringComparison.Ordinal) && !old.Contains("xen.gz", StringComparison.Ordinal) && !old.EndsWith('|');
            Assert.Equal(isLinux ? old[..(at + 1)] + KernelLine.Change(old[(at + 1)..], add, remove) : old, now);
        }
    }

    private static async Task<List<string>> Read(string library, string loader, string menu)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, menu, TestContext.Current.CancellationToken);
            using var process = Process.Start(new ProcessStartInfo("python3", ["-B", "-c", Script, library, file, loader])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await error);
            return [.. lines];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
