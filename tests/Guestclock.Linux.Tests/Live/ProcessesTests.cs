using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;

namespace Guestclock.Linux.Tests.Live;

public sealed class ProcessesTests : IDisposable
{
    private readonly TempTree _proc = new();

    public void Dispose() => _proc.Dispose();

    [Fact]
    public void Only_those_that_matter_are_told_with_their_arguments()
    {
        Process(1, "systemd", "/sbin/init\0").Process(20, "chronyd", "/usr/sbin/chronyd\0-F\0" + "1\0")
            .Process(30, "qemu-system-x86", "qemu\0-name\0a\tb\n\0")
            .Process(40, "ntpd", "ntpd\0", state: 'Z').Process(50, "kthread", "");
        _proc.File("uptime", "1 2").File("60/nothing", "");

        Assert.Equal("20\tchronyd\t/usr/sbin/chronyd\t-F\t1\n30\tqemu-system-x86\tqemu\t-name\ta b \n", Text());
    }

    [Theory]
    [InlineData("pid:[1]", "user:[1]", "0000000000000000", true)]
    [InlineData("pid:[2]", "user:[1]", "000001ffffffffff", true)]
    [InlineData("pid:[2]", "user:[1]", "00000000a80425fb", false)]
    [InlineData("pid:[1]", "user:[2]", "000001ffffffffff", false)]
    public void A_container_that_cannot_set_the_clock_runs_no_time_service(string pid, string user, string capabilities, bool isTold)
    {
        _proc.Link("self/ns/pid", "pid:[1]").Link("self/ns/user", "user:[1]").Link("7/ns/pid", pid).Link("7/ns/user", user)
            .File("7/status", $"Name:\tchronyd\nCapEff:\t{capabilities}\nSeccomp:\t0\n");
        Process(1, "init", "").Process(7, "chronyd", "chronyd\0");

        Assert.Equal(isTold ? "7\tchronyd\tchronyd\n" : "", Text());
    }

    [Fact]
    public void Without_proc_nothing_is_known() =>
        Assert.Equal(FactState.Missing, new Processes(_proc.At("none")).Answer(new Question(Questions.Processes)).State);

    private ProcessesTests Process(int pid, string command, string arguments, char state = 'S')
    {
        _proc.File($"{pid}/comm", command + "\n").File($"{pid}/cmdline", arguments).File($"{pid}/stat", $"{pid} (a) b) {state} 1 1");
        return this;
    }

    private string Text() =>
        System.Text.Encoding.UTF8.GetString(new Processes(_proc.Root).Answer(new Question(Questions.Processes)).Value!);
}
