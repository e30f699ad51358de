using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Machines;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Machines;

public sealed class LiveMachineTests
{
    private readonly LiveMachine _machine = new();

    [Fact]
    public void Files_of_the_kernel_are_read_whole()
    {
        Assert.Equal(File.ReadAllText("/proc/cmdline"), _machine.ReadText("/proc/cmdline").Value);
        Assert.InRange(_machine.ReadText("/proc/cpuinfo").Value!.Length - File.ReadAllText("/proc/cpuinfo").Length, -200, 200);
        Assert.Equal(
            File.ReadAllText("/sys/devices/system/clocksource/clocksource0/current_clocksource").Trim(),
            _machine.ReadValue("/sys/devices/system/clocksource/clocksource0/current_clocksource").Value);
    }

    [Theory]
    [InlineData("/dev/zero", "a character device, not a regular file")]
    [InlineData("/etc", "a directory, not a regular file")]
    public void Only_regular_files_are_read(string path, string why)
    {
        Assert.Equal(FactState.Malformed, _machine.Read(path).State);
        Assert.Equal(why, _machine.Read(path).Why);
    }

    [Fact]
    public void What_the_machine_does_not_have_is_missing()
    {
        Assert.Equal(FactState.Missing, _machine.Read("/nowhere/at/all").State);
        Assert.Equal(FactState.Missing, _machine.List("/nowhere").State);
        Assert.Equal(FactState.Missing, _machine.Find("/etc/passwd/x").State);
        Assert.Equal(FactState.Missing, _machine.ReadLink("/nowhere").State);
        Assert.Equal(FactState.Unsupported, _machine.Ask(new Question("no/such/question")).State);
    }

    [Fact]
    public void A_failed_read_names_call_path_and_errno()
    {
        var fact = _machine.Read("/proc/self/mem");

        Assert.Equal(FactState.Failed, fact.State);
        Assert.Equal("read /proc/self/mem: Input/output error (errno 5)", fact.Why);
    }

    [Fact]
    public void A_link_to_zero_and_an_endless_name_end_at_once()
    {
        using var tree = new TempTree();
        tree.Link("/zero", "/dev/zero").Link("/loop", "loop");
        var start = Stopwatch.GetTimestamp();

        Assert.Equal(FactState.Malformed, _machine.Read(tree.At("/zero")).State);
        Assert.Equal("too many symbolic links", _machine.Read(tree.At("/loop")).Why);
        Assert.Equal(FactState.Malformed, _machine.Read("/" + new string('x', 1 << 20)).State);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }
}
