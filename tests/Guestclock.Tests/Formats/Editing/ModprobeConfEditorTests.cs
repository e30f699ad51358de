using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Formats.Modules;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class ModprobeConfEditorTests
{
    [Theory]
    [InlineData("blacklist ptp_kvm\n", "")]
    [InlineData("# no\nblacklist ptp-kvm # why\noptions ptp_kvm x=1\nblacklist floppy", "# no\noptions ptp_kvm x=1\nblacklist floppy")]
    [InlineData("install ptp_kvm /bin/false\r\nblacklist floppy\r\n", "blacklist floppy\r\n")]
    [InlineData("#blacklist ptp_kvm\ninstall ptp_kvm /sbin/modprobe --ignore-install ptp_kvm\n", "#blacklist ptp_kvm\ninstall ptp_kvm /sbin/modprobe --ignore-install ptp_kvm\n")]
    public void Only_the_lines_that_prevent_it_go(string text, string after) => Assert.Equal(after, ModprobeConfEditor.Allow(text, "ptp_kvm"));

    [Theory]
    [InlineData("blacklist \\\nptp_kvm\n")]
    [InlineData("install ptp_kvm \\\n/bin/true\n")]
    public void A_continued_line_is_refused(string text) => Assert.Throws<MalformedInputException>(() => ModprobeConfEditor.Allow(text, "ptp_kvm"));

    [Fact]
    public void Any_file_is_changed_once_and_no_longer_prevents_it() => Fuzz.Text(
        ["blacklist ptp_kvm\noptions x y=1\n", "install ptp-kvm /bin/true\r\nblacklist a\r\n", "alias b c\nblacklist \\\n ptp_kvm\n"],
        text =>
        {
            var after = ModprobeConfEditor.Allow(text, "ptp_kvm");
            Assert.DoesNotContain("ptp_kvm", ModprobeConf.Prevented(after));
            Assert.Equal(after, ModprobeConfEditor.Allow(after, "ptp_kvm"));
            Assert.Empty(after.Split('\n').Except(text.Split('\n').Append("")));
        });
}
