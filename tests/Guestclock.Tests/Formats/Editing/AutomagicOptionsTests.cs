using Guestclock.Formats.Editing;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class AutomagicOptionsTests
{
    /// <summary>Shortened; as Debian and Ubuntu ship it, the examples begin with two '#'.</summary>
    private const string Menu = """
        # kopt=outside
        ### BEGIN AUTOMAGIC KERNELS LIST
        # kopt=before
        ## ## Start Default Options ##
        ## e.g. kopt=root=/dev/hda1 ro
        ##      kopt_2_6_8=root=/dev/hdc1 ro
        # kopt=root=UUID=1-2 ro
        # kopt_2_6_18=root=/dev/hda1 ro

        ## e.g. defoptions=vga=791 resume=/dev/hda5
        # defoptions=quiet splash clocksource=tsc
        # xenhopt=
        # xenkopt=console=tty0
        # altoptions=(recovery mode) single
        ## ## End Default Options ##
        # defoptions=behind
        ### END DEBIAN AUTOMAGIC KERNELS LIST
        # kopt=behind
        """;

    [Fact]
    public void The_options_of_update_grub_are_read_and_nothing_beside() =>
        Assert.Equal(["root=UUID=1-2 ro", "root=/dev/hda1 ro", "quiet splash clocksource=tsc", "console=tty0"], AutomagicOptions.Of(Menu));

    [Fact]
    public void What_is_new_goes_to_every_kernel_and_what_is_there_changes_where_it_stands()
    {
        var after = AutomagicOptions.Change(Menu, ["notsc", "clocksource=acpi_pm"], ["quiet"]);
        Assert.Equal(Menu.Replace("-2 ro", "-2 ro notsc", StringComparison.Ordinal).Replace("kopt_2_6_18=root=/dev/hda1 ro", "kopt_2_6_18=root=/dev/hda1 ro notsc",
            StringComparison.Ordinal).Replace("quiet splash clocksource=tsc", "splash clocksource=acpi_pm", StringComparison.Ordinal), after);
        Assert.Equal(after, AutomagicOptions.Change(after, ["notsc", "clocksource=acpi_pm"], ["quiet"]));
    }

    [Fact]
    public void Another_menu_has_none() => Assert.Equal("title a\n# kopt=x\n", AutomagicOptions.Change("title a\n# kopt=x\n", ["notsc"], []));

    [Fact]
    public void A_change_that_was_made_is_not_made_again_whatever_the_text() => Fuzz.Text([Menu], text =>
    {
        var once = AutomagicOptions.Change(text, ["notsc", "clocksource=acpi_pm"], ["quiet"]);
        Assert.Equal(once, AutomagicOptions.Change(once, ["notsc", "clocksource=acpi_pm"], ["quiet"]));
    });
}
