using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class XlConfigTests
{
    /// <summary>As xen-create-image of Debian's xen-tools writes it.</summary>
    public const string Debian = """
        #  Kernel + memory size
        bootloader = 'pygrub'
        vcpus       = '1'
        memory      = '1024'
        root        = '/dev/xvda2 ro'
        disk        = [
                          'file:/home/xen/domains/web/disk.img,xvda2,w',   # ] not the end
                      ]
        name        = 'web'
        vif         = [ 'ip=10.0.0.2,mac=00:16:3E:00:00:01' ]
        on_reboot   = 'restart'
        tsc_mode="native"; nomigrate=1   # both
        """;

    [Theory]
    [InlineData("name", "web")]
    [InlineData("bootloader", "pygrub")]
    [InlineData("tsc_mode", "native")]
    [InlineData("nomigrate", "1")]
    [InlineData("on_reboot", "restart")]
    public void Reads(string name, string value) => Assert.Equal(value, XlConfig.Parse(Debian)[name]);

    [Theory]
    [InlineData("tsc_mode=2", "2")]
    [InlineData("tsc_mode = \"open", "open")]
    [InlineData("tsc_mode=1\ntsc_mode='default'", "default")]
    [InlineData("import os\ntsc_mode=2 # why", "2")]
    public void Reads_each_spelling(string text, string value) => Assert.Equal(value, XlConfig.Parse(text)["tsc_mode"]);

    [Fact]
    public void A_list_is_left_out() => Assert.False(XlConfig.Parse(Debian).ContainsKey("disk"));

    [Fact]
    public void Never_fails_on_any_text() => Fuzz.Text([Debian], t => XlConfig.Parse(t));
}
