using System.Globalization;

namespace Guestclock.Formats.KernelMessages;

/// <summary>What a kernel message says of clocks.</summary>
public enum ClockMessageKind
{
    /// <summary>The kernel runs on another clock source; the subject is its name.</summary>
    Switched,

    /// <summary>The watchdog marked a clock source unstable; the subject is its name, empty where the line does not name it.</summary>
    SourceUnstable,

    /// <summary>The TSC as such was marked unstable; the subject is the reason.</summary>
    TscUnstable,

    /// <summary>A measured skew: the number is clock source - watchdog in ns, the second number the watchdog's interval in ns (0: not
    /// given).</summary>
    Skew,

    /// <summary>The interval that the watchdog (the subject) measured, in ns.</summary>
    WatchdogInterval,

    /// <summary>The interval that the watched clock source (the subject) measured, in ns.</summary>
    SourceInterval,

    /// <summary>The TSCs of CPUs differ; the number is the warp in cycles (or -1).</summary>
    TscWarp,

    /// <summary>The TSCs differed (firmware wrote TSC_ADJUST), and the kernel put that right.</summary>
    TscAdjusted,

    /// <summary>The watchdog did not judge, because reading took too long (in a guest: the virtual CPU was not running).</summary>
    WatchdogSkipped,

    /// <summary>x86-64 before 2.6.21 has no clock sources: the subject is what its clock rests on, such as <c>HPET</c> or
    /// <c>KVM</c>.</summary>
    OldTimer,
}

