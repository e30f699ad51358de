using System.Text;
using Guestclock.Formats;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class BootIniFileTests
{
    /// <summary>Windows XP SP3, German, as its set-up writes it (title with an OEM umlaut), and the recovery console.</summary>
    public const string Xp = "[boot loader]\r\ntimeout=30\r\ndefault=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS\r\n[operating "
        + "systems]\r\n"
        + "multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"Microsoft Windows XP f\u0081r alle\" /noexecute=optin /fastdetect /usepmtimer\r\n"
        + "C:\\CMDCONS\\BOOTSECT.DAT=\"Microsoft Windows Recovery Console\" /cmdcons\r\n\u001a";

    [Fact]
    public void Xp_with_its_switch()
    {
        var ini = BootIniFile.Parse(Encoding.Latin1.GetBytes(Xp));
        Assert.Equal("multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS", ini.Default);
        Assert.Equal(2, ini.Entries.Count);
        Assert.Empty(ini.Strays);
        Assert.Equal("Microsoft Windows XP f\u0081r alle", ini.Entries[0].Title);
        Assert.Equal((5, true), (ini.Entries[0].Line, ini.Entries[0].Has("/UsePmTimer")));
    }

    [Theory]
    [InlineData("signature(8b467c12)disk(1)rdisk(0)partition(2)\\WINNT=\"Windows 2000\" /fastdetect", "Windows 2000", "/fastdetect")]
    [InlineData("multi(0)disk(0)rdisk(1)partition(1)\\W=\"a /usepmtimer\" /x", "a /usepmtimer", "/x")]
    [InlineData("multi(0)disk(0)rdisk(1)partition(1)\\W=No quotes /x /y", "No quotes", "/x /y")]
    [InlineData("multi(0)=\"open", "open", "")]
    public void Entries(string line, string title, string switches)
    {
        var entry = Assert.Single(BootIniFile.Parse(Encoding.Latin1.GetBytes($"[operating systems]\n{line}\n")).Entries);
        Assert.Equal((title, switches), (entry.Title, string.Join(' ', entry.Switches)));
    }

    [Fact]
    public void A_line_of_its_own_is_no_entry() =>
        Assert.Equal(new BootIniLine(2, "/use pmtimer"),
            Assert.Single(BootIniFile.Parse("[operating systems]\r\n/use pmtimer\r\n"u8.ToArray()).Strays));

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x5B, 0 }, "UTF-16")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x5B }, "UTF-16")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x5B }, "UTF-8")]
    [InlineData(new byte[] { 0x5B, 0, 0x62 }, "NUL")]
    public void Refuses(byte[] bytes, string says) =>
        Assert.Contains(says, Assert.Throws<MalformedInputException>(() => BootIniFile.Parse(bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Never_fails_otherwise() => Fuzz.Bytes([Encoding.Latin1.GetBytes(Xp)], b => BootIniFile.Parse(b));
}
