using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>GRUB's own programs and a shell read what was edited, and understand what was wanted.</summary>
public class GrubReadsTests
{
    private const string Checker = "/usr/bin/grub-script-check", Editor = "/usr/bin/grub-editenv", Generator = "/usr/sbin/grub-mkconfig";

    /// <summary>What grub-mkconfig asks of the disks; there are none in a test.</summary>
    private const string Probe = """
        #!/bin/sh
        case "$*" in
        *target=device*) echo /dev/vda1 ;;
        *fs_uuid*) echo 11-22 ;;
        *partuuid*) echo aa-01 ;;
        *target=fs*) echo ext2 ;;
        *abstraction*) ;;
        *partmap*) echo msdos ;;
        *) echo hd0,msdos1 ;;
        esac
        """;

    public static TheoryData<string> Names => KernelArgumentsTreeTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_repaired_is_read_by_its_real_readers(string name)
    {
        Assert.SkipUnless(File.Exists(Checker) && File.Exists(Editor), "grub-common is not installed");
        var tree = KernelArgumentsTreeTests.Broken(KernelArgumentsTreeTests.Sound(name));
        using var directory = tree.Written();
        Apply(FixedTree.Plan(tree, directory, ["role=kvm-guest"], "boot-parameters", "boot-parameters-persist"), directory);
        var facts = tree.Judged(directory, ["role=kvm-guest"]).Facts;
        foreach (var menu in new[] { "/boot/grub/grub.cfg", "/boot/grub2/grub.cfg" }.Where(m => File.Exists(directory.At(m))))
            Assert.Equal("", Shell($"{Checker} '{directory.At(menu)}' 2>&1"));
        if (File.Exists(directory.At("/boot/grub2/grubenv")))
            Assert.Equal(GrubEnv.Parse(File.ReadAllText(directory.At("/boot/grub2/grubenv"))).Select(v => $"{v.Key}={v.Value}"),
                Shell($"{Editor} '{directory.At("/boot/grub2/grubenv")}' list").TrimEnd('\n').Split('\n'));
        if (facts.Boot.GrubDefault.TryGet(out var grub))
        {
            Assert.Equal($"{grub.Linux.Text}|{grub.LinuxDefault.Text}|",
                Shell($"cd '{directory.Root}/etc/default'; set -ef; . ./grub; for f in $(ls grub.d 2>/dev/null); do . ./grub.d/$f; done; printf '%s|%s|' \"$(echo $GRUB_CMDLINE_LINUX)\" \"$(echo $GRUB_CMDLINE_LINUX_DEFAULT)\""));
        }
    }

    [Fact]
    public void An_edited_menu_of_random_pieces_is_a_script_as_before()
    {
        Assert.SkipUnless(File.Exists(Checker), "grub-common is not installed");
        using var directory = new TempTree();
        var random = new Random(20261121);
        string[] pieces = ["ro", "quiet", "'a b'", "\"x $y\"", "${extra}", "\\\n\t\tnohz=off", "notsc", "\"notsc\"", "no'ts'c", "dyndbg=\\\"x", "-- init", "# why", "; true", "a=b\\ c", "clocksource=hpet"];
        var accepted = 0;
        for (var run = 0; run < 150; run++)
        {
            var line = string.Join(random.Next(3) == 0 ? "  " : " ", Enumerable.Range(0, random.Next(7)).Select(_ => pieces[random.Next(pieces.Length)]));
            var text = $"if [ x = y ]; then\n  set a=b\nfi\nmenuentry 'Linux' --class os {{\n\tload_video\n\tlinux\t/vmlinuz {line}\n\tinitrd /i\n}}\nsubmenu 's' {{\n\tmenuentry 'o' {{ linux16 /o {line}\n\t}}\n}}\n";
            if (Shell($"{Checker} '{directory.File("/before", text).At("/before")}' 2>&1") != "")
                continue;
            string after;
            ArgumentEdit edit = new(["clocksource=tsc", "idle=halt"], ["notsc", "quiet"]);
            try
            {
                after = GrubCfgEditor.Change(text, GrubCfg.Parse(text).Entries.Select(e => e.Line).ToHashSet(), edit);
            }
            catch (MalformedInputException)
            {
                continue;
            }

            accepted++;
            Assert.Equal("", Shell($"{Checker} '{directory.File("/after", after).At("/after")}' 2>&1"));
        }

        Assert.InRange(accepted, 50, 150);
    }