/// <summary>A kernel message about clocks, in any wording from 2.6.9 to 7.x.</summary>
public readonly record struct ClockMessage(ClockMessageKind Kind, string Subject, long Number = 0, long SecondNumber = 0)
{
    /// <summary>The message, or null where the line says nothing of clocks that a check needs.</summary>
    public static ClockMessage? Read(string text)
    {
        // Most lines end here: all wordings have one of these.
        if (!text.Contains("TSC", StringComparison.Ordinal) && !text.Contains("locksource", StringComparison.Ordinal)
            && !text.Contains("_nsec: ", StringComparison.Ordinal) && !text.StartsWith("time.c: Using ", StringComparison.Ordinal)
            && !text.Contains("nterval: ", StringComparison.Ordinal) && !text.Contains("lost ticks", StringComparison.Ordinal))
            return null;
        return Switch(text) ?? Unstable(text) ?? Measured(text) ?? Synchronisation(text);
    }

    private static ClockMessage? Switch(string text)
    {
        if (After(text, "Switched to clocksource ") is { Length: > 0 } now)
            return new(ClockMessageKind.Switched, Word(now));
        if (After(text, "Switching to clocksource ") is { Length: > 0 } old)
            return new(ClockMessageKind.Switched, Word(old));
        // 2.6.18 to 2.6.26.
        if (text.StartsWith("Time: ", StringComparison.Ordinal)
            && text.Contains(" clocksource has been installed", StringComparison.Ordinal))
            return new(ClockMessageKind.Switched, Word(text["Time: ".Length..]));
        if (text.StartsWith("time.c: Using ", StringComparison.Ordinal) && After(text, " GTOD ") is { Length: > 0 } timer)
            return new(ClockMessageKind.OldTimer, timer.Split(" timer")[0]);
        return null;
    }

    private static ClockMessage? Unstable(string text)
    {
        // 3.17 to 6.x, then 7.1 on.
        if (After(text, "Marking clocksource '") is { } quoted && quoted.Contains("' as unstable", StringComparison.Ordinal))
            return new(ClockMessageKind.SourceUnstable, quoted[..quoted.IndexOf('\'', StringComparison.Ordinal)]);
        if (After(text, "Marking clocksource ") is { } bare && bare.Contains(" unstable due to ", StringComparison.Ordinal))
            return new(ClockMessageKind.SourceUnstable, Word(bare));
        // 2.6.18 to 3.16; RHEL 7's 3.10 too.
        if (After(text, "Clocksource ") is { } first && After(first, " unstable (delta = ") is { } delta)
            return new(ClockMessageKind.SourceUnstable, Word(first), Leading(delta) ?? 0);
        // 5.13 on: the readings themselves took too long.
        if (text.Contains("read-back delay", StringComparison.Ordinal) && After(text, "marking ") is { } marking)
            return new(ClockMessageKind.SourceUnstable, Word(marking) is var name && name == "unstable" ? "" : name);
        if (After(text, "Marking TSC unstable due to") is { } reason)
            return new(ClockMessageKind.TscUnstable, reason.Trim(' ', ':', '.'));
        // 2.6.9 to 2.6.20: the tick found itself behind.
        if (text.Contains("TSC cannot be used as a timesource", StringComparison.Ordinal))
            return new(ClockMessageKind.TscUnstable, "lost ticks");
        return null;
    }

    private static ClockMessage? Measured(string text)
    {
        if (After(text, "' skewed ") is { } skewed)
            return new(ClockMessageKind.Skew, "", Leading(skewed) ?? 0, Leading(After(text, "interval of ") ?? "") ?? 0);
        if (Leading(After(text, "' wd_nsec: ") ?? "") is { } wd)
            return new(ClockMessageKind.WatchdogInterval, Quoted(text), wd);
        if (Leading(After(text, "' cs_nsec: ") ?? "") is { } cs)
            return new(ClockMessageKind.SourceInterval, Quoted(text), cs);
        if (Leading(After(text, " interval: ") ?? "") is { } interval)
        {
            if (After(text, "Watchdog ") is { } watchdog)
                return new(ClockMessageKind.WatchdogInterval, Word(watchdog.TrimStart()), interval);
            if (After(text, "Clocksource ") is { } source)
                return new(ClockMessageKind.SourceInterval, Word(source.TrimStart()), interval);
        }

        if (text.Contains("clock-skew test skipped", StringComparison.Ordinal)
            || text.Contains("skipping watchdog check", StringComparison.Ordinal)
            || (text.Contains("Watchdog ", StringComparison.Ordinal) && text.Contains("read timed out", StringComparison.Ordinal)))
            return new(ClockMessageKind.WatchdogSkipped, "");
        return null;
    }

    private static ClockMessage? Synchronisation(string text)
    {
        if (text.Contains(" cycles TSC warp between CPUs", StringComparison.Ordinal))
            return new(ClockMessageKind.TscWarp, "", Leading(After(text, "Measured ") ?? "") ?? -1);
        if (text.Contains("TSC warped randomly between CPUs", StringComparison.Ordinal))
            return new(ClockMessageKind.TscWarp, "", -1);
        // clocksource_verify_percpu, 5.13 to 6.x.
        if (text.Contains("for clocksource tsc", StringComparison.Ordinal)
            && (text.Contains(" ahead of CPU ", StringComparison.Ordinal) || text.Contains(" behind CPU ", StringComparison.Ordinal)))
            return new(ClockMessageKind.TscWarp, "", -1);
        // i386 before 2.6.21 and TSC_ADJUST since 4.10: found and put right.
        if (text.Contains(" usecs TSC skew, fixed it up", StringComparison.Ordinal)
            || text.Contains("TSC ADJUST compensate", StringComparison.Ordinal)
            || text.Contains("TSC ADJUST synchronize", StringComparison.Ordinal)
                || text.Contains("TSC ADJUST differs", StringComparison.Ordinal))
            return new(ClockMessageKind.TscAdjusted, "");
        return null;
    }

    private static string? After(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : text[(at + mark.Length)..];
    }

    private static string Word(string text)
    {
        var end = 0;
        while (end < text.Length && text[end] is not (' ' or '\t' or ',' or ':' or '\'' or '\n'))
            end++;
        return text[..end];
    }

    private static string Quoted(string text)
    {
        var parts = text.Split('\'');
        return parts.Length > 2 ? parts[1] : "";
    }

    /// <summary>The number at the start of the text, which a unit may follow.</summary>
    private static long? Leading(string text)
    {
        var digits = text.AsSpan().TrimStart();
        var end = digits.StartsWith("-") ? 1 : 0;
        while (end < digits.Length && char.IsAsciiDigit(digits[end]))
            end++;
        return long.TryParse(digits[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number > long.MinValue ? number : null;
    }
}
