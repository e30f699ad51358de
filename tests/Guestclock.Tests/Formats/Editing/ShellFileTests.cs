using Guestclock.Formats;
using Guestclock.Formats.Editing;

namespace Guestclock.Tests.Formats.Editing;

public class ShellFileTests
{
    [Theory]
    [InlineData("A=1\nB=\"x y\"  # why\nC=3\n", "B", "z", "A=1\nB=\"z\"  # why\nC=3\n")]
    [InlineData("B='x'\r\nC=3\r\n", "B", "y z", "B='y z'\r\nC=3\r\n")]
    [InlineData("B=x\n", "B", "y z", "B=\"y z\"\n")]
    [InlineData("B=x;C=y\n", "B", "z", "B=z;C=y\n")]
    [InlineData("B=1\nB=2\n", "B", "3", "B=1\nB=3\n")]
    [InlineData("  export B=1\n", "B", "2", "  export B=2\n")]
    [InlineData("#B=1\nC=2\n", "B", "3", "#B=1\nB=3\nC=2\n")]
    [InlineData("C=2", "B", "3 4", "C=2\nB=\"3 4\"\n")]
    [InlineData("", "B", "", "B=\"\"\n")]
    [InlineData("BB=1\n", "B", "2", "BB=1\nB=2\n")]
    [InlineData("B=\n", "B", "2", "B=2\n")]
    public void One_assignment_changes_and_every_other_byte_stays(string text, string name, string value, string expected)
    {
        Assert.Equal(expected, ShellFile.Set(text, name, value));
        Assert.Equal(value, ShellVariables.Parse(expected)[name]);
        Assert.Equal(expected, ShellFile.Set(expected, name, value));
    }

    [Fact]
    public void The_value_is_edited_as_it_is_written() =>
        Assert.Equal("G=\"$G a notsc\"\n", ShellFile.Change("G=\"$G a\"\n", "G", raw => KernelLine.Change(raw, ["notsc"], [])));

    [Theory]
    [InlineData("B=a\"b\"\n")]
    [InlineData("B=\"a\"b\n")]
    [InlineData("B=`date`\n")]
    [InlineData("B=\"$(date)\"\n")]
    [InlineData("B=\"open\n")]
    [InlineData("B+=more\n")]
    public void A_value_that_cannot_be_edited_safely_is_refused(string text) =>
        Assert.Throws<MalformedInputException>(() => ShellFile.Set(text, "B", "x"));
}
