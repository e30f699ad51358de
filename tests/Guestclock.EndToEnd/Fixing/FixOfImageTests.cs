using Guestclock.EndToEnd.Guests;
using Guestclock.Lab.Hosts;

namespace Guestclock.EndToEnd.Fixing;

/// <summary>The broken guest's files, unpacked: repaired without a machine, read by the real readers in a chroot, and put back to the byte.</summary>
public sealed class FixOfImageTests
{
    [Fact]
    public async Task An_unpacked_image_is_repaired_and_its_own_programs_take_it()
    {
        await using var folder = WorkFolder.Create("gci-");
        var root = Directory.CreateDirectory(Path.Combine(folder.Path, "image")).FullName;
        await DebianTree.UnpackAsync(await SharedGuests.SkipUnlessAvailableAsync(BrokenGuest.DiskAsync()), root);
        string[] image = ["--root", root, "--assume", "role=kvm-guest", "--format", "json"];
        var menu = Path.Combine(root, "boot/grub/grub.cfg");
        // What is wrong on every CPU, for an image has none.
        await RunAsync("sed", "-i", "s/clocksource=tsc/clocksource=jiffies/", menu, Path.Combine(root, "etc/default/grub"));
        var before = await ListAsync(root);
        Assert.All(await KernelLinesAsync(menu), line => Assert.EndsWith("console=ttyS0 clocksource=jiffies tsc=reliable guestclock.note=kept quiet", line, StringComparison.Ordinal));

        var first = Reports.Fix((await Binary.RunAsync(["fix", .. image, "--yes"])).Ends(0, 1, 2, 3).Out);
        Assert.Equal(("applied", "gone"), (first.State, first.Findings["boot-parameters"]));
        // How the service steps shows when it is one that starts at boot; it may have been seen to already.
        var isSecond = Reports.Fix((await Binary.RunAsync(["fix", .. image, "--yes"])).Ends(0, 1, 2, 3).Out).State == "applied";

        // Whether tsc=reliable is wrong is the CPU's to tell, which an image has not.
        Assert.All(await KernelLinesAsync(menu), line => Assert.EndsWith(" ro console=ttyS0 tsc=reliable guestclock.note=kept quiet", line, StringComparison.Ordinal));
        Assert.Contains("GRUB_CMDLINE_LINUX=\"console=ttyS0 tsc=reliable guestclock.note=kept\"\n", await File.ReadAllTextAsync(Path.Combine(root, "etc/default/grub")), StringComparison.Ordinal);
        await InAsync(root, "grub-script-check", "/boot/grub/grub.cfg");
        Assert.Contains("makestep 1 -1", await InAsync(root, "chronyd", "-p", "-f", "/etc/chrony/chrony.conf"), StringComparison.Ordinal);
        Assert.Equal("enabled\n", await InAsync(root, "systemctl", "is-enabled", "chrony"));

        Assert.Equal(0, Reports.Fix((await Binary.RunAsync(["fix", .. image, "--dry-run"])).Ends(0, 1, 2, 3).Out).Steps);
        for (var runs = isSecond ? 2 : 1; runs > 0; runs--)
            (await Binary.RunAsync(["rollback", "--root", root])).Ends(0);
        Assert.Equal(before, await ListAsync(root));
    }

    /// <summary>Of the entries that boot by themselves; the one for a recovery is left alone where update-grub cannot run.</summary>
    private static async Task<List<string>> KernelLinesAsync(string menu)
    {
        var lines = (await File.ReadAllLinesAsync(menu)).Where(l => l.Trim().StartsWith("linux\t", StringComparison.Ordinal) && !l.Contains(" single ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        return lines;
    }

    /// <summary>All files but those of the program itself, with what belongs to them.</summary>
    private static Task<string> ListAsync(string root) => RunAsync("sh", "-c", """
        cd "$1"
        find . -path ./var/lib/guestclock -prune -o ! -type d -printf '%p %y %m %U:%G %s %T@ %l\n' | sort
        find . -path ./var/lib/guestclock -prune -o -type d -printf '%p %y %m %U:%G\n' | sort
        find etc boot var -path var/lib/guestclock -prune -o -type f -exec sha256sum {} + | sort -k 2
        """, "sh", root);

    private static Task<string> InAsync(string root, params string[] command) => RunAsync("chroot", [root, .. command]);

    private static Task<string> RunAsync(string program, params string[] arguments) =>
        HostCommand.RunAsync($"running {program}", program, arguments, TimeSpan.FromMinutes(1), default);
}
