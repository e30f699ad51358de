using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class KernelVersionTests
{
    [Theory]
    [InlineData("5.14.0-427.13.1.el9_4.x86_64", "5.14.0-70.el9.x86_64")]
    [InlineData("6.10.0", "6.9.9")]
    [InlineData("2.6.18-164.el5", "2.6.18-128.1.1.el5")]
    [InlineData("6.1.0-30-amd64", "6.1.0-9-amd64")]
    [InlineData("6.1.1", "6.1")]
    public void Orders(string newer, string older)
    {
        Assert.True(KernelVersion.Compare(newer, older) > 0);
        Assert.True(KernelVersion.Compare(older, newer) < 0);
        Assert.Equal(0, KernelVersion.Compare(newer, newer));
    }

    [Fact]
    public void Parses_the_first_numbers()
    {
        Assert.Equal((2, 6, 18), KernelVersion.Parse("2.6.18-164.el5"));
        Assert.Equal((7, 2, 0), KernelVersion.Parse("7.2-rc1"));
        Assert.Null(KernelVersion.Parse("x"));
        Assert.True(KernelVersion.IsBefore("2.6.18-164.el5", 2, 6, 21));
    }

    [Fact]
    public void Never_fails_on_any_text() => Fuzz.Text(["6.1.0-30-amd64", "99999999999.1"], t =>
    {
        KernelVersion.Parse(t);
        KernelVersion.Compare(t, "6.1.0");
    });
}
