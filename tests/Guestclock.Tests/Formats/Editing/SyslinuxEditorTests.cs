using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;
using Guestclock.Testing;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Formats.Editing;

public class SyslinuxEditorTests
{
    [Theory]
    [InlineData("label a\n  linux /l\n  append ro quiet \n", "label a\n  linux /l\n  append ro quiet notsc \n")]
    [InlineData("LABEL a\r\n\tAPPEND ro\r\n\tKERNEL /l\r\n", "LABEL a\r\n\tAPPEND ro notsc\r\n\tKERNEL /l\r\n")]
    [InlineData("append common\nlabel a\n  kernel /l\n  initrd /i\n", "append common\nlabel a\n  kernel /l\n  append common notsc\n  initrd /i\n")]
    [InlineData("append common\nlabel a\nkernel /l\nappend -\n", "append common\nlabel a\nkernel /l\nappend notsc\n")]
    [InlineData("label a\r\n kernel /l", "label a\r\n kernel /l\r\n append notsc")]
    [InlineData("label a\nkernel /l\nappend\n", "label a\nkernel /l\nappend notsc\n")]
    [InlineData("label m\nkernel memtest\nlabel c\nkernel chain.c32\nappend hd0 1\n", "label m\nkernel memtest\nlabel c\nkernel chain.c32\nappend hd0 1\n")]
    [InlineData("label a\nlinux /a\nappend x\n\nlabel b\nlinux /b\nappend y", "label a\nlinux /a\nappend x notsc\n\nlabel b\nlinux /b\nappend y notsc")]
    public void Only_the_arguments_of_Linux_change(string text, string expected)
    {
        Assert.Equal(expected, Add(text), ignoreCase: true);
        Assert.Equal(Add(text), Add(Add(text)));
    }

    [Fact]
    public void Alpine_s_menu_changes_on_one_line() =>
        Assert.Equal(BootSamples.Alpine.Replace("tsc=reliable", "notsc", StringComparison.Ordinal),
            SyslinuxEditor.Change(BootSamples.Alpine, (_, line) => KernelLine.Change(line, ["notsc"], ["tsc=reliable"])));

    [Fact]
    public void Whatever_the_text_it_is_edited_rightly_or_refused() => Fuzz.Text(
        [BootSamples.Alpine, "append common\nlabel a\n  kernel /l\nlabel b\nlinux /m\nappend -\nmenu default\n", .. BootSamples.All], text =>
    {
        var once = Add(text);
        Assert.Equal(once, Add(once));
        Assert.All(SyslinuxConf.Parse(once).Entries, e => Assert.True(KernelArguments.Parse(e.Arguments).Has("notsc"), once));
    });

    private static string Add(string text) => SyslinuxEditor.Change(text, (_, line) => KernelLine.Change(line, ["notsc"], []));
}
