using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Testing;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Fixes.Boot;

public class ModernBootTests
{
    private const string Running = "BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro quiet";
    private const string Wanted = "processor.max_cstate=1";

    /// <summary>What a running machine of each kind does with its own tools, and what an image of it has changed.</summary>
    public static TheoryData<string, string[], string[], string[]> Machines => new()
    {
        { "Debian", ["update-grub", "grub-mkconfig", "grub-script-check"],
            ["file /etc/default/grub.d/guestclock.cfg", "Generate update-grub", "Validate grub-script-check /boot/grub/grub.cfg"],
            ["file /etc/default/grub.d/guestclock.cfg", "file /boot/grub/grub.cfg"] },
        { "Debian 7", ["grub-mkconfig"],
            ["file /etc/default/grub", "Generate grub-mkconfig -o /boot/grub/grub.cfg"],
            ["file /etc/default/grub", "file /boot/grub/grub.cfg"] },
        { "RHEL 7", ["grubby", "grub2-mkconfig", "grub2-script-check"],
            ["file /etc/default/grub", "Generate grubby --update-kernel=ALL --args=processor.max_cstate=1", "Validate grub2-script-check /boot/grub2/grub.cfg"],
            ["file /etc/default/grub", "file /boot/grub2/grub.cfg"] },
        { "RHEL 7 without grubby", ["grub2-mkconfig"],
            ["file /etc/default/grub", "Generate grub2-mkconfig -o /boot/grub2/grub.cfg"],
            ["file /etc/default/grub", "file /boot/grub2/grub.cfg"] },
        { "RHEL 7 on EFI", ["grub2-mkconfig"],
            ["file /etc/default/grub", "Generate grub2-mkconfig -o /boot/efi/EFI/redhat/grub.cfg"],
            ["file /etc/default/grub", "file /boot/efi/EFI/redhat/grub.cfg"] },
        { "RHEL 8", ["grubby", "grub2-mkconfig"],
            ["file /etc/default/grub", "Generate grubby --update-kernel=ALL --args=processor.max_cstate=1"],
            ["file /etc/default/grub", "file /boot/grub2/grubenv"] },
        { "RHEL 9", ["grubby", "grub2-mkconfig"],
            ["file /etc/default/grub", "file /etc/kernel/cmdline", "Generate grubby --update-kernel=ALL --args=processor.max_cstate=1"],
            ["file /etc/default/grub", "file /etc/kernel/cmdline", "file /boot/loader/entries/0123-5.14.0-427.13.1.el9_4.x86_64.conf",
                "file /boot/loader/entries/0123-5.14.0-400.el9.x86_64.conf"] },
        { "SLES", ["grub2-mkconfig", "grub2-script-check"],
            ["file /etc/default/grub", "Generate grub2-mkconfig -o /boot/grub2/grub.cfg", "Validate grub2-script-check /boot/grub2/grub.cfg"],
            ["file /etc/default/grub", "file /boot/grub2/grub.cfg"] },
        { "Tumbleweed", ["sdbootutil"],
            ["file /etc/kernel/cmdline", "Generate sdbootutil update-all-entries"],
            ["file /etc/kernel/cmdline", "file /boot/efi/loader/entries/system-6.17.5-1.conf"] },
        { "Arch", ["grub-mkconfig"],
            ["file /etc/default/grub", "Generate grub-mkconfig -o /boot/grub/grub.cfg"],
            ["file /etc/default/grub", "file /boot/grub/grub.cfg"] },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void Each_machine_changes_every_place_by_its_own_way(string name, string[] programs, string[] live, string[] image)
    {
        Assert.Equal(live, Disk(name).Programs(programs).Runs(Running).Wants("cstates-limited", Wanted).Steps());
        var disk = Disk(name).Wants("cstates-limited", Wanted);
        Assert.Equal(image, disk.Steps());
        var facts = disk.Fixed().Facts();
        Assert.All(facts.Boot.Entries.Value!.Where(e => !e.IsRescue), e => Assert.Equal("1", e.Arguments.Value("processor.max_cstate")));
        Assert.All(facts.Boot.Entries.Value!.Where(e => e.IsRescue), e => Assert.False(e.Arguments.Has("processor.max_cstate")));
        Assert.All(facts.Boot.GrubDefault.IsKnown ? [facts.Boot.GrubDefault.Value!.Together] : Array.Empty<KernelArguments>(), a => Assert.True(a.Has("processor.max_cstate")));
        Assert.Empty(disk.Steps());
        // After the tools have done the same on a running machine.
        Assert.Empty(disk.Programs(programs).Runs(Running).Steps());
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Without_its_tools_a_running_machine_is_edited_like_an_image(string name, string[] programs, string[] live, string[] image)
    {
        Assert.NotEqual(live, image);
        Assert.NotEmpty(programs);
        Assert.Equal(image, Disk(name).Runs(Running).Wants("cstates-limited", Wanted).Steps());
    }

    [Fact]
    public void A_menu_that_was_written_by_hand_is_edited_and_not_replaced()
    {
        var disk = ModernDisks.Debian().Programs("update-grub").File("/boot/grub/grub.cfg", BootSamples.Debian12).Runs(Running).Wants("cstates-limited", Wanted);
        Assert.Equal(["file /etc/default/grub.d/guestclock.cfg", "file /boot/grub/grub.cfg"], disk.Steps());
    }

    [Fact]
    public void Entries_that_no_template_writes_are_edited_themselves()
    {
        var own = "menuentry 'own' {\n\tlinux /vmlinuz-own root=/dev/vda1 ro\n}\n";
        var disk = ModernDisks.Arch().Programs("grub-mkconfig").Wants("cstates-limited", Wanted).Fixed();
        disk.File("/boot/grub/grub.cfg", disk.Text("/boot/grub/grub.cfg") + own).Runs(Running);
        Assert.Equal(["file /boot/grub/grub.cfg"], disk.Steps());
        Assert.Empty(disk.Fixed().Steps());
    }

    [Fact]
    public void What_a_program_writes_is_kept_for_a_rollback()
    {
        var step = Assert.Single(ModernDisks.Rhel9().Programs("grubby").Runs(Running).Wants("cstates-limited", "-quiet", Wanted).Plan().Steps.OfType<ProgramStep>());
        Assert.Equal(["--update-kernel=ALL", "--remove-args=quiet", "--args=processor.max_cstate=1"], step.Arguments);
        Assert.Equal(["/boot/loader/entries/*", "/boot/grub2/grubenv", "/boot/grub2/grub.cfg", "/etc/default/grub", "/etc/kernel/cmdline"], step.Writes);
        Assert.Equal((StepPhase.Generate, Effect.NextBoot, Risk.None), (step.Phase, step.Effect, step.Risk));
        step = Assert.Single(ModernDisks.Rhel8().Link("/boot/efi/EFI/redhat/x", "y").Programs("grubby").Runs(Running).Wants("cstates-limited", Wanted).Plan().Steps.OfType<ProgramStep>());
        Assert.Contains("/boot/grub2/grubenv", step.Writes);
        // What grub-mkconfig leaves behind when it is killed, too.
        step = Assert.Single(ModernDisks.Arch().Programs("grub-mkconfig").Runs(Running).Wants("cstates-limited", Wanted).Plan().Steps.OfType<ProgramStep>());
        Assert.Equal(["/boot/grub/grub.cfg", "/boot/grub/grub.cfg.new"], step.Writes);
    }

    /// <summary>The script works on words; what it would not do exactly is edited here.</summary>
    [Theory]
    [InlineData("ro quiet", true, "-quiet", "processor.max_cstate=1")]
    [InlineData("ro quiet tsc=reliable", false, "tsc=nowatchdog")]
    [InlineData("ro no_kvmclock", false, "-no-kvmclock")]
    [InlineData("ro clocksource=hpet x clocksource=hpet", false, "-clocksource=hpet")]
    [InlineData("ro notsc=1 notsc", false, "-notsc")]
    [InlineData("ro dyndbg=\"file a +p\" quiet", false, "-quiet")]
    [InlineData("ro a&b quiet", false, "-quiet")]
    [InlineData("ro quiet\noptions debug", false, "-quiet")]
    public void Grubby_runs_where_it_does_what_is_wanted(string options, bool runs, params string[] wants)
    {
        var disk = new AskedDisk(Some.Os("fedora", "43", OsFamily.RedHat)).File("/boot/loader/entries/a.conf", $"title a\nlinux /l\noptions {options}\n").Programs("grubby")
            .Runs(Running).Wants("boot-parameters", wants);
        Assert.StartsWith(runs ? "Generate grubby" : "file /boot/loader/entries/a.conf", Assert.Single(disk.Steps()), StringComparison.Ordinal);
    }

    [Fact]
    public void Grubby_leaves_the_template_to_us_where_it_can()
    {
        var disk = ModernDisks.Rhel9().File("/usr/sbin/grubby", "#!/bin/bash\n# --no-etc-grub-update\n").Runs(Running).Wants("cstates-limited", Wanted);
        Assert.Equal("Generate grubby --update-kernel=ALL --args=processor.max_cstate=1 --no-etc-grub-update", disk.Steps()[^1]);
        disk = ModernDisks.Rhel9().Programs("grubby").File("/etc/kernel/cmdline", "# comment\nro quiet\n").Runs(Running).Wants("cstates-limited", Wanted);
        Assert.DoesNotContain(disk.Steps(), s => s.StartsWith("Generate", StringComparison.Ordinal));
    }

    [Fact]
    public void A_new_kernel_of_RHEL_8_gets_what_its_variable_has()
    {
        var disk = ModernDisks.Rhel8().Wants("boot-parameters", "-clocksource=tsc", "tsc=reliable").Fixed();
        Assert.Contains("\nkernelopts=root=/dev/mapper/rhel-root ro crashkernel=auto rhgb quiet tsc=reliable\n", disk.Text("/boot/grub2/grubenv"), StringComparison.Ordinal);
        Assert.Equal(1024, disk.Text("/boot/grub2/grubenv").Length);
        Assert.Contains("rhgb quiet tsc=reliable\"", disk.Text("/etc/default/grub"), StringComparison.Ordinal);
        Assert.Equal(BootSamples.Rhel8Entry, disk.Text("/boot/loader/entries/0123-4.18.0-513.5.1.el8_9.x86_64.conf"));
    }

    [Fact]
    public void Without_the_variable_in_the_block_that_of_the_menu_is_written_into_it()
    {
        var disk = ModernDisks.Rhel8().File("/boot/grub2/grubenv", "# GRUB Environment Block\nboot_success=1\n".PadRight(1024, '#')).Wants("cstates-limited", Wanted).Fixed();
        Assert.Contains("kernelopts=root=/dev/mapper/rhel-root ro crashkernel=auto rhgb quiet processor.max_cstate=1 \n", disk.Text("/boot/grub2/grubenv"), StringComparison.Ordinal);
        Assert.Empty(disk.Steps());
    }

    [Fact]
    public void What_tuned_brings_is_left_to_the_user()
    {
        var disk = ModernDisks.Rhel9().File("/etc/tuned/bootcmdline", "TUNED_BOOT_CMDLINE=\"skew_tick=1 notsc\"\n").Wants("boot-parameters", "-notsc");
        Assert.Empty(disk.Steps());
        Assert.Contains("tuned", disk.ByHand(), StringComparison.Ordinal);
    }

    private static AskedDisk Disk(string name) => name switch
    {
        "Debian" => ModernDisks.Debian(),
        "Debian 7" => ModernDisks.Debian(version: "7"),
        "RHEL 7 on EFI" => new AskedDisk(Some.Os("rhel", "7.9", OsFamily.RedHat)).File("/boot/efi/EFI/redhat/grub.cfg", ModernDisks.Mark + BootSamples.Centos7)
            .File("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"crashkernel=auto\"\n").File("/sys/firmware/efi/fw_platform_size", "64\n"),
        "RHEL 7" or "RHEL 7 without grubby" => ModernDisks.Rhel7(),
        "RHEL 8" => ModernDisks.Rhel8(),
        "RHEL 9" => ModernDisks.Rhel9(),
        "SLES" => ModernDisks.Suse(),
        "Tumbleweed" => ModernDisks.TumbleweedSystemdBoot(),
        _ => ModernDisks.Arch(),
    };
}
