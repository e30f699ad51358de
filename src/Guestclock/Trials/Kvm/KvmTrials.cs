using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Trials.Kvm;

/// <summary>All properties that <c>probe</c> judges, from the host up to the guest that comes back.</summary>
public static class KvmTrials
{
    public static IReadOnlyList<Trial<KvmEvidence>> All { get; } =
    [
        new KvmUsable(),
        new HostClockSource(),
        new MasterClock(),
        new ClockPair(),
        new CpuidOfferTrial(),
        new TscFrequency(),
        new TscScaling(),
        new TscFrequencyRequests(),
        new TscOffset(),
        new PvClockStructure(),
        new PvClockAgreement(),
        new ClockMonotonic(),
        new ClockRate(),
        new WallClock(),
        new ClockPairing(),
        new Pause(),
        new RestoreWithRealtime(),
        new RestoreWithoutRealtime(),
    ];
}
