using System.Text;
using Guestclock.Formats;
using Guestclock.Protocols.Qmp;
using Guestclock.Testing;

namespace Guestclock.Tests.Protocols.Qmp;

public class QmpLinesTests
{
    [Theory]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\n\r\n\nb\n", "a|b")]
    [InlineData("a\rb\r\n", "a\rb")]
    [InlineData("a\r\nb", "a")]
    [InlineData("", "")]
    public void Lines_end_with_CRLF_or_LF(string bytes, string lines)
    {
        for (var size = 1; size <= bytes.Length; size++)
            Assert.Equal(lines, string.Join('|', Cut(new(), Encoding.UTF8.GetBytes(bytes), size)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void A_line_may_be_longer_than_many_reads(int size)
    {
        var text = string.Join("\r\n", Enumerable.Range(0, 40).Select(n => new string((char)('a' + (n % 26)), n * 313))) + "\r\n";
        Assert.Equal(text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), Cut(new(), Encoding.UTF8.GetBytes(text), size));
    }

    [Theory]
    [InlineData("12345678\n", true)]
    [InlineData("12345678\r\n", true)]
    [InlineData("123456789\n", false)]
    [InlineData("1234567890", false)]
    [InlineData("1\n123456789012345\n", false)]
    public void A_line_that_is_too_long_is_refused(string bytes, bool taken)
    {
        Action cut = () => Cut(new(8), Encoding.UTF8.GetBytes(bytes), 3);
        if (taken)
            cut();
        else
            Assert.Equal("a line is longer than 8 bytes", Assert.Throws<MalformedInputException>(cut).Message);
    }

    [Fact]
    public void An_endless_line_costs_no_more_than_its_limit()
    {
        var lines = new QmpLines();
        var chunk = new byte[4096];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedInputException>(() => Feed(lines, chunk));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5 * QmpLimits.LineBytes);
    }

    [Fact]
    public void However_bytes_are_cut_the_lines_are_the_same() =>
        Fuzz.Bytes([.. QmpSamples.All.Select(s => Encoding.UTF8.GetBytes(s + "\r\n" + s + "\n"))], bytes =>
            Assert.Equal(Cut(new(), bytes, Math.Max(1, bytes.Length)), Cut(new(), bytes, 1 + (bytes.Length % 17))), runs: 500);

    private static void Feed(QmpLines lines, byte[] chunk)
    {
        for (var n = 0; n <= QmpLimits.LineBytes; n += chunk.Length)
        {
            lines.Append(chunk);
            _ = lines.TryNext(out _);
        }
    }

    private static List<string> Cut(QmpLines lines, byte[] bytes, int size)
    {
        var found = new List<string>();
        foreach (var chunk in bytes.Chunk(size))
        {
            lines.Append(chunk);
            while (lines.TryNext(out var line))
                found.Add(Encoding.UTF8.GetString(line));
        }

        return found;
    }
}
