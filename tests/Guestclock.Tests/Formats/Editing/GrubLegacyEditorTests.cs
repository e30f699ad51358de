using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;
using Guestclock.Testing;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Formats.Editing;

public class GrubLegacyEditorTests
{
    [Theory]
    [InlineData("title a\n\tkernel /vmlinuz ro quiet\n", "title a\n\tkernel /vmlinuz ro quiet notsc\n")]
    [InlineData("title a\r\n\tkernel\t/vmlinuz ro\r\n\tinitrd /i\r\n", "title a\r\n\tkernel\t/vmlinuz ro notsc\r\n\tinitrd /i\r\n")]
    [InlineData("title=a\nkernel=/vmlinuz ro", "title=a\nkernel=/vmlinuz ro notsc")]
    [InlineData("title a\nkernel = /vmlinuz", "title a\nkernel = /vmlinuz notsc")]
    [InlineData("title a\nkernel /vmlinuz \n", "title a\nkernel /vmlinuz notsc\n")]
    [InlineData("title a\nkernel --type=linux --no-mem-option (hd0,0)/vmlinuz ro\n", "title a\nkernel --type=linux --no-mem-option (hd0,0)/vmlinuz ro notsc\n")]
    [InlineData("title a\nkernel /vmlinuz ro \\\n  quiet  \ninitrd /i\n", "title a\nkernel /vmlinuz ro \\\n  quiet notsc  \ninitrd /i\n")]
    [InlineData("title a\r\nkernel /vmlinuz \\\r\n\tro\\\r\n\r\n", "title a\r\nkernel /vmlinuz \\\r\n\tro notsc\\\r\n\r\n")]
    [InlineData("title a\nkernel \\\n/vmlinuz\n", "title a\nkernel \\\n/vmlinuz notsc\n")]
    [InlineData("# title a\n# kernel /vmlinuz ro\ntitle b # c\n\n  # kernel /vmlinuz\n  KERNEL /vmlinuz ro\n",
        "# title a\n# kernel /vmlinuz ro\ntitle b # c\n\n  # kernel /vmlinuz\n  KERNEL /vmlinuz ro notsc\n")]
    [InlineData("title x\nkernel /xen.gz dom0_mem=1G\nmodule /vmlinuz-xen ro\nmodule /initrd\n",
        "title x\nkernel /xen.gz dom0_mem=1G\nmodule /vmlinuz-xen ro notsc\nmodule /initrd\n")]
    [InlineData("title t\nkernel /tboot.gz\nmodule /xen.gz\nmodule /vmlinuz ro\nmodule /initrd\n",
        "title t\nkernel /tboot.gz\nmodule /xen.gz\nmodule /vmlinuz ro notsc\nmodule /initrd\n")]
    [InlineData("title a\nkernel /vmlinuz ro \"x=b c\" -- single\n", "title a\nkernel /vmlinuz ro \"x=b c\" notsc -- single\n")]
    public void Only_the_arguments_of_Linux_change(string text, string expected)
    {
        Assert.Equal(expected, Add(text, "notsc"));
        Assert.Equal(expected, Add(expected, "notsc"));
    }

    [Theory]
    [InlineData("title m\nkernel /boot/memtest86+.bin\n")]
    [InlineData("title w\nrootnoverify (hd0,1)\nchainloader +1\n")]
    [InlineData("title i\nkernel /ipxe.lkrn\ntitle d\nkernel /boot/memdisk iso\ntitle x\nkernel /xen.gz\n")]
    [InlineData("default=0\ntimeout=5\n")]
    [InlineData("")]
    public void What_is_no_Linux_stays(string text) => Assert.Equal(text, Add(text, "notsc"));

    [Theory]
    [InlineData("title a\nkernel /vmlinuz ro\fquiet\n")]
    [InlineData("title a\nkernel /vmlinuz ro\v\\\nquiet\n")]
    public void Control_characters_in_a_kernel_s_line_are_refused(string text) => Assert.Throws<MalformedInputException>(() => Add(text, "notsc"));

