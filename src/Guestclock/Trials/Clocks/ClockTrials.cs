namespace Guestclock.Trials.Clocks;

/// <summary>Every property that <c>guestclock test</c> tests, in the order in which it is reported. Ids are frozen.</summary>
public static class ClockTrials
{
    public static IReadOnlyList<ClockTrial> All { get; } =
    [
        new ClocksMonotonic(),
        new ClocksMonotonicAcrossCpus(),
        new TscSynchronized(),
        new Resolution(),
        new ReadCost(),
        new ReadsUnderLoad(),
        new MonotonicRate(),
        new TscRateTrial(),
        new KvmClockRate(),
        new TimerLatenessTrial(),
        new Stalls(),
        new Steal(),
        new RtcRateTrial(),
    ];
}
