using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Testing;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Fixes.Boot;

/// <summary>kernel-arguments where GRUB legacy or syslinux starts the machine.</summary>
public class LegacyBootTests
{
    private const string Conf = "/boot/grub/grub.conf", Lst = "/boot/grub/menu.lst";

    [Fact]
    public void Red_Hat_4_gets_it_in_each_entry()
    {
        var disk = RedHat("4.8", BootSamples.Rhel4.Replace(" clock=pmtmr", "", StringComparison.Ordinal), "i686").Assume(false).Repaired();
        Assert.Equal(BootSamples.Rhel4.Replace(" clock=pmtmr", "", StringComparison.Ordinal).Replace("rhgb quiet", "rhgb quiet clock=pmtmr", StringComparison.Ordinal),
            disk.Text(Conf));
    }

    [Fact]
    public void Linux_under_Xen_gets_it_on_its_module_line_but_not_the_number_of_another_kernel()
    {
        var menu = BootSamples.Rhel5.Replace(" notsc lpj=2600700", "", StringComparison.Ordinal);
        var disk = RedHat("5.5", menu).Assume(false, pvClock: false).Log("Calibrating delay loop... 5192.24 BogoMIPS (lpj=2596120)").Repaired();
        Assert.Equal(menu.Replace("rhgb quiet\n\tinitrd", "rhgb quiet notsc lpj=2596120\n\tinitrd", StringComparison.Ordinal)
            .Replace("rhgb quiet\n\tmodule", "rhgb quiet notsc\n\tmodule", StringComparison.Ordinal), disk.Text(Conf));
    }

    [Fact]
    public void Debian_5_loses_it_in_its_entries_and_in_the_options_of_update_grub()
    {
        var disk = new BootDisk("debian", "5.0.10", OsFamily.Debian).File(Lst, LegacyMenus.Debian5).Repaired();
        Assert.Equal(LegacyMenus.Debian5.Replace(" ro no-kvmclock\n", " ro\n", StringComparison.Ordinal)
            .Replace("/dev/hda1 ro no-kvmclock quiet", "/dev/hda1 ro quiet", StringComparison.Ordinal), disk.Text(Lst));
    }

    [Fact]
    public void A_running_Debian_5_keeps_what_it_runs_with_over_a_new_kernel()
    {
        var menu = LegacyMenus.Debian5.Replace(" no-kvmclock", "", StringComparison.Ordinal);
        var disk = new BootDisk("debian", "5.0.10", OsFamily.Debian).File(Lst, menu).Running("root=/dev/hda1 ro quiet nohz=off").Repaired();
        Assert.Equal(menu.Replace("# kopt=root=/dev/hda1 ro\n", "# kopt=root=/dev/hda1 ro nohz=off\n", StringComparison.Ordinal)
            .Replace("/dev/hda1 ro quiet\n", "/dev/hda1 ro quiet nohz=off\n", StringComparison.Ordinal), disk.Text(Lst));
        Assert.All(disk.Plan.Steps, s => Assert.True(s is FileStep { Effect: Effect.NextBoot, Risk: Risk.None }));
    }

    [Theory]
    [InlineData("10.4")]
    [InlineData("11.4")]
    public void Sles_10_and_11_change_menu_and_template_and_leave_failsafe_alone(string version)
    {
        var disk = new BootDisk("sles", version, OsFamily.Suse).File(Lst, LegacyMenus.Sles11Xen).File("/etc/sysconfig/bootloader", LegacyMenus.Sles11Template).Repaired();
        Assert.Equal(LegacyMenus.Sles11Xen.Replace("no-kvmclock splash", "splash", StringComparison.Ordinal), disk.Text(Lst));
        Assert.Equal(LegacyMenus.Sles11Template.Replace("no-kvmclock splash", "splash", StringComparison.Ordinal), disk.Text("/etc/sysconfig/bootloader"));
    }

