using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes.Boot;

/// <summary>Findings that ask for kernel arguments together, and machines on which none can be written.</summary>
public class KernelArgumentsFixTests
{
    private const string Running = "BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro notsc";

    [Fact]
    public void What_one_finding_takes_away_another_does_not_make_to_persist()
    {
        var disk = ModernDisks.Debian().Runs(Running).Wants("boot-parameters", "-notsc").Wants("boot-parameters-persist", "notsc", "tsc=reliable");
        Assert.Equal(["file /etc/default/grub.d/guestclock.cfg", "file /boot/grub/grub.cfg"], disk.Steps());
        Assert.Contains("notsc is not written into the boot configuration, because boot-parameters takes it away", disk.ByHand(), StringComparison.Ordinal);
        disk.Fixed();
        Assert.Equal("# Kernel arguments for timekeeping, written by 'guestclock fix'\nGRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX tsc=reliable\"\n", disk.Text("/etc/default/grub.d/guestclock.cfg"));
        Assert.Empty(disk.Steps());
    }

    [Fact]
    public void Of_two_values_that_of_boot_parameters_counts_and_then_that_of_the_worse_finding()
    {
        var disk = ModernDisks.Arch().Wants("boot-parameters", "clocksource=acpi_pm").Wants(CheckStatus.Critical, "clocksource-suitable", "clocksource=tsc", "idle=halt")
            .Wants("cstates-limited", "idle=poll");
        Assert.Contains("because boot-parameters wants clocksource=acpi_pm", disk.ByHand(), StringComparison.Ordinal);
        Assert.Contains("because clocksource-suitable wants idle=halt", disk.ByHand(), StringComparison.Ordinal);
        Assert.Contains("GRUB_CMDLINE_LINUX=\"clocksource=acpi_pm idle=halt\"", disk.Fixed().Text("/etc/default/grub"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_boot_parameters_needs_no_other_finding_takes_away()
    {
        var disk = ModernDisks.Arch().Wants("boot-parameters", "notsc").Wants("clocksource-suitable", "-notsc", "-quiet");
        Assert.Contains("notsc stays, because boot-parameters needs it", disk.ByHand(), StringComparison.Ordinal);
        Assert.Contains("loglevel=3\"\nGRUB_CMDLINE_LINUX=\"notsc\"", disk.Fixed().Text("/etc/default/grub"), StringComparison.Ordinal);
        Assert.Empty(disk.Steps());
    }

    [Fact]
    public void Two_findings_that_want_the_same_share_the_steps()
    {
        var plan = ModernDisks.Rhel9().Wants("tsc-nonstop", "processor.max_cstate=1").Wants("cstates-limited", "processor.max_cstate=1").Plan();
        Assert.All(plan.Findings, f => Assert.Equal(FindingState.Planned, f.State));
        Assert.All(plan.Steps, s => Assert.Equal(["tsc-nonstop", "cstates-limited"], s.Reasons.Select(r => r.CheckId)));
        Assert.Equal(4, plan.Steps.Count);
        plan = ModernDisks.Debian().Programs("update-grub").Runs(Running).Wants("tsc-nonstop", "idle=halt").Wants("cstates-limited", "idle=halt").Plan();
        Assert.Equal(2, plan.Steps.Count);
        Assert.All(plan.Findings, f => Assert.Equal(FindingState.Planned, f.State));
        Assert.All(plan.Steps, s => Assert.Equal(2, s.Reasons.Count));
    }

    [Fact]
    public void A_machine_that_only_has_to_boot_again_is_told_so() =>
        Assert.Contains("at the next boot", ModernDisks.Arch().Runs(Running).Wants("boot-parameters", "-notsc").ByHand(), StringComparison.Ordinal);

    [Fact]
    public void A_guest_whose_kernel_the_hypervisor_starts_is_left_alone()
    {
        var disk = new AskedDisk(Some.Os("debian", "12", OsFamily.Debian)) { IsGuest = true }.Runs("root=/dev/vda1 no-kvmclock").Wants("boot-parameters", "-no-kvmclock");
        disk.File("/boot/grub/grub.cfg", "menuentry a {\nlinux /vmlinuz no-kvmclock\n}\n");
        Assert.Empty(disk.Steps());
        Assert.Contains("<cmdline>", disk.ByHand(), StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_that_hold_their_arguments_are_left_to_the_user()
    {
        var disk = new AskedDisk(Some.Os("fedora", "43", OsFamily.RedHat)).File("/boot/efi/EFI/Linux/a.efi", "MZ").File("/etc/kernel/cmdline", "ro notsc\n").Wants("boot-parameters", "-notsc");
        Assert.Equal(["file /etc/kernel/cmdline"], disk.Steps());
        Assert.Contains("(UKI)", disk.ByHand(), StringComparison.Ordinal);
        Assert.Empty(disk.Fixed().Steps());
    }

    [Fact]
    public void Entries_of_ostree_and_records_of_zipl_are_left_to_the_user()
    {
        var ostree = new AskedDisk(Some.Os("fedora", "43", OsFamily.RedHat)).File("/boot/loader/entries/ostree-1.conf", "title a\nlinux /l\noptions ro ostree=/o notsc\n").Wants("boot-parameters", "-notsc", "idle=halt");
        Assert.Empty(ostree.Steps());
        Assert.Contains("rpm-ostree kargs --delete-if-present=notsc --append-if-missing=idle=halt", ostree.ByHand(), StringComparison.Ordinal);
        var zipl = new AskedDisk(Some.Os("sles", "15.6", OsFamily.Suse)) { Architecture = "s390x" }.File("/etc/zipl.conf", "x\n").Wants("boot-parameters-persist", "nohz=off");
        Assert.Empty(zipl.Steps());
        Assert.Contains("zipl", zipl.ByHand(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_boot_is_not_below_the_root_the_template_changes()
    {
        var disk = new AskedDisk(Some.Os("rhel", "7.9", OsFamily.RedHat)).File("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"notsc\"\n").Wants("boot-parameters", "-notsc");
        Assert.Equal(["file /etc/default/grub"], disk.Steps());
        Assert.Contains("grub2-mkconfig -o", disk.ByHand(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_known_to_boot_by_is_left_to_the_user() =>
        Assert.Contains("no boot configuration", new AskedDisk(Some.Os("void", "1", OsFamily.Unknown)).Wants("boot-parameters", "-notsc").ByHand(), StringComparison.Ordinal);

    [Theory]
    [InlineData("idle=\"a b\"")]
    [InlineData("idle=$(reboot)")]
    [InlineData("idle=a;b")]
    public void An_argument_that_a_shell_would_read_otherwise_is_refused(string argument)
    {
        var disk = ModernDisks.Arch().Wants("boot-parameters-persist", argument);
        Assert.Empty(disk.Steps());
        Assert.Contains("by hand", disk.ByHand(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lpj_is_a_risk_to_the_boot() =>
        Assert.Equal((FindingState.HeldBack, Risk.Boot), ModernDisks.Arch().Wants("boot-parameters", "lpj=4711").Plan().Findings.Select(f => (f.State, f.Risk)).Single());

    [Theory]
    [InlineData("GRUB_CMDLINE_LINUX=\"$(x)\"\n")]
    [InlineData("GRUB_CMDLINE_LINUX=a\"b\"\n")]
    public void A_template_that_is_not_understood_keeps_the_menu_from_changing(string template)
    {
        var disk = ModernDisks.Arch().File("/etc/default/grub", template).Wants("cstates-limited", "idle=halt");
        Assert.Empty(disk.Steps());
        Assert.Contains("by hand", disk.ByHand(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_full_of_arguments_are_edited_in_one_pass()
    {
        var many = string.Concat(Enumerable.Repeat("notsc quiet x=\"a b\" ", 40_000));
        var disk = ModernDisks.Rhel9().File("/boot/loader/entries/0123-big.conf", $"title x\nversion 9\nlinux /l\noptions {many}\n")
            .File("/etc/default/grub", "GRUB_CMDLINE_LINUX=''\n" + string.Concat(Enumerable.Repeat("GRUB_CMDLINE_LINUX+=' notsc'\n", 300)))
            .File("/boot/grub2/grub.cfg", $"menuentry a {{\nlinux /l {many}\n}}\nblscfg\n").Wants("boot-parameters", "-notsc", "idle=halt").Fixed();
        Assert.DoesNotContain("notsc", disk.ByHand() + disk.Text("/boot/loader/entries/0123-big.conf") + disk.Text("/etc/default/grub") + disk.Text("/boot/grub2/grub.cfg"), StringComparison.Ordinal);
        Assert.Empty(disk.Steps());
    }
}