    /// <summary>In a mount namespace of its own the real grub-mkconfig writes a menu from what was edited: it gives the entries what our edit gave them.</summary>
    [Theory]
    [InlineData("idle=halt", "")]
    [InlineData("processor.max_cstate=1 intel_idle.max_cstate=0", "quiet")]
    [InlineData("clocksource=tsc", "splash nohz=off")]
    [InlineData("", "nohz=off clocksource=hpet")]
    public void The_real_grub_mkconfig_writes_the_same_arguments(string add, string remove)
    {
        Assert.SkipUnless(File.Exists(Generator), "grub-common is not installed");
        using var machine = new TempTree();
        machine.File("/boot/vmlinuz-6.1.0-30-amd64").File("/boot/initrd.img-6.1.0-30-amd64").File("/boot/vmlinuz-6.1.0-29-amd64").File("/boot/grub/x").File("/probe", Probe)
            .File("/etc/default/grub", "GRUB_DISTRIBUTOR=Debian\nGRUB_DISABLE_OS_PROBER=true\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet splash\"\nGRUB_CMDLINE_LINUX=\"clocksource=hpet\"\n")
            .File("/etc/default/grub.d/50-cloudimg-settings.cfg", "GRUB_CMDLINE_LINUX_DEFAULT=\"console=ttyS0 quiet nohz=off\"\n");
        Assert.SkipUnless(Written(machine).Count > 0, "no mount namespace can be made here");
        var texts = new[] { "/etc/default/grub", "/etc/default/grub.d/50-cloudimg-settings.cfg", "/etc/default/grub.d/guestclock.cfg" };
        ArgumentEdit edit = new(add.Split(' ', StringSplitOptions.RemoveEmptyEntries), remove.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var menu = File.ReadAllText(machine.At("/boot/grub/grub.cfg"));
        var ours = GrubCfg.Parse(GrubCfgEditor.Change(menu, GrubCfg.Parse(menu).Entries.Select(e => e.Line).ToHashSet(), edit)).Entries;
        var after = GrubDefaultEditor.Change([.. texts.Select(t => File.Exists(machine.At(t)) ? File.ReadAllText(machine.At(t)) : "")], edit, forAll: true, own: 2);
        foreach (var (path, text) in texts.Zip(after))
            machine.File(path, text);
        var theirs = Written(machine);
        Assert.Equal(ours.Select(e => e.Title), theirs.Select(e => e.Title));
        foreach (var (a, b) in ours.Zip(theirs).Where(e => !e.First.Title.Contains("recovery", StringComparison.Ordinal)))
            Assert.Equal(Sorted(a), Sorted(b));
    }

    private static IEnumerable<string> Sorted(LoaderEntry entry) => KernelArguments.Parse(entry.Arguments).All.Select(a => a.Text).Order(StringComparer.Ordinal);

    private static IReadOnlyList<LoaderEntry> Written(TempTree machine)
    {
        var menu = machine.At("/boot/grub/grub.cfg");
        File.Delete(menu);
        Shell($"chmod +x '{machine.At("/probe")}'; unshare -m sh -c 'mount --make-rprivate / && mount --bind \"$1/boot\" /boot && mount --bind \"$1/etc/default\" /etc/default "
            + $"&& mount --bind \"$1/probe\" /usr/sbin/grub-probe && exec {Generator} -o /boot/grub/grub.cfg' sh '{machine.Root}' 2>&1");
        return File.Exists(menu) ? GrubCfg.Parse(File.ReadAllText(menu)).Entries : [];
    }

    private static void Apply(Plan plan, TempTree directory)
    {
        foreach (var step in plan.Steps.OfType<FileStep>())
            directory.File(step.Path, step.After);
    }

    private static string Shell(string command) => TempTree.Run("sh", "-c", command);
}
