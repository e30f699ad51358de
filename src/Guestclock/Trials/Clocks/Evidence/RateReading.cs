namespace Guestclock.Trials.Clocks.Evidence;

/// <summary>The rate of one clock against CLOCK_MONOTONIC_RAW, from brackets at both ends.</summary>
/// <param name="ErrorPpm">(clock − reference) / reference; positive: the clock is fast.</param>
/// <param name="BoundPpm">The true value lies within ± this.</param>
public sealed record RateReading(long SpanNs, double ErrorPpm, double BoundPpm)
{
    /// <summary>What the kernel's own steering made of it (adjtimex: frequency and tick), the least seen in the run; null where it is not known.</summary>
    public double? LeastExpectedPpm { get; init; }

    /// <summary>The most seen in the run.</summary>
    public double? MostExpectedPpm { get; init; }
}

/// <summary>The frequency of the CPU's counter against CLOCK_MONOTONIC_RAW.</summary>
/// <param name="BoundKhz">The true value lies within ± this.</param>
/// <param name="NominalKhz">What the kernel, CPUID or the host (by kvm-clock) states, in whole kHz; null where none does.</param>
public sealed record TscRate(long SpanNs, double Khz, double BoundKhz, long? NominalKhz);
