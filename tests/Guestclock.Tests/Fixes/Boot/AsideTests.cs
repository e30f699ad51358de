using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;

namespace Guestclock.Tests.Fixes.Boot;

/// <summary>--aside: the changed menu lies beside the live one, and the administrator renames it.</summary>
public class AsideTests
{
    private const string Menu = "default=0\ntitle a\n\tkernel /vmlinuz ro \\\n\t\tclocksource=tsc quiet\n\tinitrd /i\n";

    [Theory]
    [InlineData("/boot/grub/grub.conf")]
    [InlineData("/boot/grub/menu.lst")]
    public void Only_parameters_differ_and_renamed_it_passes(string path)
    {
        var disk = Guest().File(path, Menu).Link("/etc/grub.conf", ".." + path).Planned(named: false, aside: true);
        var step = Assert.IsType<FileStep>(Assert.Single(disk.Plan.Steps));
        Assert.Equal((path + ".kvm", null, path), (step.Path, step.Before, step.Like));
        Assert.Equal(
        [
            "Compare; nothing but what was shown above may differ:", $"  diff -u {path} {path}.kvm",
            "Then put each in its place, onto the file itself and not onto a link to it:", $"  cp -p {path} {path}.before", $"  mv {path}.kvm {path}",
            "To go back, since a rollback knows nothing of your renaming:", $"  mv {path}.before {path}",
        ], AsideFiles.Instructions(disk.Plan));
        Assert.Equal(Menu, disk.Applied().Text(path));
        Assert.Equal(Menu.Replace("clocksource=tsc quiet", "clocksource=acpi_pm lpj=2596120 quiet", StringComparison.Ordinal)
            .Replace("acpi_pm lpj=2596120 quiet", "acpi_pm quiet lpj=2596120", StringComparison.Ordinal), disk.Text(path + ".kvm"));
        Assert.Equal(CheckStatus.Critical, disk.Finding("boot-parameters").Status);
        Assert.Equal(CheckStatus.Pass, disk.File(path, disk.Text(path + ".kvm")).Finding("boot-parameters").Status);
    }

    [Fact]
    public void Below_a_root_the_commands_name_it_and_odd_names_are_quoted()
    {
        var plan = new Plan([new FileStep("/boot/efi/EFI/o'dd x/grub.conf.kvm", null, []) { Like = "/boot/efi/EFI/o'dd x/grub.conf" }], [], [])
        {
            AfterAside = [new ProgramStep("update-grub")],
        };
        var lines = AsideFiles.Instructions(plan, "/mnt/");
        Assert.Contains("  mv '/mnt/boot/efi/EFI/o'\\''dd x/grub.conf.kvm' '/mnt/boot/efi/EFI/o'\\''dd x/grub.conf'", lines);
        Assert.Contains("  update-grub", lines);
        Assert.Empty(AsideFiles.Instructions(new([], [], [])));
    }

    private static BootDisk Guest() => new BootDisk("centos", "5.5", OsFamily.RedHat, "i686").Assume(hostConstantTsc: false, pvClock: false)
        .Log("Calibrating delay loop... 5192.24 BogoMIPS (lpj=2596120)");
}
