using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Formats.TimeServices;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class NtpConfEditorTests
{
    private const string RedHat = "# Permit time synchronization\nrestrict default kod nomodify\nserver\t127.127.1.0\t# local clock\n"
        + "tinker step 600 panic 1000 # why\nkeys /etc/ntp/keys\n";

    [Theory]
    [InlineData("tinker panic 1000 step 600 # why\n", 2, "0", "tinker panic 0 step 600 # why\n")]
    [InlineData("\t tinker  step\t\"600\"\r\n", 2, "0.128", "\t tinker  step\t\"0.128\"\r\n")]
    public void One_word_changes_and_every_other_byte_stays(string text, int index, string word, string expected) =>
        Assert.Equal(expected, NtpConfEditor.SetWord(text, 1, index, word));

    [Theory]
    [InlineData("# c\nserver a\n", "tinker panic 0\n# c\nserver a\n")]
    [InlineData("# c\r\nserver a", "tinker panic 0\r\n# c\r\nserver a")]
    [InlineData("", "tinker panic 0\n")]
    public void A_directive_becomes_the_first_line(string text, string expected) => Assert.Equal(expected, NtpConfEditor.Prepend(text, "tinker panic 0"));

    [Fact]
    public void A_comment_has_no_words() => Assert.Throws<MalformedInputException>(() => NtpConfEditor.SetWord("server a # b c\n", 1, 2, "x"));

    [Fact]
    public void Only_the_word_that_is_meant_reads_differently() => Fuzz.Text([RedHat, "a \"b c\"d #e\r\nf\r\n", "x", ""], text =>
    {
        // Line ends that only the reader counts (form feed, next line), and blanks of Unicode, are for the repair to refuse.
        if (text.Any(c => c is '\f' or '\v' or '\u0085' or '\u2028' or '\u2029' || c > 127) || text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\r', StringComparison.Ordinal))
            return;
        var before = NtpConf.Parse(text);
        foreach (var line in before)
        {
            for (var w = 0; w < line.Words.Count; w++)
            {
                var index = w;
                var after = NtpConf.Parse(NtpConfEditor.SetWord(text, line.Number, w + 1, "new"));
                Assert.Equal(before.Select(l => l == line ? Text(l with { Words = [.. l.Words.Select((x, n) => n == index ? "new" : x)] }) : Text(l)), after.Select(Text));
            }
        }

        Assert.Equal(["tinker panic 0", .. before.Select(Text)], NtpConf.Parse(NtpConfEditor.Prepend(text, "tinker panic 0")).Select(Text));
    });

    private static string Text(ConfigLine line) => string.Join(' ', [line.Name, .. line.Words]);
}
