using Guestclock.Formats.Editing;
using Guestclock.Formats.TimeServices;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.Editing;

public class OptionWordsTests
{
    [Theory]
    [InlineData("-u ntp:ntp -x -p /var/run/ntpd.pid", "-u ntp:ntp -p /var/run/ntpd.pid")]
    [InlineData("-x -u ntp:ntp", "-u ntp:ntp")]
    [InlineData("-x", "")]
    [InlineData("-gx -u x", "-g -u x")]
    [InlineData("-xg", "-g")]
    [InlineData("  -g  -x ", "  -g ")]
    [InlineData("--slew -g", "-g")]
    [InlineData("--slew= -g", "-g")]
    [InlineData("-u -x -g", "-u -x -g")]
    [InlineData("-u -- -x", "-u --")]
    [InlineData("-uxx -g -x", "-uxx -g")]
    [InlineData("-g -- -x", "-g -- -x")]
    [InlineData("-g", "-g")]
    public void An_option_goes_and_every_other_word_stays(string line, string expected) => Assert.Equal(expected, Without(line));

    [Theory]
    [InlineData("-a -r", "-a -r -S 1")]
    [InlineData("-a -r -S 0 -w", "-a -r -S 1 -w")]
    [InlineData("-S0", "-S1")]
    [InlineData("-a -S", "-a -S 1")]
    [InlineData("", "-S 1")]
    [InlineData("-S 1 -a", "-S 1 -a")]
    public void An_option_gets_an_argument(string line, string expected)
    {
        Assert.Equal(expected, OptionWords.With(line, 'S', "1"));
        Assert.Equal(expected, OptionWords.With(expected, 'S', "1"));
    }

    [Theory]
    [InlineData("frequency-set -g ondemand", "frequency-set -g performance")]
    [InlineData("frequency-set --governor ondemand -r", "frequency-set --governor performance -r")]
    [InlineData("frequency-set --governor=ondemand", "frequency-set --governor=performance")]
    [InlineData("frequency-set --governors x", "frequency-set --governors x -g performance")]
    public void A_long_name_is_the_same_option(string line, string expected) => Assert.Equal(expected, OptionWords.With(line, 'g', "performance", "governor"));

    [Fact]
    public void An_argument_that_was_set_stays() => Fuzz.Text(["frequency-set -g ondemand -d 1GHz", "--governor=a --governor b", "-a -r -g"], line =>
    {
        var once = OptionWords.With(line, 'g', "performance", "governor");
        Assert.Contains("performance", once, StringComparison.Ordinal);
        Assert.Equal(once, OptionWords.With(once, 'g', "performance", "governor"));
    });

    [Fact]
    public void What_is_left_reads_as_before_without_the_option() => Fuzz.Text(["-u ntp:ntp -x -p /var/run/ntpd.pid -g", "-gx --slew -N high", "-x -- -x"], line =>
    {
        var (before, after) = (DaemonOptions.Ntpd(Words(line)), DaemonOptions.Ntpd(Words(Without(line))));
        Assert.Equal(before.Options.Where(o => o.Letter != 'x'), after.Options);
        Assert.Equal(before.Operands, after.Operands);
        Assert.Equal(Without(line), Without(Without(line)));
    });

    private static string Without(string line) => OptionWords.Without(line, 'x', DaemonOptions.NtpdLetters, DaemonOptions.NtpdLongNames);

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
