using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;
using Guestclock.Testing;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Formats.Editing;

public class GrubCfgEditorTests
{
    private static readonly ArgumentEdit Notsc = new(["notsc"], []);

    [Theory]
    [InlineData("linux /vmlinuz ro quiet\n", "linux /vmlinuz ro quiet notsc\n")]
    [InlineData("linux /vmlinuz\n", "linux /vmlinuz notsc\n")]
    [InlineData("\tlinux16\t/vmlinuz  ro  quiet  \n", "\tlinux16\t/vmlinuz  ro  quiet notsc  \n")]
    [InlineData("linuxefi /vmlinuz ro\r\n\tinitrd /i\r\n", "linuxefi /vmlinuz ro notsc\r\n\tinitrd /i\r\n")]
    [InlineData("linux /vmlinuz ro # why\n", "linux /vmlinuz ro notsc # why\n")]
    [InlineData("linux /vmlinuz ro \\\n\t\tquiet\n", "linux /vmlinuz ro \\\n\t\tquiet notsc\n")]
    [InlineData("linux /vmlinuz ro; initrd /i\n", "linux /vmlinuz ro notsc; initrd /i\n")]
    [InlineData("linux \"/vm linuz\" 'a b' ${extra} $x\n", "linux \"/vm linuz\" 'a b' ${extra} $x notsc\n")]
    [InlineData("linux /vmlinuz ro -- single\n", "linux /vmlinuz ro notsc -- single\n")]
    [InlineData("linux /vmlinuz -- single\n", "linux /vmlinuz notsc -- single\n")]
    [InlineData("linux$efi /vmlinuz ro\n", "linux$efi /vmlinuz ro notsc\n")]
    [InlineData("multiboot2 /xen.gz placeholder\n\tmodule2 --nounzip /vmlinuz ro\n\tmodule2 /initrd\n",
        "multiboot2 /xen.gz placeholder\n\tmodule2 --nounzip /vmlinuz ro notsc\n\tmodule2 /initrd\n")]
    [InlineData("if [ x = y ]; then linux /a ro; else linux /b ro; fi\n", "if [ x = y ]; then linux /a ro notsc; else linux /b ro; fi\n")]
    public void A_new_argument_goes_behind_the_kernels_last_one(string body, string expected)
    {
        var (before, after) = (Menu(body), Menu(expected));
        Assert.Equal(after, Change(before, Notsc));
        Assert.Equal(after, Change(after, Notsc));
    }

    [Theory]
    [InlineData("ro notsc quiet", "ro quiet")]
    [InlineData("notsc ro", "ro")]
    [InlineData("ro 'notsc' \"notsc\" no\"ts\"c", "ro")]
    [InlineData("ro notscx notsc=1", "ro notscx notsc=1")]
    [InlineData("ro \\\n\t\tnotsc quiet", "ro \\\n quiet")]
    [InlineData("ro \\\n\t\tnotsc", "ro \\\n")]
    [InlineData("ro -- notsc", "ro -- notsc")]
    public void An_argument_goes_with_the_blanks_before_it(string arguments, string expected)
    {
        var edit = new ArgumentEdit([], ["notsc"]);
        var after = Change(Menu($"linux /vmlinuz {arguments}\n\tinitrd /i\n"), edit);
        Assert.Equal(Menu($"linux /vmlinuz {expected}\n\tinitrd /i\n"), after);
        Assert.Equal(after, Change(after, edit));
    }

    [Theory]
    [InlineData("ro processor.max_cstate=5 quiet", "ro processor.max_cstate=1 quiet")]
    [InlineData("ro \"processor.max_cstate=5\" quiet", "ro processor.max_cstate=1 quiet")]
    [InlineData("ro processor.max-cstate=1", "ro processor.max-cstate=1")]
    [InlineData("ro processor.max_cstate=1 processor.max_cstate=3", "ro processor.max_cstate=1 processor.max_cstate=1")]
    public void Another_value_gives_way_where_it_stands(string arguments, string expected) =>
        Assert.Equal(Menu($"linux /vmlinuz {expected}\n"), Change(Menu($"linux /vmlinuz {arguments}\n"), new(["processor.max_cstate=1"], [])));

    [Theory]
    [InlineData(nameof(BootSamples.Centos7))]
    [InlineData(nameof(BootSamples.Debian12))]
    [InlineData(nameof(BootSamples.Ubuntu))]
    [InlineData(nameof(BootSamples.Suse))]
    public void In_real_menus_only_the_entries_that_were_asked_for_change(string name)
    {
        var text = (string)typeof(BootSamples).GetField(name)!.GetRawConstantValue()!;
        var entries = GrubCfg.Parse(text).Entries;
        var wanted = entries.Where(e => !e.Title.Contains("recovery", StringComparison.Ordinal)).Select(e => e.Line).ToHashSet();
        var after = GrubCfgEditor.Change(text, wanted, new(["clocksource=acpi_pm"], ["quiet"]));
        var (old, now) = (text.Split('\n'), after.Split('\n'));
        Assert.Equal(old.Length, now.Length);
        foreach (var (i, line) in now.Index())
            Assert.True(line == old[i] || wanted.Contains(i + 1) || wanted.Contains(i), line);
        Assert.All(GrubCfg.Parse(after).Entries, e => Assert.Equal(wanted.Contains(e.Line), KernelArguments.Parse(e.Arguments).Value("clocksource") == "acpi_pm"));
    }

    [Theory]
    [InlineData("linux /vmlinuz $opts\n")]
    [InlineData("set opts=\"ro notsc\"\n\tlinux /vmlinuz $opts\n")]
    public void What_comes_out_of_a_variable_is_not_edited(string body)
    {
        var text = "set opts=\"ro notsc\"\n" + Menu(body);
        Assert.Throws<MalformedInputException>(() => Change(text, new([], ["notsc"])));
    }

    [Fact]
    public void An_entry_that_is_not_where_it_was_is_refused() =>
        Assert.Throws<MalformedInputException>(() => GrubCfgEditor.Change(Menu("linux /vmlinuz ro\n"), new HashSet<int> { 7 }, Notsc));

    [Fact]
    public void Random_menus_keep_everything_else_and_get_what_was_wanted() => Fuzz.Text(
        [BootSamples.Centos7, BootSamples.Debian12, BootSamples.Ubuntu, BootSamples.Suse, Menu("linux /vmlinuz ro -- x\n")],
        text =>
        {
            var before = GrubCfg.Parse(text);
            var lines = before.Entries.Select(e => e.Line).ToHashSet();
            ArgumentEdit edit = new(["clocksource=acpi_pm", "notsc"], ["quiet", "ro"]);
            var after = GrubCfgEditor.Change(text, lines, edit);
            Assert.Equal(after, GrubCfgEditor.Change(after, lines, edit));
            var read = GrubCfg.Parse(after);
            Assert.All(read.Entries, e => Assert.True(edit.IsMet(KernelArguments.Parse(e.Arguments))));
            Assert.Equal(before.Entries.Select(e => (e.Line, e.Title, e.Kernel)), read.Entries.Select(e => (e.Line, e.Title, e.Kernel)));
        });

    private static string Change(string text, ArgumentEdit edit) => GrubCfgEditor.Change(text, new HashSet<int> { GrubCfg.Parse(text).Entries[0].Line }, edit);

    private static string Menu(string body) => $"set default=0\nmenuentry 'Linux' --class os {{\n\tload_video\n\t{body}}}\nmenuentry 'memtest' {{\n\tlinux16 /memtest86+.bin\n}}\n";
}
