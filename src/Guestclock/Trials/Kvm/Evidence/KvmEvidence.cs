using Guestclock.Facts;
using Guestclock.Protocols.PvClock;

namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>What KVM told and what its guests of a few instructions saw. A fact that could not be had says why; it hides no other.</summary>
public sealed record KvmEvidence
{
    public const string DefaultDevice = "/dev/kvm";

    /// <summary>The path of the device that was asked.</summary>
    public string Device { get; init; } = DefaultDevice;

    /// <summary>The group that the device belongs to.</summary>
    public Fact<string> DeviceGroup { get; init; } = Fact<string>.None;

    /// <summary>API, capabilities, clock flags, TSC frequency and scaling, as <c>check</c> reads them too.</summary>
    public KvmFacts Kvm { get; init; } = new();

    /// <summary>The kernel of this host, its clock source and its CPU model; of use when the result is kept and compared with another host's.</summary>
    public HostIdentity Host { get; init; } = new();

    /// <summary>kvm module parameter <c>tsc_tolerance_ppm</c> (250 by default).</summary>
    public Fact<long> TscTolerancePpm { get; init; } = Fact<long>.None;

    /// <summary>What KVM_GET_SUPPORTED_CPUID offers a guest, as far as it concerns time.</summary>
    public Fact<CpuidOffer> Cpuid { get; init; } = Fact<CpuidOffer>.None;

    /// <summary>The structure that each vCPU was given, in the order of the vCPUs.</summary>
    public Fact<IReadOnlyList<PvClockPage>> Pages { get; init; } = Fact<IReadOnlyList<PvClockPage>>.None;

    public Fact<PairingEvidence> ClockPairing { get; init; } = Fact<PairingEvidence>.None;

    public Fact<WarpEvidence> Warp { get; init; } = Fact<WarpEvidence>.None;

    public Fact<RateEvidence> Rate { get; init; } = Fact<RateEvidence>.None;

    public Fact<StopEvidence> Stop { get; init; } = Fact<StopEvidence>.None;

    /// <summary>Restored with KVM_CLOCK_REALTIME: the time that passed is added.</summary>
    public Fact<RestoreEvidence> RestoreWithRealtime { get; init; } = Fact<RestoreEvidence>.None;

    /// <summary>Restored with flags 0, as QEMU does: the clock goes on where it was saved.</summary>
    public Fact<RestoreEvidence> RestoreWithoutRealtime { get; init; } = Fact<RestoreEvidence>.None;

    public Fact<TscOffsetEvidence> TscOffset { get; init; } = Fact<TscOffsetEvidence>.None;

    /// <summary>Requests of KVM_SET_TSC_KHZ and what came of them, from near the host's rate to far from it.</summary>
    public Fact<IReadOnlyList<TscRateRequest>> TscRates { get; init; } = Fact<IReadOnlyList<TscRateRequest>>.None;

    public Fact<WallClockEvidence> WallClock { get; init; } = Fact<WallClockEvidence>.None;

    /// <summary>KVM answers as programs expect, and makes virtual machines.</summary>
    public bool IsUsable => Kvm.ApiVersion.IsKnown && Kvm.MakesMachines.Or(false);
}
