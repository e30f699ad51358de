namespace Guestclock.Trials.Clocks;

/// <summary>What is measured; each part takes its share of the time.</summary>
[Flags]
public enum ClockParts
{
    None = 0,

    /// <summary>Every clock read on all CPUs at the same time.</summary>
    Steps = 1,

    /// <summary>What a read costs, alone and with all CPUs reading.</summary>
    Costs = 2,

    /// <summary>Clocks against CLOCK_MONOTONIC_RAW from the beginning of the run to its end.</summary>
    Rates = 4,

    /// <summary>Sleeping until an instant.</summary>
    Timers = 8,

    /// <summary>Gaps of readers that do nothing else, and steal over the same time.</summary>
    Stalls = 16,

    /// <summary>The RTC's update edges.</summary>
    Rtc = 32,

    All = Steps | Costs | Rates | Timers | Stalls | Rtc,
}
