using System.Buffers;
using System.Text;

namespace Guestclock.Linux.Recording;

/// <summary>The lines of the kernel log that are about time, CPUs and the hypervisor; the others are left out, they are none of our business.</summary>
internal static class TimeLines
{
    // A line is kept when it holds one of them, in any case.
    private static readonly SearchValues<string> Topics = SearchValues.Create(
    [
        "clock", "tsc", "hpet", "pm-timer", "pm timer", "timer", "time", "rtc", "ptp", "pps", "ntp", "leap", "hypervisor", "paravirt",
        "linux version", "command line", "kernel parameter", "calibrat", "lpj", "bogomips", "jiff", "cpu", "idle", "watchdog", "skew", "warp", "synchroni",
        "xen", "hyper-v", "hyperv", "hv_", "kvm", "vmware", "virtualbox", "qemu", "vmclock", "vmgenid", "smpboot", "marking", "switch", "dmi:",
        "mhz", "apic", "steal", "microcode", "suspend", "resume",
    ], StringComparison.OrdinalIgnoreCase);

    /// <summary>The answer to the question <c>kernel-log</c> with these lines only, secrets taken out of command lines.</summary>
    public static string Keep(string log)
    {
        var end = log.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? log : string.Concat(log.AsSpan(0, end + 1), Keep(log[(end + 1)..], static _ => true));
    }

    /// <summary>The same of a file below /var/log; where other programs write too, of the kernel's lines only.</summary>
    public static string KeepOfLog(string text, string fileName) =>
        fileName.StartsWith("dmesg", StringComparison.Ordinal) || fileName.StartsWith("boot", StringComparison.Ordinal)
            ? Keep(text, static _ => true)
            : Keep(text, static line => line.Contains(" kernel", StringComparison.Ordinal));

    private static string Keep(string log, Func<string, bool> isKernels)
    {
        var to = new StringBuilder(log.Length);
        for (var start = 0; start < log.Length;)
        {
            var end = log.IndexOf('\n', start);
            end = end < 0 ? log.Length : end + 1;
            var line = log.AsSpan(start, end - start);
            if (line.ContainsAny(Topics) && line.ToString() is var kept && isKernels(kept))
                to.Append(MayHoldSecret(line) ? SecretsInText.Redact(kept) : kept);
            start = end;
        }

        return to.ToString();
    }

    private static bool MayHoldSecret(ReadOnlySpan<char> line) => line.ContainsAny('=', '@') || line.Contains("--", StringComparison.Ordinal);
}
