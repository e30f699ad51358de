using System.Text;
using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class BootIniEditorTests
{
    private const string Head = "[boot loader]\r\ntimeout=30\r\ndefault=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS\r\n[operating systems]\r\n";
    private const string Arc = "multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS";

    [Theory]
    [InlineData("=\"Microsoft Windows XP Professional\" /fastdetect\r\n", "=\"Microsoft Windows XP Professional\" /fastdetect /usepmtimer\r\n")]
    [InlineData("=\"Windows XP\"\r\n", "=\"Windows XP\" /usepmtimer\r\n")]
    [InlineData("=\"Windows XP\" /noexecute=optin\t \r\n\x1A", "=\"Windows XP\" /noexecute=optin /usepmtimer\t \r\n\x1A")]
    [InlineData("=\"Windows XP\" /fastdetect\x1Arubbish", "=\"Windows XP\" /fastdetect /usepmtimer\x1Arubbish")]
    [InlineData("=\"Windows XP\" /fastdetect", "=\"Windows XP\" /fastdetect /usepmtimer")]
    [InlineData("=\"Windows XP /usepmtimer\"\r\n", "=\"Windows XP /usepmtimer\" /usepmtimer\r\n")]
    [InlineData("=\"Windows XP\" /use pmtimer /fastdetect\r\n", "=\"Windows XP\" /usepmtimer /fastdetect\r\n")]
    [InlineData("=\"Windows XP\" /fastdetect USEPMTIMER\r\n", "=\"Windows XP\" /fastdetect /usepmtimer\r\n")]
    [InlineData("=\"Windows XP\" /UsePmTimer\r\n", "=\"Windows XP\" /UsePmTimer\r\n")]
    [InlineData("=Windows 2000 /fastdetect\r\n", "=Windows 2000 /fastdetect /usepmtimer\r\n")]
    [InlineData("=\"Windows XP\" /fastdetect\r\n/use pmtimer\r\n", "=\"Windows XP\" /fastdetect /usepmtimer\r\n")]
    [InlineData("=\"Windows XP\" /fastdetect\r\n/usepmtimer", "=\"Windows XP\" /fastdetect /usepmtimer\r\n")]
    [InlineData("=\"Windows XP\" /fastdetect\r\n; /usepmtimer\r\n", "=\"Windows XP\" /fastdetect /usepmtimer\r\n; /usepmtimer\r\n")]
    [InlineData("=\"\xC9t\xE9 \x84\x94\" /fastdetect\n", "=\"\xC9t\xE9 \x84\x94\" /fastdetect /usepmtimer\n")]
    public void The_switch_goes_to_the_end_of_the_entrys_own_line(string before, string after)
    {
        Assert.Equal(Head + Arc + after, BootIniEditor.Add(Head + Arc + before, _ => true));
        Assert.Equal(Head + Arc + after, BootIniEditor.Add(Head + Arc + after, _ => true));
    }

    [Fact]
    public void Only_the_entries_that_need_it_get_it() => Assert.Equal(
        $"{Head}C:\\=\"DOS\"\r\n{Arc}=\"XP\" /usepmtimer\r\nC:\\CMDCONS\\BOOTSECT.DAT=\"Console\" /cmdcons\r\n",
        BootIniEditor.Add($"{Head}C:\\=\"DOS\"\r\n{Arc}=\"XP\"\r\nC:\\CMDCONS\\BOOTSECT.DAT=\"Console\" /cmdcons\r\n", e => e.Path.StartsWith("multi", StringComparison.Ordinal)));

    [Fact]
    public void A_title_without_its_end_is_refused() =>
        Assert.Throws<MalformedInputException>(() => BootIniEditor.Add($"{Head}{Arc}=\"XP /fastdetect\r\n", _ => true));

    [Fact]
    public void Any_text_keeps_its_bytes_or_is_refused() => Fuzz.Bytes(
        [Encoding.Latin1.GetBytes($"{Head}{Arc}=\"XP \xE9\" /fastdetect\r\n{Arc}2=\"2003\" /use pmtimer\r\n/usepmtimer\r\n\x1A")], bytes =>
        {
            var text = Encoding.Latin1.GetString(bytes);
            var after = BootIniEditor.Add(text, _ => true);
            Assert.Equal(after, BootIniEditor.Add(after, _ => true));
            Assert.All(BootIniFile.Parse(Encoding.Latin1.GetBytes(after)).Entries, e => Assert.True(e.Has("/usepmtimer")));
            if (!text.Contains("pmtimer", StringComparison.OrdinalIgnoreCase))
                Assert.Equal(text, after.Replace(" /usepmtimer", "", StringComparison.Ordinal));
        });
}
