using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;
using Guestclock.Testing;
using Guestclock.Tests.Formats.Boot;

namespace Guestclock.Tests.Formats.Editing;

/// <summary>Boot entries, the environment block, and kernel-install's file.</summary>
public class SmallBootEditorTests
{
    private static readonly string Block = ("# GRUB Environment Block\nsaved_entry=a\nkernelopts=ro quiet \nboot_success=0\n").PadRight(1024, '#');

    [Theory]
    [InlineData("title a\noptions ro quiet\nlinux /l\n", "title a\noptions ro quiet notsc\nlinux /l\n")]
    [InlineData("options\tro  quiet \r\nlinux /l\r\n", "options\tro  quiet notsc \r\nlinux /l\r\n")]
    [InlineData("options ro\noptions quiet $tuned_params\n", "options ro\noptions quiet $tuned_params notsc\n")]
    [InlineData("linux /l\n", "linux /l\noptions notsc\n")]
    [InlineData("linux /l\r\ninitrd /i", "linux /l\r\ninitrd /i\r\noptions notsc\r\n")]
    [InlineData("# options x\nlinux /l\noptions\n", "# options x\nlinux /l\noptions\noptions notsc\n")]
    [InlineData("options notsc\noptions quiet", "options notsc\noptions quiet")]
    public void An_entry_gets_a_new_argument_behind_its_last(string text, string expected)
    {
        Assert.Equal(expected, BlsEditor.Change(text, new(["notsc"], [])));
        Assert.Equal(expected, BlsEditor.Change(expected, new(["notsc"], [])));
    }

    [Fact]
    public void An_entry_loses_and_changes_arguments_where_they_stand()
    {
        var after = BlsEditor.Change(BootSamples.Rhel9Entry, new(["crashkernel=no"], ["quiet", "rhgb"]));
        Assert.Equal(BootSamples.Rhel9Entry.Replace("crashkernel=1G-4G:192M", "crashkernel=no", StringComparison.Ordinal).Replace(" rhgb quiet", "", StringComparison.Ordinal), after);
    }

    [Fact]
    public void An_entry_of_RHEL_8_leaves_new_arguments_to_its_variable()
    {
        Assert.Equal(BootSamples.Rhel8Entry, BlsEditor.Change(BootSamples.Rhel8Entry, new(["notsc"], ["quiet"]), takesNew: false));
        Assert.Equal("options $kernelopts idle=halt\n", BlsEditor.Change("options $kernelopts idle=poll notsc\n", new(["idle=halt", "x"], ["notsc"]), takesNew: false));
    }

    [Fact]
    public void An_environment_block_keeps_its_size()
    {
        var after = GrubEnvEditor.Set(Block, "kernelopts", "ro quiet notsc");
        Assert.Equal(1024, after.Length);
        Assert.StartsWith("# GRUB Environment Block\nsaved_entry=a\nkernelopts=ro quiet notsc\nboot_success=0\n#", after, StringComparison.Ordinal);
        Assert.Equal(after, GrubEnvEditor.Set(after, "kernelopts", "ro quiet notsc"));
        Assert.Contains("boot_success=0\nnew=a\\\\b\n#", GrubEnvEditor.Set(Block, "new", "a\\b"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_does_not_fit_into_the_block_is_refused()
    {
        var room = Block.Length - Block.TrimEnd('#').Length;
        var widest = "ro quiet " + new string('x', room);
        Assert.Equal(1024, GrubEnvEditor.Set(Block, "kernelopts", widest).Length);
        Assert.Contains("1024 bytes", Assert.Throws<MalformedInputException>(() => GrubEnvEditor.Set(Block, "kernelopts", widest + "x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kernelopts=x\n###")]
    [InlineData("# GRUB Environment Block\nkernelopts=x###")]
    public void What_is_no_environment_block_is_refused(string text) => Assert.Throws<MalformedInputException>(() => GrubEnvEditor.Set(text, "kernelopts", "y"));

    [Theory]
    [InlineData("ro quiet\n", "ro quiet notsc\n")]
    [InlineData("ro quiet", "ro quiet notsc")]
    [InlineData("# from the installer\nro\nquiet\n", "# from the installer\nro\nquiet notsc\n")]
    [InlineData("", "notsc\n")]
    [InlineData("# nothing\n", "# nothing\nnotsc\n")]
    public void The_file_of_kernel_install_gets_a_new_argument_behind_its_last(string text, string expected)
    {
        Assert.Equal(expected, KernelInstallEditor.Change(text, new(["notsc"], [])));
        Assert.Equal(expected, KernelInstallEditor.Change(expected, new(["notsc"], [])));
    }

    [Fact]
    public void The_file_of_kernel_install_loses_arguments_on_every_line() =>
        Assert.Equal("# notsc\nro\nquiet tsc=reliable\n", KernelInstallEditor.Change("# notsc\nro notsc\nnotsc quiet tsc=reliable\n", new([], ["notsc"])));

    [Fact]
    public void Random_files_get_what_was_wanted_or_a_sentence() => Fuzz.Text(
        [BootSamples.Rhel8Entry, BootSamples.Rhel9Entry, BootSamples.Rhel8Env, Block, "ro \"a b\" quiet\n# x\nnotsc -- y\n"],
        text =>
        {
            ArgumentEdit edit = new(["clocksource=tsc"], ["quiet"]);
            var entry = BlsEditor.Change(text, edit);
            Assert.Equal(entry, BlsEditor.Change(entry, edit));
            Assert.True(edit.IsMet(KernelArguments.Parse(BlsEntry.Parse(entry).Options)));
            var line = KernelInstallEditor.Change(text, edit);
            Assert.Equal(line, KernelInstallEditor.Change(line, edit));
            var block = GrubEnvEditor.Set(text, "kernelopts", "ro");
            Assert.Equal(text.Length, block.Length);
            Assert.Equal("ro", GrubEnv.Parse(block)["kernelopts"]);
        });
}