    [Fact]
    public void What_begins_with_term_is_left_and_told()
    {
        var menu = "default=0\nterm Red Hat (2.6.18-159)\n\tkernel /vmlinuz-159 ro\ntitle Red Hat (2.6.18-128)\n\tkernel /vmlinuz-128 ro\n";
        var disk = RedHat("5.3", menu).Assume(false).Repaired();
        Assert.Equal(menu.Replace("128 ro", "128 ro notsc", StringComparison.Ordinal), disk.Text(Conf));
        Assert.Contains("line 2: 'term' is no word of GRUB", disk.Left, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_of_the_menu_stays_one_and_a_menu_of_its_own_is_changed_too()
    {
        var menu = "title a\n\tkernel /vmlinuz ro\n";
        var copies = RedHat("5.3", menu).File(Lst, menu).File("/boot/efi/EFI/redhat/grub.conf", menu).Assume(false).Repaired();
        Assert.Equal((copies.Text(Conf), copies.Text(Conf)), (copies.Text(Lst), copies.Text("/boot/efi/EFI/redhat/grub.conf")));
        var others = RedHat("5.3", menu).File(Lst, "# old\n" + menu).Assume(false).Repaired();
        Assert.Equal("# old\n" + others.Text(Conf), others.Text(Lst));
    }

    [Fact]
    public void A_link_stays_a_link_and_its_file_is_changed()
    {
        var disk = new BootDisk("centos", "5.3", OsFamily.RedHat).File("/boot/grub/real.conf", "title a\n\tkernel /vmlinuz ro\n").Link(Conf, "real.conf")
            .Link("/etc/grub.conf", "../boot/grub/grub.conf").Link(Lst, "./grub.conf").Assume(false).Repaired();
        Assert.Equal(["/boot/grub/real.conf"], disk.Written);
    }

    [Fact]
    public void An_included_menu_and_the_one_on_the_EFI_partition_are_changed()
    {
        var included = new BootDisk("centos", "5.3", OsFamily.RedHat).File(Conf, "title a\n\tkernel /vmlinuz ro\ntitle b\n\tconfigfile (hd0,0)/grub/other.lst\n")
            .File("/boot/grub/other.lst", "title c\n\tkernel /vmlinuz ro\n").Assume(false).Repaired();
        Assert.Equal([Conf, "/boot/grub/other.lst"], included.Written.Order(StringComparer.Ordinal));
        var efi = new BootDisk("centos", "6.10", OsFamily.RedHat).File("/boot/efi/EFI/redhat/grub.conf", BootSamples.Centos6.Replace("rhgb", "emergency rhgb", StringComparison.Ordinal)).Repaired();
        Assert.Equal(BootSamples.Centos6, efi.Text("/boot/efi/EFI/redhat/grub.conf"));
    }

    [Fact]
    public void A_menu_that_another_loader_left_behind_is_not_touched()
    {
        var disk = new BootDisk("ubuntu", "22.04", OsFamily.Debian).File(Lst, "title a\n\tkernel /vmlinuz ro no-kvmclock\n")
            .File("/boot/grub/grub.cfg", BootSamples.Debian12.Replace("clocksource=tsc", "no-kvmclock", StringComparison.Ordinal)).Planned();
        Assert.DoesNotContain(Lst, disk.Written);
    }

    [Fact]
    public void A_menu_that_cannot_be_edited_safely_is_refused()
    {
        var disk = RedHat("5.3", "title a\n\tkernel /vmlinuz ro x=\"a b\n").Assume(false).Planned();
        Assert.Empty(disk.Plan.Steps);
        Assert.Contains("quotation mark", disk.Left, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_for_repair_that_the_next_boot_takes_is_changed()
    {
        const string menu = "default=1\ntitle a\n\tkernel /vmlinuz-2.6.18 ro\ntitle b\n\tkernel /vmlinuz-2.6.18 ro single\ntitle c (rescue)\n\tkernel /vmlinuz-2.6.18 ro\n";
        var disk = RedHat("5.3", menu).Assume(false).Repaired();
        Assert.Equal(menu.Replace("18 ro\ntitle b", "18 ro notsc\ntitle b", StringComparison.Ordinal).Replace("single", "single notsc", StringComparison.Ordinal), disk.Text(Conf));
    }

    [Theory]
    [InlineData("2.6.18-128.el5", 250, false)]
    [InlineData("2.6.18-128.el5", 249, true)]
    [InlineData("2.6.32-71.el6", 250, true)]
    [InlineData("2.6.32-71.el6", 2045, false)]
    public void What_a_kernel_would_not_read_is_not_added_but_told(string kernel, int length, bool fits)
    {
        var menu = $"title a\n\tkernel /vmlinuz-{kernel} ro {new string('x', length - 3)}\n";
        var disk = RedHat("5.3", menu).Assume(false).Planned();
        Assert.Equal(fits ? [Conf] : [], disk.Written);
        Assert.Equal(!fits, disk.Left.Contains($"would be {length + 6} characters long", StringComparison.Ordinal));
    }

    /// <summary>Whatever stands in the menu: what the check asks for is done, or it is said what is left.</summary>
    [Fact]
    public void A_random_menu_satisfies_its_check_afterwards_or_the_user_is_told()
    {
        string[] pieces =
        [
            "title CentOS (2.6.18)", "title=b", "title Failsafe", "term Red Hat", "default=0", "default=1", "default saved", "timeout 5", "# kernel /vmlinuz ro",
            "\tkernel /vmlinuz-2.6.18 ro root=LABEL=/ rhgb quiet", "kernel=/vmlinuz notsc", "  kernel (hd0,0)/vmlinuz clocksource=tsc \\", "  quiet lpj=n",
            "kernel /xen.gz", "\tmodule /vmlinuz-xen ro console=tty0  ", "\tinitrd /initrd.img", "kernel /memtest86+.bin", "chainloader +1", "kernel /vmlinuz emergency",
            "kernel /vmlinuz ro single", "kernel /vmlinuz a=\"b c",
        ];
        var random = new Random(4711);
        for (var run = 0; run < 1500; run++)
        {
            var menu = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => pieces[random.Next(pieces.Length)] + "\n"));
            var disk = RedHat("5.3", menu).Assume(false);
            if (disk.Finding("boot-parameters").Status is not (CheckStatus.Warning or CheckStatus.Critical))
                continue;
            disk.Planned();
            var left = disk.Left;
            disk.Applied();
            var finding = disk.Finding("boot-parameters");
            Assert.True(finding.Status is not (CheckStatus.Warning or CheckStatus.Critical) || left.Trim().Length > 0, $"{CheckRow.AllText(finding)}\n{menu}\n{disk.Text(Conf)}");
            Assert.Empty(disk.Planned().Plan.Steps);
        }
    }

    private static BootDisk RedHat(string version, string menu, string architecture = "x86_64") => new BootDisk("rhel", version, OsFamily.RedHat, architecture).File(Conf, menu);
}
