using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class XlConfigEditorTests
{
    [Theory]
    [InlineData("tsc_mode=3\n", "default", "tsc_mode=\"default\"\n")]
    [InlineData("tsc_mode = 'native'  # fast\r\nname='a'\r\n", "default", "tsc_mode = 'default'  # fast\r\nname='a'\r\n")]
    [InlineData("name=\"a\"; tsc_mode=\"native\"; vcpus=2", "default", "name=\"a\"; tsc_mode=\"default\"; vcpus=2")]
    [InlineData("tsc_mode=\"native_paravirt\"", "0", "tsc_mode=0")]
    [InlineData("tsc_mode='2' ;", "0", "tsc_mode=0 ;")]
    [InlineData("tsc_mode=1\n# tsc_mode=2\ntsc_mode=3", "default", "tsc_mode=1\n# tsc_mode=2\ntsc_mode=\"default\"")]
    [InlineData("tsc_mode = 0x2 # hexadecimal", "default", "tsc_mode = \"default\" # hexadecimal")]
    [InlineData("disk = [ 'a', # ] tsc_mode=1\n ]\ntsc_mode=1\n", "always_emulate", "disk = [ 'a', # ] tsc_mode=1\n ]\ntsc_mode=\"always_emulate\"\n")]
    [InlineData("  tsc_mode=1", "default", "  tsc_mode=\"default\"")]
    [InlineData("tsc_mode=default", "default", "tsc_mode=\"default\"")]
    public void Changes_the_value_that_counts(string before, string value, string after)
    {
        Assert.Equal(after, XlConfigEditor.Set(before, "tsc_mode", value));
        Assert.Equal(after, XlConfigEditor.Set(after, "tsc_mode", value));
    }

    [Theory]
    [InlineData("name='a'")]
    [InlineData("tsc_mode = modes[2]")]
    [InlineData("tsc_mode = 1 + 1")]
    [InlineData("tsc_mode = mode()")]
    [InlineData("tsc_mode = \"nat\" \"ive\"")]
    [InlineData("tsc_mode = \"native")]
    [InlineData("if big:\n  tsc_mode = 2\n")]
    [InlineData("x = \"\"\"\ntsc_mode = 2\n\"\"\"\ntsc_mode=2")]
    public void Refuses_what_Python_computes(string text) =>
        Assert.Throws<MalformedInputException>(() => XlConfigEditor.Set(text, "tsc_mode", "default"));

    [Fact]
    public void Any_text_keeps_every_other_setting_or_is_refused() => Fuzz.Text([XlConfigTests.Debian, "tsc_mode=2\n"], text =>
    {
        var after = XlConfigEditor.Set(text, "tsc_mode", "default");
        Assert.Equal("default", XlConfig.Parse(after)["tsc_mode"]);
        Assert.Equal(after, XlConfigEditor.Set(after, "tsc_mode", "default"));
        var before = XlConfig.Parse(text);
        Assert.All(XlConfig.Parse(after).Where(s => s.Key != "tsc_mode"), s => Assert.Equal(before[s.Key], s.Value));
    });
}
