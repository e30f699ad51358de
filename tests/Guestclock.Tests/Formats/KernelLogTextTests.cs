using Guestclock.Formats.KernelMessages;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats;

public class KernelLogTextTests
{
    [Theory]
    [InlineData("[    0.000062] tsc: Detected 2596.132 MHz processor", 62L, "tsc: Detected 2596.132 MHz processor")]
    [InlineData("<6>[    3.500093] Clocksource tsc unstable (delta = -432097679 ns)", 3500093L,
        "Clocksource tsc unstable (delta = -432097679 ns)")]
    [InlineData("Oct 12 09:44:11 ahg kernel: [   81.145633] Clocksource tsc unstable (delta = 4687619986 ns)", 81145633L,
        "Clocksource tsc unstable (delta = 4687619986 ns)")]
    [InlineData("2026-01-02T03:04:05.678901+00:00 host kernel: [    1.000001] x", 1000001L, "x")]
    [InlineData("Nov 21 01:12:13 host kernel: Marking TSC unstable due to cpufreq changes", null,
        "Marking TSC unstable due to cpufreq changes")]
    [InlineData("kern  :warn  : [    2.000000] x: y", 2000000L, "x: y")]
    [InlineData("[   36.513464][    C0] clocksource: x", 36513464L, "clocksource: x")]
    [InlineData("[    2.000000] [Firmware Bug]: TSC doesn't count with P0 frequency!", 2000000L,
        "[Firmware Bug]: TSC doesn't count with P0 frequency!")]
    [InlineData("Linux version 2.6.18-164.el5 (mockbuild@x) #1 SMP", null, "Linux version 2.6.18-164.el5 (mockbuild@x) #1 SMP")]
    public void Reads_a_line_of_a_file(string line, long? atUs, string text) =>
        Assert.Equal([new KernelMessage(atUs, text)], KernelLogText.ParseFile(line + "\n"));

    [Fact]
    public void Leaves_out_other_programs() =>
        Assert.Empty(KernelLogText.ParseFile("Nov 21 01:12:13 host sshd[12]: Accepted\n2026-01-02T03:04:05.678901+00:00 host cron: x\n"));

    [Fact]
    public void Reads_the_answer()
    {
        var (complete, messages) =
            KernelLogText.ParseAnswer("complete=yes\n0.000000 Linux version 6.1\n12.345678 clocksource: Switched to clocksource tsc\n"
                + "no time\n");
        Assert.True(complete);
        Assert.Equal([new(0, "Linux version 6.1"), new(12345678, "clocksource: Switched to clocksource tsc"), new(null, "no time")],
            messages);
    }

    [Fact]
    public void Takes_the_last_boot()
    {
        var (hasStart, boot) =
            KernelLogText.LastBoot(KernelLogText.ParseFile("[    0.000000] Linux version 5\n[    9.000000] old\n"
                + "[    0.000000] Linux version 6\n[    1.000000] new\n"));
        Assert.True(hasStart);
        Assert.Equal(["Linux version 6", "new"], boot.Select(m => m.Text));
    }

    [Fact]
    public void Never_fails_on_any_text()
    {
        Fuzz.Text(["complete=yes\n0.000000 Linux\n1.234567 x\n"], t => KernelLogText.ParseAnswer(t));
        Fuzz.Text(["[    1.234567] x\n<4>[ 1.000000][   C7] y\nNov 21 01:12:13 h kernel: z\nkern  :warn  : [    2.000000] x\n"], t =>
            KernelLogText.LastBoot(KernelLogText.ParseFile(t)));
    }
}
