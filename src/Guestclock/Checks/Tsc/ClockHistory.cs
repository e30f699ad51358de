using Guestclock.Facts;
using Guestclock.Formats.KernelMessages;
using Guestclock.Units;

namespace Guestclock.Checks.Tsc;

/// <summary>One time that the kernel marked a clock source unstable.</summary>
/// <param name="Source"><c>tsc</c>, <c>tsc-early</c>, <c>hpet</c> …; the TSC where the message does not name another.</param>
/// <param name="Reason">The kernel's reason: <c>clocksource watchdog</c>, <c>check_tsc_sync_source failed</c>, <c>boot parameter</c>
/// …</param>
public sealed record UnstableMark(string Source, string Reason, KernelLogLine Line)
{
    /// <summary>Clock source - watchdog over one interval; null where the message does not tell.</summary>
    public Nanoseconds? Skew { get; init; }

    /// <summary>The interval over which the skew grew; null where the message does not tell.</summary>
    public Nanoseconds? Interval { get; init; }

    /// <summary>The clock source that it was compared with, as far as the message names it.</summary>
    public string? Watchdog { get; init; }

    public bool IsTsc => Source is "tsc" or "tsc-early" or "";

    /// <summary>True when a boot parameter asked for it, so that it says nothing of the hardware.</summary>
    public bool IsRequested => Reason.StartsWith("boot parameter", StringComparison.Ordinal);
}

/// <summary>A change of the current clock source.</summary>
public sealed record SourceSwitch(string To, KernelLogLine Line);

/// <summary>What the kernel log tells of clock sources, in the order of its lines.</summary>
public sealed class ClockHistory
{
    /// <summary>How many lines the details of a mark may stand behind it.</summary>
    private const int DetailLines = 12;

    private readonly List<UnstableMark> _marks = [];
    private readonly List<SourceSwitch> _switches = [];
    private readonly List<(ClockMessage Message, KernelLogLine Line)> _others = [];

    /// <summary>Everything since boot is in the log, so that what is absent did not happen.</summary>
    public required bool Complete { get; init; }

    public IReadOnlyList<UnstableMark> Marks => _marks;

    public IReadOnlyList<SourceSwitch> Switches => _switches;

    public static ClockHistory Of(KernelLog log)
    {
        var history = new ClockHistory { Complete = log.Complete };
        var since = DetailLines;
        foreach (var line in log.Lines)
        {
            since++;
            if (ClockMessage.Read(line.Text) is not { } message)
                continue;
            if (message.Kind is ClockMessageKind.SourceUnstable
                || (message.Kind is ClockMessageKind.TscUnstable && !history.Confirms(message, since)))
                since = 0;
            history.Add(message, line, since);
        }

        return history;
    }

    /// <summary>The lines of other kinds: warps, corrections, old timers, skipped checks.</summary>
    public IEnumerable<(ClockMessage Message, KernelLogLine Line)> Of(ClockMessageKind kind) => _others.Where(o => o.Message.Kind == kind);

    /// <summary>The last mark of the TSC that no boot parameter asked for, else the last requested one, else null.</summary>
    public UnstableMark? TscMark => _marks.LastOrDefault(m => m.IsTsc && !m.IsRequested) ?? _marks.LastOrDefault(m => m.IsTsc);

    /// <summary>A line as evidence: its time since boot and its text.</summary>
    public static string Quote(KernelLogLine line) => line.AtUs is { } at ? $"{at / 1e6:0.000} s after boot: {line.Text.Trim()}"
        : line.Text.Trim();

    /// <summary>Evidence of a mark: its line and the measured skew.</summary>
    public static IReadOnlyList<EvidenceItem> Evidence(UnstableMark mark, IFact log)
    {
        var items = new List<EvidenceItem> { new("kernel log", Quote(mark.Line), log.Source) };
        if (mark.Skew is { } skew)
        {
            var rate = mark.Interval is { Value: > 0 } interval ? $" in {interval} ({1e6 * skew.Value / interval.Value:+0;-0} ppm)" : "";
            items.Add(new("measured skew", $"{skew}{rate}{(mark.Watchdog is { Length: > 0 } w ? $" against {w}" : "")}", log.Source));
        }

        return items;
    }

    /// <summary>"Marking TSC unstable due to clocksource watchdog" follows the watchdog's own line and is the same event.</summary>
    private bool Confirms(ClockMessage message, int since) =>
        message.Subject == "clocksource watchdog" && since <= DetailLines && _marks.Count > 0 && _marks[^1].IsTsc;

    private void Add(ClockMessage message, KernelLogLine line, int since)
    {
        switch (message.Kind)
        {
            case ClockMessageKind.Switched:
                _switches.Add(new(message.Subject, line));
                break;
            case ClockMessageKind.SourceUnstable:
                _marks.Add(new(message.Subject, "clocksource watchdog", line) { Skew = message.Number == 0 ? null : new(message.Number) });
                break;
            case ClockMessageKind.TscUnstable when since == 0:
                _marks.Add(new("tsc", message.Subject, line));
                break;
            case ClockMessageKind.Skew or ClockMessageKind.WatchdogInterval or ClockMessageKind.SourceInterval when since <= DetailLines
                && _marks.Count > 0:
                _marks[^1] = Detailed(_marks[^1], message);
                break;
            default:
                _others.Add((message, line));
                break;
        }
    }

    private static UnstableMark Detailed(UnstableMark mark, ClockMessage message) => message.Kind switch
    {
        ClockMessageKind.WatchdogInterval when mark.Interval is null => mark
            with
        { Interval = new(message.Number), Watchdog = message.Subject },
        ClockMessageKind.SourceInterval when mark is { Skew: null, Interval: { } wd } && Difference(message.Number, wd.Value) is { } skew =>
            mark with { Skew = new(skew) },
        ClockMessageKind.Skew => mark
            with
        { Skew = new(message.Number), Interval = message.SecondNumber > 0 ? new(message.SecondNumber) : mark.Interval },
        _ => mark,
    };

    private static long? Difference(long a, long b)
    {
        var difference = (Int128)a - b;
        return difference > long.MinValue && difference <= long.MaxValue ? (long)difference : null;
    }
}
