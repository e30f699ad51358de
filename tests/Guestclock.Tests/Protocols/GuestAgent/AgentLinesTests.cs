using System.Text;
using Guestclock.Formats;
using Guestclock.Protocols.GuestAgent;

namespace Guestclock.Tests.Protocols.GuestAgent;

public class AgentLinesTests
{
    /// <summary>What comes, each text one read; ÿ is the byte 0xFF. Lines are joined by |, delimited ones begin with ÿ.</summary>
    [Theory]
    [InlineData("{\"return\": 1}\n", "{\"return\": 1}")]
    [InlineData("{\"return\": 1}\r\n", "{\"return\": 1}")]
    [InlineData("\n\r\n", "")]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("ÿa\nb\n", "ÿa|b")]
    [InlineData("stale\nha", "stale")]
    [InlineData("stale\nhalf ÿa\n", "ÿa")]
    [InlineData("ÿÿa\nÿb\n", "ÿb")]
    [InlineData("ÿ\na\n", "ÿa")]
    public void Bytes_are_cut_into_lines_however_they_are_read(string bytes, string expected)
    {
        var all = Encoding.Latin1.GetBytes(bytes);
        for (var step = 1; step <= all.Length; step++)
        {
            var lines = new AgentLines();
            for (var at = 0; at < all.Length; at += step)
                lines.Add(all.AsSpan(at, Math.Min(step, all.Length - at)));
            Assert.Equal(expected, Taken(lines));
        }
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        var lines = new AgentLines(longest: 10);
        lines.Add("0123456789"u8);
        Assert.Throws<MalformedInputException>(() => lines.Add("x"u8));
    }

    [Fact]
    public void A_new_conversation_starts_with_nothing()
    {
        var lines = new AgentLines();
        lines.Add("old\nhalf"u8);
        lines.Clear();
        lines.Add("new\n"u8);
        Assert.Equal("new", Taken(lines));
    }

    private static string Taken(AgentLines lines)
    {
        var taken = new List<string>();
        while (lines.TryTake(out var line))
            taken.Add((line.IsDelimited ? "ÿ" : "") + Encoding.Latin1.GetString(line.Json));
        return string.Join('|', taken);
    }
}
