using Guestclock.Facts;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Tests.Kvm;

/// <summary>The facts of an examination that need the device.</summary>
internal static class KvmFactsOf
{
    public static IReadOnlyList<(string Name, IFact Fact)> All(KvmEvidence evidence) =>
    [
        (nameof(evidence.Kvm.ApiVersion), evidence.Kvm.ApiVersion),
        .. Guests(evidence),
    ];

    /// <summary>Those that need a guest that runs, or that KVM is opened at all.</summary>
    public static IReadOnlyList<(string Name, IFact Fact)> Guests(KvmEvidence evidence) =>
    [
        (nameof(evidence.Cpuid), evidence.Cpuid),
        (nameof(evidence.Pages), evidence.Pages),
        (nameof(evidence.ClockPairing), evidence.ClockPairing),
        (nameof(evidence.Warp), evidence.Warp),
        (nameof(evidence.Rate), evidence.Rate),
        (nameof(evidence.Stop), evidence.Stop),
        (nameof(evidence.RestoreWithRealtime), evidence.RestoreWithRealtime),
        (nameof(evidence.RestoreWithoutRealtime), evidence.RestoreWithoutRealtime),
        (nameof(evidence.TscOffset), evidence.TscOffset),
        (nameof(evidence.TscRates), evidence.TscRates),
        (nameof(evidence.WallClock), evidence.WallClock),
    ];
}
