using Guestclock.Units;

namespace Guestclock.Checks;

/// <summary>Thresholds and waivers. The defaults suit TLS, tokens, backups and databases; a policy file sets others.</summary>
public sealed record Policy
{
    public static Policy Default { get; } = new();

    /// <summary><c>offset-warning</c>: |system clock - its reference| above which clock-synchronized warns.</summary>
    public Nanoseconds OffsetWarning { get; init; } = Nanoseconds.FromMilliseconds(10);

    /// <summary><c>offset-critical</c>.</summary>
    public Nanoseconds OffsetCritical { get; init; } = Nanoseconds.FromMilliseconds(500);

    /// <summary><c>root-distance-warning</c>: bound of the error (root delay / 2 + root dispersion + offset).</summary>
    public Nanoseconds RootDistanceWarning { get; init; } = Nanoseconds.FromMilliseconds(200);

    /// <summary><c>root-distance-critical</c>.</summary>
    public Nanoseconds RootDistanceCritical { get; init; } = Nanoseconds.FromMilliseconds(1500);

    /// <summary><c>minimum-sources</c>: usable time sources below which time-sources-reachable warns.</summary>
    public int MinimumSources { get; init; } = 1;

    /// <summary><c>steal-warning</c>: percent of CPU time stolen since boot.</summary>
    public double StealWarningPercent { get; init; } = 10;

    /// <summary><c>steal-critical</c>.</summary>
    public double StealCriticalPercent { get; init; } = 40;

    /// <summary><c>rtc-offset-warning</c>: |RTC - system clock|.</summary>
    public Nanoseconds RtcOffsetWarning { get; init; } = Nanoseconds.FromMilliseconds(5000);

    /// <summary><c>phc-offset-warning</c>: |PHC - system clock| beyond the reading's bound.</summary>
    public Nanoseconds PhcOffsetWarning { get; init; } = Nanoseconds.FromMilliseconds(10);

    /// <summary><c>phc-offset-critical</c>.</summary>
    public Nanoseconds PhcOffsetCritical { get; init; } = Nanoseconds.FromMilliseconds(500);

    /// <summary><c>read-cost-warning</c>: what one read of the system's clock may cost.</summary>
    public Nanoseconds ReadCostWarning { get; init; } = new(1_000);

    /// <summary><c>rate-warning</c>: |rate error| of a clock in parts per million.</summary>
    public double RateWarningPpm { get; init; } = 100;

    /// <summary><c>timer-lateness-warning</c>: how late one timer in a hundred may be.</summary>
    public Nanoseconds TimerLatenessWarning { get; init; } = Nanoseconds.FromMilliseconds(1);

    /// <summary><c>stall-warning</c>: for how long a CPU may stand still although no other program of the machine runs on it.</summary>
    public Nanoseconds StallWarning { get; init; } = Nanoseconds.FromMilliseconds(10);

    public IReadOnlyList<Waiver> Waivers { get; init; } = [];
}

/// <summary>An exception for one check: it needs a reason and an end, so that it cannot be forgotten.</summary>
/// <param name="Until">The last day on which it holds (UTC).</param>
public sealed record Waiver(string CheckId, string Reason, DateOnly Until);
