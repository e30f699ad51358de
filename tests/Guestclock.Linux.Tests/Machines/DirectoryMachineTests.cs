using System.Diagnostics;
using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Machines;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Machines;

public sealed class DirectoryMachineTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("/etc/plain", "inside")]
    [InlineData("/etc//plain", "inside")]
    [InlineData("/etc/./plain", "inside")]
    [InlineData("/../../etc/plain", "inside")]
    [InlineData("/absolute", "inside")]
    [InlineData("/relative", "inside")]
    [InlineData("/upwards", "inside")]
    [InlineData("/folder-link/plain", "inside")]
    [InlineData("/folder-link/../etc/plain", "inside")]
    [InlineData("/two", "inside")]
    public void Links_and_dots_stay_inside_the_root(string path, string text)
    {
        _tree.File("/etc/plain", "inside").Link("/absolute", "/etc/plain").Link("/relative", "etc/plain")
            .Link("/upwards", "../../../../../../etc/plain").Link("/folder-link", "/etc").Link("/two", "folder-link/../relative");
        using var machine = new DirectoryMachine(_tree.Root);

        Assert.Equal(text, machine.ReadText(path).Value);
        Assert.Equal(path, machine.ReadText(path).Source);
        Assert.Equal(EntryKind.File, machine.Find(path).Value);
    }

    [Fact]
    public void Nothing_of_the_running_machine_is_seen()
    {
        _tree.Link("/passwd", "/etc/passwd").Link("/out", "../../../../../../../../etc/passwd").Link("/cmdline", "/proc/cmdline");
        using var machine = new DirectoryMachine(_tree.Root);

        Assert.Equal(FactState.Missing, machine.Read("/passwd").State);
        Assert.Equal(FactState.Missing, machine.Read("/out").State);
        Assert.Equal(FactState.Missing, machine.Read("/../../../../../../etc/passwd").State);
        Assert.Equal(FactState.NotRecorded, machine.Read("/cmdline").State);
        Assert.Equal(FactState.NotRecorded, machine.Ask(new Question(Questions.Uname)).State);
        Assert.False(machine.IsLive);
    }

    [Fact]
    public void Mounts_of_the_running_machine_are_not_part_of_an_image()
    {
        using var machine = new DirectoryMachine("/");

        foreach (var path in (string[])["/proc/cmdline", "/sys/devices/system/cpu/online", "/etc/mtab"])
        {
            var fact = machine.Read(path);
            Assert.True(fact.State is FactState.NotRecorded or FactState.Missing, $"{path}: {fact}");
        }

        Assert.True(machine.Find("/etc").IsKnown);
    }

    [Theory]
    [InlineData("/proc/cmdline", FactState.NotRecorded, "no running kernel state")]
    [InlineData("/sys/class/ptp", FactState.NotRecorded, "no running kernel state")]
    [InlineData("/dev/kvm", FactState.NotRecorded, "no running kernel state")]
    [InlineData("/run/chrony.pid", FactState.NotRecorded, "no running kernel state")]
    [InlineData("/var/run/chrony.pid", FactState.NotRecorded, "no running kernel state")]
    [InlineData("/etc/chrony.conf", FactState.Missing, "no such file")]
    [InlineData("/etc/file/below", FactState.Missing, "no such file")]
    [InlineData("/loop-a", FactState.Malformed, "too many symbolic links")]
    [InlineData("/self/x", FactState.Malformed, "too many symbolic links")]
    [InlineData("/fifo", FactState.Malformed, "a FIFO, not a regular file")]
    [InlineData("/fifo-link", FactState.Malformed, "a FIFO, not a regular file")]
    [InlineData("/etc", FactState.Malformed, "a directory, not a regular file")]
    [InlineData("/sparse", FactState.Malformed, "larger than 1048576 bytes")]
    [InlineData("/large", FactState.Malformed, "larger than 1048576 bytes")]
    [InlineData("relative", FactState.Malformed, "not absolute")]
    [InlineData("/etc/file\0x", FactState.Malformed, "a NUL byte")]
    public void What_cannot_be_read_says_why(string path, FactState state, string why)
    {
        _tree.File("/etc/file").Link("/loop-a", "loop-b").Link("/loop-b", "/loop-a").Link("/self", "self/x").Link("/fifo-link", "/fifo")
            .File("/large", new byte[MachineLimits.FileBytes + 1]);
        TempTree.Run("mkfifo", _tree.At("/fifo"));
        using (var sparse = new FileStream(_tree.At("/sparse"), FileMode.CreateNew))
            sparse.SetLength(1L << 30);
        using var machine = new DirectoryMachine(_tree.Root);
        var start = Stopwatch.GetTimestamp();

        var fact = machine.Read(path);

        Assert.Equal(state, fact.State);
        Assert.Contains(why, fact.Why!, StringComparison.Ordinal);
        Assert.True(fact.TookNs >= 0);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_device_is_never_opened()
    {
        TempTree.Run("mknod", _tree.At("/zero"), "c", "1", "5");
        if (!File.Exists(_tree.At("/zero")))
            Assert.Skip("making a device needs root");
        _tree.Link("/zero-link", "/zero");
        using var machine = new DirectoryMachine(_tree.Root);

        Assert.Equal("a character device, not a regular file", machine.Read("/zero-link").Why);
        Assert.Equal(EntryKind.CharacterDevice, machine.Find("/zero-link").Value);
    }

    [Fact]
    public void Links_are_told_and_not_followed_when_asked_so()
    {
        _tree.Link("/link", "/dev/null").File("/file");
        using var machine = new DirectoryMachine(_tree.Root);

        Assert.Equal("/dev/null", machine.ReadLink("/link").Value);
        Assert.Equal(EntryKind.Link, machine.Find("/link", followLinks: false).Value);
        Assert.Equal(FactState.NotRecorded, machine.Find("/link").State);
        Assert.Equal(FactState.Malformed, machine.ReadLink("/file").State);
        Assert.Equal(FactState.Missing, machine.ReadLink("/none").State);
    }

    [Fact]
    public void Names_are_sorted_and_bounded()
    {
        _tree.File("/many/0");
        TempTree.Run("sh", "-c", $"cd {_tree.At("/many")} && seq {MachineLimits.ListNames} | xargs mkdir");
        _tree.File("/few/b").File("/few/a").File("/few/B");
        Directory.CreateDirectory(_tree.At("/sys"));
        using var machine = new DirectoryMachine(_tree.Root);

        Assert.Equal(["B", "a", "b"], machine.List("/few").Value!);
        Assert.Equal($"more than {MachineLimits.ListNames} names", machine.List("/many").Why);
        Assert.Equal("a regular file, not a directory", machine.List("/few/a").Why);
        Assert.Equal(FactState.NotRecorded, machine.List("/sys").State);
    }

    [Fact]
    public void Invalid_utf8_in_names_and_text_does_no_harm()
    {
        _tree.File("/text", [.. "a"u8, 0xFF, .. "b"u8]);
        TempTree.Run("sh", "-c", $"touch \"$(printf '{_tree.Root}/\\377')\"");
        using var machine = new DirectoryMachine(_tree.Root);

        Assert.Equal("a\uFFFDb", machine.ReadText("/text").Value);
        Assert.Contains("\uFFFD", machine.List("/").Value!);
    }

    [Fact]
    public void Answers_may_lie_beside_the_files()
    {
        _tree.File("/.guestclock/answers/uname", "machine=x86_64\n");
        using var machine = new DirectoryMachine(_tree.Root);

        Assert.Equal("x86_64", machine.AskFields(Questions.Uname).Value!.Text("machine"));
        Assert.Equal(Questions.Uname, machine.Ask(new Question(Questions.Uname)).Source);
        Assert.Equal(FactState.NotRecorded, machine.Ask(new Question("../../etc/passwd")).State);
    }

    [Fact]
    public void The_limit_is_the_callers()
    {
        _tree.File("/four", "1234");
        using var machine = new DirectoryMachine(_tree.Root);

        Assert.Equal("1234", Encoding.UTF8.GetString(machine.Read("/four", 4).Value!));
        Assert.Equal("larger than 3 bytes", machine.Read("/four", 3).Why);
    }
}
