using System.Diagnostics;
using Guestclock.Protocols.Ptp;

namespace Guestclock.Linux.Tests.Live;

/// <summary>Compares request numbers and offsets with the kernel's own header, by a small C program.</summary>
public class PtpHeaderTests
{
    private const string Program = """
        #include <stddef.h>
        #include <stdio.h>
        #include <linux/ptp_clock.h>
        #define P(name, value) printf(name "=%lu\n", (unsigned long)(value))
        int main(void)
        {
            P("GetCaps", PTP_CLOCK_GETCAPS); P("SysOffset", PTP_SYS_OFFSET); P("SysOffsetPrecise", PTP_SYS_OFFSET_PRECISE);
            P("SysOffsetExtended", PTP_SYS_OFFSET_EXTENDED); P("MaxSamples", PTP_MAX_SAMPLES);
            P("caps", sizeof(struct ptp_clock_caps)); P("caps.cross", offsetof(struct ptp_clock_caps, cross_timestamping));
            P("time", sizeof(struct ptp_clock_time)); P("time.nsec", offsetof(struct ptp_clock_time, nsec));
            P("plain", sizeof(struct ptp_sys_offset)); P("plain.ts", offsetof(struct ptp_sys_offset, ts));
            P("extended", sizeof(struct ptp_sys_offset_extended)); P("extended.ts", offsetof(struct ptp_sys_offset_extended, ts));
            P("precise", sizeof(struct ptp_sys_offset_precise)); P("precise.realtime", offsetof(struct ptp_sys_offset_precise, sys_realtime));
            return 0;
        }
        """;

    [Fact]
    public void Numbers_are_those_of_the_header()
    {
        var found = Compile();
        var ours = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["GetCaps"] = PtpIoctl.GetCaps,
            ["SysOffset"] = PtpIoctl.SysOffset,
            ["SysOffsetPrecise"] = PtpIoctl.SysOffsetPrecise,
            ["SysOffsetExtended"] = PtpIoctl.SysOffsetExtended,
            ["MaxSamples"] = PtpIoctl.MaxSamples,
            ["caps"] = PtpCaps.Size,
            ["caps.cross"] = 24,
            ["time"] = PtpClockTime.Size,
            ["time.nsec"] = 8,
            ["plain"] = PtpSysOffset.Size,
            ["plain.ts"] = 16,
            ["extended"] = PtpSysOffsetExtended.Size,
            ["extended.ts"] = 16,
            ["precise"] = PtpSysOffsetPrecise.Size,
            ["precise.realtime"] = 16,
        };
        Assert.Equal(ours.OrderBy(p => p.Key, StringComparer.Ordinal), found.OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    private static Dictionary<string, long> Compile()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc"), "gcc is not installed");
        Assert.SkipUnless(File.Exists("/usr/include/linux/ptp_clock.h"), "the kernel's headers are not installed");
        var folder = Directory.CreateTempSubdirectory("guestclock-ptp");
        try
        {
            var source = Path.Combine(folder.FullName, "ptp.c");
            var program = Path.Combine(folder.FullName, "ptp");
            File.WriteAllText(source, Program);
            Assert.Equal("", Run("/usr/bin/gcc", "-o", program, source));
            return Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('='))
                .ToDictionary(p => p[0], p => long.Parse(p[1]), StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false
        })!;
        var text = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(30_000) && process.ExitCode == 0, $"{program} failed");
        return text;
    }
}
