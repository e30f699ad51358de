using Guestclock.Facts;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Recording;
using Guestclock.Machines;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Recording;

public sealed class RecordReplayTests : IDisposable
{
    private static readonly DateTimeOffset Taken = new(2026, 11, 21, 1, 2, 3, TimeSpan.Zero);
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("rec")]
    [InlineData("rec.tar.gz")]
    [InlineData("rec.tgz")]
    public void This_machine_replays_as_it_was(string name)
    {
        var live = new RecordingMachine(new CachingMachine(new LiveMachine()));
        var asked = AskAround(live);

        RecordWriter.Write(live.ToRecord("0.1.0", Taken, "here"), _tree.At(name));
        var replayed = MachineRoot.Open(_tree.At(name)).Machine;

        Assert.Equal(asked, AskAround(replayed));
        Assert.True(replayed.IsLive);
        Assert.Empty(Directory.GetFileSystemEntries(_tree.Root, "*.partial"));
    }

    [Theory]
    [InlineData("rec")]
    [InlineData("rec.tar.gz")]
    public void Every_state_kind_and_odd_name_replays(string name)
    {
        var memory = new MemoryMachine { IsLive = false }.File("/etc/a", "a").File("/etc/a/b", "b").File("/x", new byte[5000])
            .File("/etc/ü \"q\"", "u").File("/e", "")
            .Link("/l", "/etc/a").Special("/fifo", EntryKind.Fifo).Special("/dev/zero", EntryKind.CharacterDevice)
            .Answer("q", "one").Answer("q/1", "two")
            .Answer("ntp/../../x:123", "three").File("/.guestclock/record.json", "mine");
        foreach (var state in Enum.GetValues<FactState>().Where(s => s != FactState.Known))
            memory.State($"/state/{state}", state, $"because {state}").NoAnswer($"no/{state}", state, $"since {state}");
        string[] paths = ["/etc/a", "/etc//a", "/etc/a/b", "/etc/../etc/a", "/x", "/e", "/l", "/fifo", "/dev/zero", "/none",
            "/etc/ü \"q\"", "/.guestclock/record.json",
            .. Enum.GetValues<FactState>().Select(s => $"/state/{s}")];
        string[] names = ["q", "q/1", "ntp/../../x:123", "none", .. Enum.GetValues<FactState>().Select(s => $"no/{s}")];
        var live = new RecordingMachine(memory);
        var asked = Ask(live, paths, names);

        RecordWriter.Write(live.ToRecord("0.1.0", Taken, "here"), _tree.At(name));
        var replayed = MachineRoot.Open(_tree.At(name)).Machine;

        Assert.Equal(asked, Ask(replayed, paths, names));
        Assert.False(replayed.IsLive);
    }

    [Fact]
    public void What_was_never_asked_is_not_recorded()
    {
        var live = new RecordingMachine(new MemoryMachine().File("/etc/a", "a"));
        live.Read("/etc/a");
        live.Read("/etc/none");
        RecordWriter.Write(live.ToRecord("0.1.0", Taken, "here"), _tree.At("rec"));
        var replayed = MachineRoot.Open(_tree.At("rec")).Machine;

        Assert.Equal(FactState.NotRecorded, replayed.Read("/etc/b").State);
        Assert.Equal(FactState.NotRecorded, replayed.List("/etc").State);
        Assert.Equal(FactState.NotRecorded, replayed.ReadLink("/etc/a").State);
        Assert.Equal(FactState.NotRecorded, replayed.Find("/etc/a", followLinks: false).State);
        Assert.Equal(FactState.NotRecorded, replayed.Ask(new Question(Questions.Uname)).State);
        Assert.Equal(EntryKind.File, replayed.Find("/etc/a").Value);
        Assert.Equal(FactState.Missing, replayed.Find("/etc/none").State);
    }

    [Fact]
    public void A_recording_tells_when_and_of_whom_and_holds_no_secret()
    {
        var live = new RecordingMachine(new MemoryMachine().File("/proc/cmdline", "ro password=geheim"));
        Assert.Equal("ro password=REDACTED", live.ReadText("/proc/cmdline").Value);
        RecordWriter.Write(live.ToRecord("0.1.0", Taken, "here"), _tree.At("rec"));

        Assert.Equal("ro password=REDACTED", File.ReadAllText(_tree.At("rec/proc/cmdline")));
        var json = File.ReadAllText(_tree.At("rec/.guestclock/record.json"));
        Assert.StartsWith("{\n  \"schema\": \"guestclock.record/1\",\n  \"tool\": {\n    \"name\": \"guestclock\",", json,
            StringComparison.Ordinal);
        var record = MachineRoot.Open(_tree.At("rec")).Record!;
        Assert.Equal((Taken, "here", "0.1.0", true), (record.TakenAt, record.Hostname, record.ToolVersion, record.IsLive));
    }

    [Theory]
    [InlineData("there", "exists already")]
    [InlineData("there/", "exists already")]
    [InlineData("there.tar.gz", "exists already")]
    [InlineData("none/out", "does not exist")]
    [InlineData("there.tar.gz/out", "does not exist")]
    public void Nothing_is_overwritten(string name, string says)
    {
        _tree.File("there/file", "mine").File("there.tar.gz", "mine");
        var record = new RecordingMachine(new MemoryMachine()).ToRecord("0.1.0", Taken, "here");

        var e = Assert.Throws<MachineOpenException>(() => RecordWriter.Write(record, _tree.At(name)));

        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_tree.At("there/file")));
        Assert.Equal("mine", File.ReadAllText(_tree.At("there.tar.gz")));
    }

    private static List<string> AskAround(IMachine machine) => Ask(
        machine,
        ["/proc/cmdline", "/etc/os-release", "/etc/none", "/sys/class", "/sys/class/ptp", "/dev/kvm", "/dev/zero", "/etc",
            "/proc/self/mem", "/etc/resolv.conf",
            "/sys/devices/system/clocksource/clocksource0/available_clocksource"],
        [Questions.Uname, Questions.User, Questions.Adjtimex, Questions.Clocks, Questions.Cpuid, Questions.KernelLog, Questions.Processes,
            "rtc/rtc0", "none"]);

    private static List<string> Ask(IMachine machine, string[] paths, string[] names)
    {
        var facts = new List<string>();
        foreach (var path in paths)
        {
            facts.Add(Show(machine.Read(path).Then(Convert.ToHexString)));
            facts.Add(Show(machine.Read(path, 4).Then(Convert.ToHexString)));
            facts.Add(Show(machine.List(path).Then(n => string.Join('|', n))));
            facts.Add(Show(machine.Find(path)));
            facts.Add(Show(machine.Find(path, followLinks: false)));
            facts.Add(Show(machine.ReadLink(path)));
        }

        foreach (var name in names)
            facts.Add(Show(machine.Ask(new Question(name)).Then(Convert.ToHexString)));
        return facts;
    }

    private static string Show<T>(Fact<T> fact) => $"{fact.Source}: {fact.State} {fact.Value} {fact.Why}";
}
