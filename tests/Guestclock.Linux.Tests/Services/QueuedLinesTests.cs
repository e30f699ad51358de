using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Guestclock.Linux.Services;

namespace Guestclock.Linux.Tests.Services;

public class QueuedLinesTests
{
    [Fact]
    public async Task Lines_come_out_in_order_and_the_last_ones_too()
    {
        var output = new Output();
        await using (var lines = output.Open())
        {
            for (var i = 0; i < 1000; i++)
                lines.Write(Encoding.UTF8.GetBytes($"line {i}"));
        }

        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(i => $"line {i}\n")), output.Text);
    }

    [Fact]
    public async Task An_output_that_blocks_holds_up_nobody_and_what_was_dropped_is_told()
    {
        var output = new Output();
        output.Gate.Reset();
        await using var lines = output.Open(maxBytes: 1000);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 100_000; i++)
            lines.Write("a line of twenty byte"u8);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
        Assert.InRange(lines.Dropped, 99_000, 100_000);
        output.Gate.Set();
        await output.UntilAsync(t => t.EndsWith('\n') && t.Contains("dropped", StringComparison.Ordinal));
        lines.Write("after"u8);
        await output.UntilAsync(t => t.EndsWith("after\n", StringComparison.Ordinal));
        var told = output.Text.Split('\n').Where(l => l.StartsWith("dropped ", StringComparison.Ordinal));
        Assert.Equal(lines.Dropped, told.Sum(l => long.Parse(l.AsSpan("dropped ".Length), CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_line_that_was_cut_stands_alone_and_the_next_one_too()
    {
        var output = new Output { Takes = 3 };
        await using var lines = output.Open();
        lines.Write("cut in two"u8);
        await output.UntilAsync(t => t == "cut");
        output.Takes = int.MaxValue;
        lines.Write("whole"u8);
        await output.UntilAsync(t => t.EndsWith("whole\n", StringComparison.Ordinal));
        Assert.Equal("cut\ndropped 1\nwhole\n", output.Text);
    }

    [Fact]
    public async Task A_broken_output_does_not_keep_the_end()
    {
        var output = new Output { Takes = 0 };
        var lines = output.Open();
        lines.Write("lost"u8);
        output.Gate.Reset();
        lines.Write("lost too"u8);
        var started = Stopwatch.GetTimestamp();
        await lines.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 4);
        lines.Write("too late"u8);
        output.Gate.Set();
    }

    [Fact]
    public async Task An_output_that_takes_nothing_is_told_once_and_so_is_its_end()
    {
        var output = new Output { Takes = 0 };
        var told = new ConcurrentQueue<bool>();
        await using var lines = new QueuedLines(output.Put, n => $"dropped {n}") { OnStuck = told.Enqueue };
        lines.Write("one"u8);
        lines.Write("two"u8);
        while (lines.Dropped == 0)
            await Task.Delay(10);
        output.Takes = int.MaxValue;
        lines.Write("three"u8);
        await output.UntilAsync(t => t.EndsWith("three\n", StringComparison.Ordinal));
        Assert.Equal([true, false], told);
    }

    private sealed class Output
    {
        private readonly StringBuilder _text = new();

        public ManualResetEventSlim Gate { get; } = new(true);

        /// <summary>Bytes that each write takes.</summary>
        public int Takes { get; set; } = int.MaxValue;

        public string Text
        {
            get
            {
                lock (_text)
                    return _text.ToString();
            }
        }

        public QueuedLines Open(int maxBytes = 1 << 20) => new(Put, n => $"dropped {n}", maxBytes, TimeSpan.FromSeconds(1));

        public async Task UntilAsync(Func<string, bool> done)
        {
            for (var started = Stopwatch.GetTimestamp(); !done(Text); await Task.Delay(10))
                Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), Text);
        }

        public int Put(ReadOnlyMemory<byte> bytes)
        {
            Gate.Wait();
            var taken = Math.Min(Takes, bytes.Length);
            lock (_text)
                _text.Append(Encoding.UTF8.GetString(bytes.Span[..taken]));
            return taken;
        }
    }
}
