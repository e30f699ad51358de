using System.Text;
using Guestclock.Formats;
using Guestclock.Formats.ClockLogs;

namespace Guestclock.Tests.Formats.ClockLogs;

public class ClockLogReaderTests
{
    private const string Line = "61365 60122.369 0.050055579 0.000000 0.000000060 0.000000 3\n";

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n\n \n", "there is no sample in it, only headings and comments")]
    [InlineData("# nothing\n% yet\n", "there is no sample in it, only headings and comments")]
    [InlineData("====\n   Date (UTC) Time     IP Address   St   Freq ppm\n====\n", "there is no sample in it, only headings and comments")]
    [InlineData("2026-11-21 16:41:19 0.0.0.0          0      0.000 1000000.000  0.000e+00 ?  0  0.000e+00 -0.000e+00  1.000e+00  1.000e+00  1.500e+00", "there is no sample in this chrony tracking.log")]
    [InlineData("unixNs,rawNs,offsetNs,boundNs,delayNs,parts,remark\n1,2,,,,,no reply\n", "there is no sample in this log of guestclock measure")]
    [InlineData("\u007fELF\u0000\u0001", "this is a binary file; a log of a clock is text")]
    [InlineData("Dear diary,\ntoday\n", "this is neither a log of 'guestclock measure', of chrony (tracking, measurements, statistics, refclocks) or of ntpd (loopstats, peerstats), nor one column of values or two of time and value: 'Dear diary,'")]
    public void What_is_no_log_is_refused_with_one_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<MalformedInputException>(() => ReadLog.Of(text)).Message);

    [Fact]
    public void Garbage_in_the_middle_is_skipped_and_reported_with_its_lines()
    {
        var log = ReadLog.Of(Line + Line + "61365 60122.369 0.05\n" + Line + "\u001b[31mrm -rf\n" + Line + new string('x', 10_000) + "\n" + Line + "?\n" + Line);

        Assert.Equal(6, log.Series[0].Values.Length);
        Assert.Equal(4, log.SkippedLines);
        Assert.Equal(["4 lines were skipped (line 3: '61365 60122.369 0.05', line 5: '\u001b[31mrm -rf', line 7: 'too long', …)"], log.Remarks);
    }

    [Fact]
    public void A_file_that_is_mostly_garbage_is_refused()
    {
        var e = Assert.Throws<MalformedInputException>(() => ReadLog.Of(Line + "what\nis\nthis\n" + Line));

        Assert.Equal("only 2 of 5 lines are samples (ntpd loopstats); 3 lines were skipped (line 2: 'what', line 3: 'is', line 4: 'this')", e.Message);
    }

    [Fact]
    public void A_format_can_be_forced_and_then_is_the_only_one()
    {
        Assert.Throws<MalformedInputException>(() => ReadLog.Of("1\n2\n", format: "ntpd-loopstats"));
        Assert.Equal("ntpd loopstats", ReadLog.Of(Line, format: "ntpd-loopstats").Format);
    }

    [Fact]
    public void Frequency_is_for_columns_only()
    {
        var e = Assert.Throws<MalformedInputException>(() => ReadLog.Of(Line, SampleKind.Frequency));

        Assert.StartsWith("this is a ntpd loopstats, which is read as phase", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_formats_are_frozen() =>
        Assert.Equal(
            ["measure", "chrony-tracking", "chrony-measurements", "chrony-statistics", "chrony-refclocks", "ntpd-loopstats", "ntpd-peerstats", "columns", "mjd-columns"], ClockLogReader.Formats);

    /// <summary>Lines begin anywhere in the reader's buffer of 256 KiB, and bytes come as they please.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4099)]
    [InlineData(int.MaxValue)]
    public void A_log_longer_than_the_buffer_loses_no_line(int atOnce)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 40_000; i++)
            text.Append(i).Append(" 0.").Append(i).Append(i % 1000 == 0 ? "\r\n" : "\n");
        using var stream = new Trickle(Encoding.ASCII.GetBytes(text.ToString()), atOnce);

        var series = ClockLogReader.Read(stream, null, null, CancellationToken.None).Series[0];

        Assert.Equal(Enumerable.Range(0, 40_000).Select(i => (double)i), series.AtS);
        Assert.Equal(0.39999, series.Values[^1]);
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Line, 5000))));
        Assert.Throws<OperationCanceledException>(() => ClockLogReader.Read(stream, null, null, new CancellationToken(canceled: true)));
    }

    private sealed class Trickle(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, atOnce));
    }
}
