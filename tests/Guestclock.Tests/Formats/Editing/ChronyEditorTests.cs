using Guestclock.Formats;
using Guestclock.Formats.Editing;
using Guestclock.Formats.TimeServices;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class ChronyEditorTests
{
    private const string Debian = "# Welcome to the chrony configuration file.\nconfdir /etc/chrony/conf.d\n\npool 2.debian.pool.ntp.org iburst\n"
        + "keyfile /etc/chrony/chrony.keys\nmaxupdateskew 100.0\nrtcsync\nmakestep 1 3\nleapsectz right/UTC\n";

    private const string Windows = "! c\r\n\tRefClock  PHC /dev/ptp0:nocrossts poll 2\t tai \r\n;x\r\n%y\r\n MakeStep\t1.0 3 \r\nrtcsync";

    [Theory]
    [InlineData("makestep 1 3\n", 1, 2, "-1", "makestep 1 -1\n")]
    [InlineData("#c\r\n  MAKESTEP \t1.0   3 \r\nrtcsync", 2, 2, "-1", "#c\r\n  MAKESTEP \t1.0   -1 \r\nrtcsync")]
    [InlineData("refclock PHC /dev/ptp0:nocrossts poll 2", 1, 2, "/dev/ptp_kvm:nocrossts", "refclock PHC /dev/ptp_kvm:nocrossts poll 2")]
    public void One_word_changes_and_every_other_byte_stays(string text, int line, int index, string word, string expected)
    {
        Assert.Equal(expected, ChronyEditor.SetWord(text, line, index, word));
        Assert.Equal(expected, ChronyEditor.SetWord(expected, line, index, word));
    }

    [Theory]
    [InlineData("a\n", "a\nrtcsync\n")]
    [InlineData("a", "a\nrtcsync")]
    [InlineData("a\r\nb", "a\r\nb\r\nrtcsync")]
    [InlineData("a\r\n", "a\r\nrtcsync\r\n")]
    [InlineData("", "rtcsync\n")]
    public void A_directive_is_added_at_the_end_in_the_file_s_own_line_ends(string text, string expected) =>
        Assert.Equal(expected, ChronyEditor.Append(text, "rtcsync"));

    [Fact]
    public void A_line_becomes_a_comment() => Assert.Equal("a 1\n  #maxchange 1000 1 2\r\nb\n", ChronyEditor.CommentOut("a 1\n  maxchange 1000 1 2\r\nb\n", 2));

    [Theory]
    [InlineData("refclock PHC /dev/ptp0 tai poll 2\n", 3, "refclock PHC /dev/ptp0 poll 2\n")]
    [InlineData("refclock PHC /dev/ptp0 poll 2  tai \r\n", 5, "refclock PHC /dev/ptp0 poll 2 \r\n")]
    public void A_word_goes_with_the_blanks_before_it(string text, int index, string expected) => Assert.Equal(expected, ChronyEditor.RemoveWord(text, 1, index));

    [Fact]
    public void A_word_comes_behind_the_last_one() => Assert.Equal("refclock PHC /dev/ptp0 tai \r\nx", ChronyEditor.AddWord("refclock PHC /dev/ptp0 \r\nx", 1, "tai"));

    [Theory]
    [InlineData(3, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    public void A_line_or_word_that_is_not_there_is_refused(int line, int index) =>
        Assert.Throws<MalformedInputException>(() => ChronyEditor.SetWord("rtcsync on\n \n", line, index, "x"));

    /// <summary>Whatever stands in the file: the words of one line change, and what the reader finds on all other lines does not.</summary>
    [Fact]
    public void Only_the_line_that_is_meant_reads_differently() => Fuzz.Text([Debian, Windows, "x\ny z\n", ""], text =>
    {
        var before = ChronyConf.Parse(text).Lines;
        for (var i = 0; i < before.Count; i++)
        {
            var line = before[i];
            Others(before, i, ChronyEditor.CommentOut(text, line.Number), null);
            Others(before, i, ChronyEditor.AddWord(text, line.Number, "tai"), line with { Words = [.. line.Words, "tai"] });
            Others(before, i, ChronyEditor.SetDirective(text, line.Number, "makestep 1 -1"), new(line.Number, "makestep", ["1", "-1"]));
            for (var w = 0; w < line.Words.Count; w++)
            {
                var index = w;
                var set = ChronyEditor.SetWord(text, line.Number, w + 1, "new");
                Others(before, i, set, line with { Words = [.. line.Words.Select((x, n) => n == index ? "new" : x)] });
                Assert.Equal(set, ChronyEditor.SetWord(set, line.Number, w + 1, "new"));
                Others(before, i, ChronyEditor.RemoveWord(text, line.Number, w + 1), line with { Words = [.. line.Words.Where((_, n) => n != index)] });
            }
        }

        var more = ChronyConf.Parse(ChronyEditor.Append(text, "rtcsync")).Lines;
        Assert.Equal([.. before.Select(Text), "rtcsync"], more.Select(Text));
    }, 500);

    private static void Others(IReadOnlyList<ConfigLine> before, int index, string text, ConfigLine? wanted)
    {
        var lines = before.Select(l => $"{l.Number} {Text(l)}").ToList();
        lines.RemoveAt(index);
        if (wanted is not null)
            lines.Insert(index, $"{wanted.Number} {Text(wanted)}");
        Assert.Equal(lines, ChronyConf.Parse(text).Lines.Select(l => $"{l.Number} {Text(l)}"));
    }

    private static string Text(ConfigLine line) => string.Join(' ', [line.Name, .. line.Words]);
}
