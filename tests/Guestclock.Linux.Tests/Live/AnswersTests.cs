using System.Diagnostics;
using System.Globalization;
using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Linux.Machines;
using Guestclock.Machines;
using Guestclock.Probes;

namespace Guestclock.Linux.Tests.Live;

public sealed class AnswersTests
{
    private readonly LiveMachine _machine = new();

    [Fact]
    public void Uname_equals_the_command()
    {
        var answer = _machine.AskFields(Questions.Uname).Value!;

        Assert.Equal(
            TempTree.Run("uname", "-s", "-n", "-r", "-v", "-m").Trim(),
            string.Join(' ', answer.Text("sysname"), answer.Text("nodename"), answer.Text("release"), answer.Text("version"),
                answer.Text("machine")));
    }

    [Fact]
    public void User_equals_the_command() =>
        Assert.Equal(TempTree.Run("id", "-u").Trim(), _machine.AskFields(Questions.User).Value!.Text("euid"));

    [Fact]
    public void Adjtimex_equals_what_python_reads()
    {
        const string script = """
            import ctypes, struct
            b = ctypes.create_string_buffer(208)
            state = ctypes.CDLL(None).adjtimex(b)
            print("state=%d" % state)
            v = struct.unpack("=i4x4q i4x3q2q3q i4x5q i44x", b.raw)
            names = "modes offset freq maxerror esterror status constant precision tolerance sec usec tick ppsfreq jitter"
            names += " shift stabil jitcnt calcnt errcnt stbcnt tai"
            print("\n".join("%s=%d" % p for p in zip(names.split(), v)))
            """;
        var python = AnswerFields.Parse(TempTree.Run("python3", "-c", script));
        var answer = _machine.AskFields(Questions.Adjtimex).Value!;

        foreach (var (name, value) in python.All)
        {
            if (name is "sec" or "usec")
                continue;
            if (name == "maxerror")
                Assert.InRange(answer.Number(name), python.Number(name) - 100_000, python.Number(name) + 100_000);
            else
                Assert.Equal(value, answer.Text(name));
        }

        Assert.InRange(Math.Abs(answer.Number("time.tv_sec") - DateTimeOffset.UtcNow.ToUnixTimeSeconds()), 0, 5);
    }

    [Fact]
    public void Clocks_are_those_of_the_system()
    {
        var answer = _machine.AskFields(Questions.Clocks).Value!;

        Assert.InRange(answer.Number("realtimeNs") / 1_000_000_000, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 5,
            DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 5);
        Assert.InRange(answer.Number("boottimeNs"), answer.Number("monotonicNs"), long.MaxValue);
        Assert.InRange(answer.Number("realtimeResolutionNs"), 1, 20_000_000);
        Assert.InRange(answer.Number("monotonicResolutionNs"), 1, 20_000_000);
    }

    [Fact]
    public void Cpuid_names_the_vendor_of_cpuinfo_and_the_hypervisor()
    {
        var fact = _machine.AskFields(Questions.Cpuid);
        if (fact.State == FactState.Unsupported)
            Assert.Skip("not an x86 processor");
        var answer = fact.Value!;
        var cpuinfo = File.ReadAllText("/proc/cpuinfo");

        var registers = answer.Text("00000000.00000000").Split(' ');
        var vendor = string.Concat(new[] { registers[1], registers[3], registers[2] }.Select(Letters));

        Assert.Contains(vendor, cpuinfo, StringComparison.Ordinal);
        if (cpuinfo.Contains(" hypervisor", StringComparison.Ordinal))
            Assert.NotNull(answer.Find("40000000.00000000"));
        else
            Assert.Null(answer.Find("40000000.00000000"));
    }

    [Fact]
    public void The_kernel_log_is_that_of_dmesg()
    {
        var answer = _machine.AskText(Questions.KernelLog);
        if (!answer.TryGet(out var text))
            Assert.Skip(answer.Why!);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var dmesg = TempTree.Run("dmesg", "-k", "--notime").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("complete=", lines[0], StringComparison.Ordinal);
        Assert.Equal(dmesg.Select(l => l.TrimEnd()), lines[1..].Select(l => l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimEnd()));
    }

    [Fact]
    public void An_rtc_that_is_not_there_is_missing_and_a_bad_name_is_refused()
    {
        Assert.Equal(FactState.Missing, _machine.Ask(new Question("rtc/rtc99")).State);
        Assert.Equal(FactState.Malformed, _machine.Ask(new Question("rtc/../mem")).State);
        Assert.Equal(FactState.Malformed, _machine.Ask(new Question("rtc/rtc0/../../mem")).State);
    }

    [Theory]
    [InlineData(1_000_000_000L, 40, 46, 1, 9, 8, 101)]
    [InlineData(0L, 0, 0, 0, 1, 0, 70)]
    [InlineData(4_107_542_399L, 59, 59, 23, 28, 1, 200)]
    [InlineData(null, 0, 0, 0, 29, 1, 200)]
    [InlineData(null, 60, 0, 0, 1, 0, 126)]
    [InlineData(null, 0, 0, 0, 1, 12, 126)]
    [InlineData(null, 0, 0, 0, 0, 0, 0)]
    [InlineData(null, -1, -1, -1, -1, -1, int.MinValue)]
    public void Rtc_time_becomes_seconds(long? seconds, params int[] time) => Assert.Equal(seconds, RtcTime.UnixSeconds(time));

    [Fact]
    public void Processes_are_found_fast()
    {
        Assert.True(ProcessList.Read(_machine).IsKnown);
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            _machine.Ask(new Question(Questions.Processes));
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });

        Assert.True(best < 50, $"{best} ms");
    }

    private static string Letters(string word) =>
        string.Concat(Enumerable.Range(0, 4).Select(i =>
            (char)(uint.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (8 * i) & 0xFF)));
}
