using System.Text;

namespace Guestclock.Linux.Recording;

/// <summary>The lines of the kernel log that are about time, CPUs and the hypervisor; the others are left out, they are none of our
/// business.</summary>
internal static class TimeLines
{
    // A line is kept when it holds one of them, in any case; here all lower case.
    private static readonly string[] Topics =
    [
        "clock", "tsc", "hpet", "pm-timer", "pm timer", "timer", "time", "rtc", "ptp", "pps", "ntp", "leap", "hypervisor", "paravirt",
        "linux version", "command line", "kernel parameter", "calibrat", "lpj", "bogomips", "jiff", "cpu", "idle", "watchdog",
        "skew", "warp", "synchroni", "stable", "tick", "wd_nsec", "cs_nsec", "acpi_pm",
        "xen", "hyper-v", "hyperv", "hv_", "kvm", "vmware", "virtualbox", "qemu", "vmclock", "vmgenid", "smpboot", "marking", "switch",
        "dmi:", "mhz", "apic", "steal", "microcode", "suspend", "resume",
    ];

    private static readonly string[]?[] TopicsByFirstLetter = ByFirstLetter();

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
            if (IsAboutTime(line) && line.ToString() is var kept && isKernels(kept))
                to.Append(MayHoldSecret(line) ? SecretsInText.Redact(kept) : kept);
            start = end;
        }

        return to.ToString();
    }

    private static bool MayHoldSecret(ReadOnlySpan<char> line) =>
        line.ContainsAny('=', '@') || line.Contains("--", StringComparison.Ordinal);

    /// <summary>A plain loop: a search for many strings at once costs the start of the program more than all the searching here.</summary>
    private static bool IsAboutTime(ReadOnlySpan<char> line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] >= TopicsByFirstLetter.Length || TopicsByFirstLetter[line[i]] is not { } topics)
                continue;
            foreach (var topic in topics)
            {
                if (StartsWith(line[i..], topic))
                    return true;
            }
        }

        return false;
    }

    private static bool StartsWith(ReadOnlySpan<char> text, string topic)
    {
        if (text.Length < topic.Length)
            return false;
        for (var i = 1; i < topic.Length; i++)
        {
            var c = text[i];
            if ((c is >= 'A' and <= 'Z' ? c | 0x20 : c) != topic[i])
                return false;
        }

        return true;
    }

    private static string[]?[] ByFirstLetter()
    {
        var table = new string[]?[128];
        foreach (var topic in Topics)
        {
            foreach (var letter in (char[])[topic[0], char.ToUpperInvariant(topic[0])])
                table[letter] = [.. table[letter] ?? [], topic];
        }

        return table;
    }
}
