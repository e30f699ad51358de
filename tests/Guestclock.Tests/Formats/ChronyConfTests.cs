using Guestclock.Formats.TimeServices;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class ChronyConfTests
{
    /// <summary>Lines of the chrony.conf of Debian 12 (chrony 4.3-2).</summary>
    private const string Debian = """
        # Include configuration files found in /etc/chrony/conf.d.
        confdir /etc/chrony/conf.d

        pool 2.debian.pool.ntp.org iburst
        #log tracking measurements statistics
        maxupdateskew 100.0
        rtcsync
        makestep 1 3
        """;

    [Fact]
    public void Reads_the_file_of_Debian() =>
        Assert.Equal(["2 confdir /etc/chrony/conf.d", "4 pool 2.debian.pool.ntp.org iburst", "6 maxupdateskew 100.0", "7 rtcsync",
            "8 makestep 1 3"],
            ChronyConf.Parse(Debian).Lines.Select(l => $"{l.Number} {string.Join(' ', [l.Name, .. l.Words])}"));

    [Theory]
    [InlineData("! c")]
    [InlineData("  ; c")]
    [InlineData("# c")]
    [InlineData("%c")]
    [InlineData(" \t ")]
    public void Passes_over_comments_and_nothing(string line) => Assert.Empty(ChronyConf.Parse(line + "\n").Lines);

    [Fact]
    public void There_is_no_comment_after_a_directive() =>
        Assert.Equal(["1.0", "3", "#", "x"], ChronyConf.Parse("MakeStep 1.0 3 # x").Lines[0].Words);

    [Theory]
    [InlineData(2046, true, false)]
    [InlineData(2047, true, true)]
    [InlineData(2047, false, false)]
    [InlineData(2048, false, true)]
    public void A_line_too_long_stops_chronyd(int length, bool terminated, bool refused) =>
        Assert.Equal(refused, ChronyConf.Parse(new string('#', length) + (terminated ? "\n" : "")).Refusal is not null);

    [Fact]
    public void Of_a_sources_file_only_whole_lines_of_sources_count() =>
        Assert.Equal(["a", "b"], ChronyConf.ParseSources("server a\nmakestep 1 -1\npool b iburst\nserver c").Select(l => l.Words[0]));

    [Fact]
    public void Never_fails_on_any_text() => Fuzz.Text([Debian, "server a\npool b\n"], text =>
    {
        ChronyConf.Parse(text);
        ChronyConf.ParseSources(text);
    });
}
