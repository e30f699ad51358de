using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Machines;
using Guestclock.Machines;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Machines;

public sealed class CachingMachineTests
{
    [Fact]
    public void The_first_reading_counts_for_all()
    {
        var inner = new MemoryMachine().File("/a", "one").Answer("q", "one");
        var machine = new CachingMachine(inner);
        Assert.Equal("one", machine.ReadText("/a").Value);
        Assert.Equal("one", machine.AskText("q").Value);
        Assert.Equal(FactState.Missing, machine.Read("/b").State);

        inner.File("/a", "two").File("/b", "two").Answer("q", "two");

        Assert.Equal("one", machine.ReadText("/a").Value);
        Assert.Equal("one", machine.AskText("q").Value);
        Assert.Equal(FactState.Missing, machine.Read("/b").State);
    }

    [Fact]
    public void A_limit_holds_whoever_read_first()
    {
        var machine = new CachingMachine(new MemoryMachine().File("/a", "12345"));

        Assert.Equal("larger than 4 bytes", machine.Read("/a", 4).Why);
        Assert.Equal("12345", machine.ReadText("/a").Value);
        Assert.Equal("larger than 4 bytes", machine.Read("/a", 4).Why);
    }

    [Fact]
    public void Each_question_is_asked_once_by_many_threads()
    {
        var slow = new SlowMachine(TimeSpan.FromMilliseconds(20));
        var machine = new CachingMachine(slow);

        Parallel.For(0, 16, _ => Assert.True(machine.Ask(new Question("q")).IsKnown));

        Assert.Equal(1, slow.Asked);
    }

    [Fact]
    public void Nobody_waits_long_for_a_hanging_reading()
    {
        var machine = new CachingMachine(new SlowMachine(TimeSpan.FromSeconds(20)), TimeSpan.FromMilliseconds(50));
        new Thread(() => machine.Ask(new Question("q"))) { IsBackground = true }.Start();
        Thread.Sleep(100);
        var start = Stopwatch.GetTimestamp();

        Assert.Equal(FactState.TimedOut, machine.Ask(new Question("q")).State);
        for (var i = 0; i < 100; i++)
            Assert.Equal(FactState.TimedOut, machine.Ask(new Question("q")).State);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
    }

    private sealed class SlowMachine(TimeSpan delay) : IMachine
    {
        private int _asked;

        public int Asked => _asked;

        public bool IsLive => true;

        public Fact<byte[]> Read(string path, int limitBytes = MachineLimits.FileBytes) => Fact.Missing<byte[]>(path, "");

        public Fact<IReadOnlyList<string>> List(string path) => Fact.Missing<IReadOnlyList<string>>(path, "");

        public Fact<EntryKind> Find(string path, bool followLinks = true) => Fact.Missing<EntryKind>(path, "");

        public Fact<string> ReadLink(string path) => Fact.Missing<string>(path, "");

        public Fact<byte[]> Ask(Question question)
        {
            Interlocked.Increment(ref _asked);
            Thread.Sleep(delay);
            return Fact.Known<byte[]>([], question.Name);
        }
    }
}
