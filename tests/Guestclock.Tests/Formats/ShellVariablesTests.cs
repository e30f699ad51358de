using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class ShellVariablesTests
{
    [Theory]
    [InlineData("A=b", "A", "b")]
    [InlineData("export A=b", "A", "b")]
    [InlineData("# A=c\nA='x y'  # remark\n", "A", "x y")]
    [InlineData("A=\"quoted \\\"inner\\\" \\n\"", "A", "quoted \"inner\" \\n")]
    [InlineData("A=one\nA=\"$A two\"", "A", "one two")]
    [InlineData("A=one\nA=\"${A} two\"", "A", "one two")]
    [InlineData("A=one\nA+=\" two\"", "A", "one two")]
    [InlineData("A=\"$(lsb_release -i) x\"", "A", "$(lsb_release -i) x")]
    [InlineData("A='$A'", "A", "$A")]
    [InlineData("A=one\\\ntwo", "A", "onetwo")]
    [InlineData("if true; then\n  A=b\nfi", "A", "b")]
    [InlineData("A=", "A", "")]
    [InlineData("A=b\r\n", "A", "b")]
    [InlineData("A=\"open", "A", "open")]
    public void Reads(string text, string name, string value) => Assert.Equal(value, ShellVariables.Parse(text)[name]);

    [Fact]
    public void A_drop_in_continues_what_was_known() =>
        Assert.Equal("a b", ShellVariables.Parse("A=\"$A b\"", ShellVariables.Parse("A=a"))["A"]);

    [Fact]
    public void A_value_that_doubles_itself_stays_small() =>
        Assert.InRange(ShellVariables.Parse("A=0123456789\n" + string.Concat(Enumerable.Repeat("A=\"$A$A\"\nA+=$A\n", 60)))["A"].Length, 1, 3_000_000);

    [Fact]
    public void Never_fails_on_any_text() =>
        Fuzz.Text(["A=\"one ${B} two\"\nexport B='x'\nA+=\\\n3 # remark\n"], text => ShellVariables.Parse(text));
}
