using Guestclock.Formats.Editing;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class SysctlFileTests
{
    private const string Key = "xen.independent_wallclock";

    [Theory]
    [InlineData("a = 1\nxen.independent_wallclock = 1\nb = 2\n", "a = 1\nb = 2\n")]
    [InlineData("# Xen\r\n-xen/independent_wallclock=1\r\nb=2", "# Xen\r\nb=2")]
    [InlineData("b=2\n  xen.independent_wallclock=0", "b=2\n")]
    [InlineData("# xen.independent_wallclock = 1\nxen.independent_wallclock_2 = 1\n", "# xen.independent_wallclock = 1\nxen.independent_wallclock_2 = 1\n")]
    [InlineData("", "")]
    public void Removes_the_setting_alone(string before, string after)
    {
        Assert.Equal(after, SysctlFile.Remove(before, Key));
        Assert.Equal(after, SysctlFile.Remove(after, Key));
    }

    [Theory]
    [InlineData("", "xen.independent_wallclock = 1\n")]
    [InlineData("a=1", "a=1\nxen.independent_wallclock = 1\n")]
    [InlineData("a=1\r\n", "a=1\r\nxen.independent_wallclock = 1\r\n")]
    [InlineData("xen.independent_wallclock=1", "xen.independent_wallclock=1")]
    [InlineData("xen.independent_wallclock=0\n", "xen.independent_wallclock=0\nxen.independent_wallclock = 1\n")]
    public void Adds_the_setting_at_the_end(string before, string after)
    {
        Assert.Equal(after, SysctlFile.Set(before, Key, "1"));
        Assert.Equal(after, SysctlFile.Set(after, Key, "1"));
    }

    [Fact]
    public void Any_text_keeps_its_other_lines() => Fuzz.Text(["# Xen\nxen.independent_wallclock = 1\nkernel.panic = 1\n"], text =>
    {
        var without = SysctlFile.Remove(text, Key);
        Assert.Equal(without, SysctlFile.Remove(SysctlFile.Set(without + (without is "" or [.., '\n'] ? "" : "\n"), Key, "1"), Key).TrimEnd('\n') + without[without.TrimEnd('\n').Length..]);
        Assert.StartsWith(text, SysctlFile.Set(text, Key, "1"), StringComparison.Ordinal);
    });
}
