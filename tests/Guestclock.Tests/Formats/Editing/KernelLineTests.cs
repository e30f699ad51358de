using Guestclock.Formats;
using Guestclock.Formats.Editing;

namespace Guestclock.Tests.Formats.Editing;

public class KernelLineTests
{
    [Theory]
    [InlineData("ro root=/dev/sda1 quiet", "notsc", "", "ro root=/dev/sda1 quiet notsc")]
    [InlineData("ro  root=/dev/sda1\tquiet ", "notsc lpj=123", "", "ro  root=/dev/sda1\tquiet notsc lpj=123 ")]
    [InlineData("ro clocksource=tsc quiet", "clocksource=acpi_pm", "", "ro clocksource=acpi_pm quiet")]
    [InlineData("clocksource=acpi_pm ro clocksource=tsc", "clocksource=acpi_pm", "", "clocksource=acpi_pm ro clocksource=acpi_pm")]
    [InlineData("ro notsc quiet", "notsc", "", "ro notsc quiet")]
    [InlineData("ro notsc quiet", "", "notsc", "ro quiet")]
    [InlineData("notsc  ro", "", "notsc", "ro")]
    [InlineData("notsc", "", "notsc", "")]
    [InlineData("ro lpj=n", "lpj=4711", "lpj=n", "ro lpj=4711")]
    [InlineData("ro lpj=n quiet", "lpj=4711", "lpj=n", "ro lpj=4711 quiet")]
    [InlineData("ro clocksource=tsc quiet", "clocksource=acpi_pm", "clocksource=tsc", "ro clocksource=acpi_pm quiet")]
    [InlineData("lpj=n lpj=n", "lpj=4711", "lpj=n", "lpj=4711")]
    [InlineData("", "notsc", "", "notsc")]
    [InlineData("ro dyndbg=\"file a b\" quiet", "notsc", "quiet", "ro dyndbg=\"file a b\" notsc")]
    [InlineData("ro -- notsc init-option", "notsc", "", "ro notsc -- notsc init-option")]
    [InlineData("ro no_kvmclock", "", "no-kvmclock", "ro")]
    [InlineData("ro tsc=unstable tsc=reliable", "", "tsc=unstable", "ro tsc=reliable")]
    [InlineData("ro tsc=reliable", "tsc=nowatchdog", "", "ro tsc=reliable tsc=nowatchdog")]
    [InlineData("tsc=nowatchdog tsc=reliable", "tsc=nowatchdog", "", "tsc=nowatchdog tsc=reliable")]
    [InlineData("notsc notsc quiet notsc", "", "notsc", "quiet")]
    public void An_argument_is_added_changed_or_removed_and_the_rest_stays(string line, string add, string remove, string expected) =>
        Assert.Equal(expected, KernelLine.Change(line, Words(add), Words(remove)));

    [Fact]
    public void A_change_that_was_made_is_not_made_again_whatever_the_line()
    {
        string[] pieces = ["ro", "notsc", "lpj=1", "lpj=2", "clocksource=tsc", "quiet", "  ", "\t", "\"a b\"", "--", "x=\"c d\"", "console=ttyS0", "console=tty0"];
        var random = new Random(4711);
        for (var run = 0; run < 2000; run++)
        {
            var line = string.Join(' ', Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
            var once = KernelLine.Change(line, ["notsc", "lpj=7"], ["quiet"]);
            Assert.Equal(once, KernelLine.Change(once, ["notsc", "lpj=7"], ["quiet"]));
            var arguments = KernelArguments.Parse(once);
            Assert.True(arguments.Has("notsc") && arguments.Value("lpj") == "7" && !arguments.Has("quiet"), once);
            var others = (string text) => KernelArguments.Parse(text).All.Where(a => a.Name is not ("notsc" or "quiet" or "lpj")).Select(a => a.Text);
            Assert.Equal(others(line), others(once));
        }
    }

    [Fact]
    public void Behind_a_quotation_mark_that_is_not_closed_nothing_is_added()
    {
        Assert.Throws<MalformedInputException>(() => KernelLine.Change("ro x=\"a b", ["notsc"], []));
        Assert.Equal("notsc x=\"a b", KernelLine.Change("notsc x=\"a b", ["notsc"], []));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
