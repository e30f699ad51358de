using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Boot;

public class SmallBootFormatsTests
{
    [Fact]
    public void Grubenv_of_Rhel_8()
    {
        var variables = GrubEnv.Parse(BootSamples.Rhel8Env);
        Assert.Equal("0123-4.18.0-513.5.1.el8_9.x86_64", variables["saved_entry"]);
        Assert.Equal("skew_tick=1 nohz=on", variables["tuned_params"]);
        Assert.Equal(4, variables.Count);
    }

    [Theory]
    [InlineData("# GRUB Environment Block\na=b\\\\c\\\nd\ne=f\n####", "a", "b\\c\nd")]
    [InlineData("a=b", "a", "b")]
    [InlineData("no value\na=\n###", "a", "")]
    public void Grubenv(string text, string name, string value) => Assert.Equal(value, GrubEnv.Parse(text)[name]);

    [Fact]
    public void An_entry_of_Rhel_9()
    {
        var entry = BlsEntry.Parse(BootSamples.Rhel9Entry);
        Assert.Equal("/vmlinuz-5.14.0-427.13.1.el9_4.x86_64", entry.Linux);
        Assert.EndsWith("rhgb quiet $tuned_params", entry.Options, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_may_stand_twice() =>
        Assert.Equal("a b c", BlsEntry.Parse("# remark\nlinux /l\noptions a b\n\toptions   c\r\n").Options);

    [Theory]
    [InlineData("$a ${b}$c", "1 2$c")]
    [InlineData("$ab ${a ${a}", "$ab ${a 1")]
    [InlineData("$", "$")]
    public void Variables(string text, string expanded) =>
        Assert.Equal(expanded,
            BootVariables.Expand(text, new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["b"] = "2" }));

    [Fact]
    public void Extlinux_of_Alpine()
    {
        var file = SyslinuxConf.Parse(BootSamples.Alpine);
        var entry = MenuChoice.Pick(file.Entries, file.Default)!;
        Assert.Equal(("vmlinuz-virt", "Linux virt"), (entry.Kernel, entry.Title));
        Assert.EndsWith("tsc=reliable", entry.Arguments, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("append global\nlabel a\nkernel /l\n", "global")]
    [InlineData("append global\nlabel a\nkernel /l\nappend own\n", "own")]
    [InlineData("append global\nlabel a\nkernel /l\nappend -\n", "")]
    public void Syslinux_append(string text, string arguments) =>
        Assert.Equal(arguments, Assert.Single(SyslinuxConf.Parse(text).Entries).Arguments);

    [Theory]
    [InlineData("5.14.0-70.el9", "5.14.0-427.el9", -1)]
    [InlineData("6.10.1", "6.9.12", 1)]
    [InlineData("a-4.18.0-305.el8", "a-4.18.0-305.el8", 0)]
    [InlineData("4.18.0-305", "4.18.0-305.1", -1)]
    [InlineData("007", "7", 0)]
    public void Versions(string x, string y, int order) => Assert.Equal(order, Math.Sign(VersionOrder.Instance.Compare(x, y)));

    [Theory]
    [InlineData("debian-*", "debian-6.1", true)]
    [InlineData("*", "", true)]
    [InlineData("a?c*", "abcd", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*a*b*", "xxaxxbx", true)]
    public void Globs(string pattern, string text, bool matches) => Assert.Equal(matches, GlobPattern.Matches(pattern, text));

    [Fact]
    public void None_fails_on_any_text() => Fuzz.Text(BootSamples.All, text =>
    {
        GrubEnv.Parse(text);
        BlsEntry.Parse(text);
        SyslinuxConf.Parse(text);
        BootVariables.Expand(text, new Dictionary<string, string>(StringComparer.Ordinal));
        VersionOrder.Instance.Compare(text, new string(text.Reverse().ToArray()));
    });
}
