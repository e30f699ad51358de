using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Fixes.Boot;

/// <summary>kernel-arguments on Alpine and others that start from extlinux.</summary>
public class SyslinuxBootTests
{
    private const string Menu = "/boot/extlinux.conf", Template = "/etc/update-extlinux.conf";
    private const string Options = "# default_kernel_opts\ndefault_kernel_opts=\"quiet rootfstype=ext4 emergency\"\nmodules=sd-mod,usb-storage,ext4\nroot=UUID=a\noverwrite=1\n";

    private static readonly string Broken = BootSamples.Alpine.Replace("tsc=reliable", "emergency", StringComparison.Ordinal);
    private static readonly string Mended = BootSamples.Alpine.Replace(" tsc=reliable", "", StringComparison.Ordinal);

    [Fact]
    public void On_an_image_menu_and_template_change()
    {
        var disk = Alpine().Repaired();
        Assert.Equal((Mended, Options.Replace(" emergency", "", StringComparison.Ordinal)), (disk.Text(Menu), disk.Text(Template)));
    }

    [Fact]
    public void On_a_running_machine_update_extlinux_writes_the_menu_from_its_template()
    {
        var disk = Alpine().File("/sbin/update-extlinux", "#!/bin/sh\n").Running("BOOT_IMAGE=vmlinuz-virt root=UUID=a quiet rootfstype=ext4 emergency").Planned();
        Assert.Equal([Template], disk.Written);
        var step = Assert.Single(disk.Plan.Steps.OfType<ProgramStep>());
        Assert.Equal(("update-extlinux", StepPhase.Generate, Menu), (step.Line, step.Phase, Assert.Single(step.Writes)));
    }

    [Theory]
    [InlineData("overwrite=1", "overwrite=0", "quiet", "quiet")]
    [InlineData("overwrite=1", "overwrite=1", "quiet", "quiet console=ttyS9")]
    public void Where_update_extlinux_would_not_write_it_or_lose_something_the_menu_is_edited(string setting, string with, string word, string words)
    {
        var disk = Alpine().File(Template, Options.Replace(setting, with, StringComparison.Ordinal)).File(Menu, Broken.Replace(word, words, StringComparison.Ordinal))
            .File("/sbin/update-extlinux", "#!/bin/sh\n").Running("BOOT_IMAGE=vmlinuz-virt root=UUID=a quiet rootfstype=ext4 emergency").Planned();
        Assert.Empty(disk.Plan.Steps.OfType<ProgramStep>());
        Assert.Equal([Menu, Template], disk.Written.Order(StringComparer.Ordinal));
        Assert.Equal(Mended.Replace(word, words, StringComparison.Ordinal), disk.Applied().Text(Menu));
    }

    [Fact]
    public void Debian_s_extlinux_changes_menu_and_parameters()
    {
        const string menu = "default l0\nlabel l0\n\tlinux /boot/vmlinuz\n\tappend root=/dev/vda1 ro emergency\nlabel l0r\n\tmenu label Linux (recovery mode)\n"
            + "\tlinux /boot/vmlinuz\n\tappend root=/dev/vda1 ro emergency single\n";
        var disk = new BootDisk("debian", "11", OsFamily.Debian).File("/boot/extlinux/extlinux.conf", menu)
            .File("/etc/default/extlinux", "EXTLINUX_PARAMETERS=\"ro emergency\"\n").Repaired();
        Assert.Equal(menu.Replace("ro emergency\n", "ro\n", StringComparison.Ordinal), disk.Text("/boot/extlinux/extlinux.conf"));
        Assert.Equal("EXTLINUX_PARAMETERS=\"ro\"\n", disk.Text("/etc/default/extlinux"));
    }

    private static BootDisk Alpine() => new BootDisk("alpine", "3.22.2", OsFamily.Alpine).File(Menu, Broken).File(Template, Options);
}