    [Fact]
    public void Only_the_entries_that_are_asked_for_change()
    {
        var after = GrubLegacyEditor.Change(BootSamples.Rhel4, (i, line) => i == 1 ? KernelLine.Change(line, ["lpj=7"], ["clock=pmtmr"]) : line);
        Assert.Equal(BootSamples.Rhel4.Replace("clock=pmtmr", "lpj=7", StringComparison.Ordinal), after);
    }

    [Fact]
    public void An_argument_of_a_continued_line_goes_and_the_next_line_stays_its_own()
    {
        const string text = "title a\nkernel /vmlinuz ro \\\n notsc\ninitrd /i\n";
        var after = GrubLegacyEditor.Change(text, (_, line) => KernelLine.Change(line, [], ["notsc"]));
        Assert.Equal("title a\nkernel /vmlinuz ro \\\n\ninitrd /i\n", after);
    }

    [Fact]
    public void A_menu_of_random_pieces_keeps_every_other_line_and_gets_what_was_wanted()
    {
        string[] pieces =
        [
            "title CentOS (2.6.18)", "title=b", "term Red Hat", "default=0", "default saved", "timeout 5", "hiddenmenu", "", "   ", "# kernel /vmlinuz ro", "# \\",
            "\tkernel /vmlinuz-2.6.18 ro root=LABEL=/ rhgb quiet", "kernel=/vmlinuz notsc", "  kernel (hd0,0)/vmlinuz clocksource=tsc \\", "  quiet lpj=n",
            "kernel /xen.gz", "\tmodule /vmlinuz-xen ro console=tty0  ", "\tmodule /initrd.img", "\tinitrd /initrd.img", "kernel /memtest86+.bin", "chainloader +1",
            "root (hd0,0)", "password --md5 $1$x", "lock", "\u00e4\u00a0b", "\tkernel /vmlinuz a=\"b c", "kernel", "module", "configfile (hd0,0)/other.lst",
        ];
        var random = new Random(4711);
        for (var run = 0; run < 3000; run++)
        {
            var end = random.Next(3) == 0 ? "\r\n" : "\n";
            var text = string.Join(end, Enumerable.Range(0, random.Next(24)).Select(_ => pieces[random.Next(pieces.Length)]));
            Holds(random.Next(2) == 0 ? text : text + end, ["notsc", "clocksource=acpi_pm"], ["lpj=n"]);
        }
    }

    [Fact]
    public void Whatever_the_text_it_is_edited_rightly_or_refused() =>
        Fuzz.Text(BootSamples.All, text => Holds(text, ["notsc", "clocksource=acpi_pm"], ["lpj=n", "quiet"]));

    private static void Holds(string text, string[] add, string[] remove)
    {
        string once;
        try
        {
            once = GrubLegacyEditor.Change(text, (_, line) => KernelLine.Change(line, add, remove));
        }
        catch (MalformedInputException)
        {
            return;
        }

        Assert.Equal(once, GrubLegacyEditor.Change(once, (_, line) => KernelLine.Change(line, add, remove)));
        var entries = GrubLegacyConf.Parse(once).Entries;
        Assert.All(entries, e => Assert.True(KernelArguments.Parse(e.Arguments).Has("notsc"), once));
        var changed = GrubLegacyConf.Parse(text).Entries.Select(e => e.Line).ToHashSet();
        var (before, after) = (text.Split('\n'), once.Split('\n'));
        Assert.Equal(before.Length, after.Length);
        for (var i = 0; i < before.Length; i++)
        {
            // A continued line goes on below the line that the reader names.
            var first = i;
            while (first > 0 && before[first - 1].TrimEnd('\r').EndsWith('\\'))
                first--;
            Assert.True(before[i] == after[i] || changed.Contains(first + 1), $"line {i + 1} of\n{text}\nbecame\n{once}");
        }
    }

    private static string Add(string text, params string[] add) => GrubLegacyEditor.Change(text, (_, line) => KernelLine.Change(line, add, []));
}
