namespace Guestclock.Facts;

/// <summary>What the host's KVM device says of itself, asked by ioctls.</summary>
public sealed record KvmFacts
{
    /// <summary>The API version, 12 for every KVM since 2.6.22; unknown with the reason where the device cannot be used.</summary>
    public Fact<long> ApiVersion { get; init; } = Fact<long>.None;

    /// <summary>True when a virtual machine with one virtual CPU could be made; else failed, with the call and its error.</summary>
    public Fact<bool> MakesMachines { get; init; } = Fact<bool>.None;

    /// <summary>Flags and pair of KVM_GET_CLOCK after a vCPU was made and the clock was set once.</summary>
    public Fact<KvmClock> Clock { get; init; } = Fact<KvmClock>.None;

    /// <summary>KVM_CAP_ADJUST_CLOCK: the flags that this kernel knows (14 since 5.16, 2 or less before).</summary>
    public Fact<long> KnownClockFlags { get; init; } = Fact<long>.None;

    /// <summary>KVM_GET_TSC_KHZ of a fresh vCPU.</summary>
    public Fact<long> TscKhz { get; init; } = Fact<long>.None;

    /// <summary>KVM_CAP_TSC_CONTROL: the CPU scales a guest's TSC in hardware.</summary>
    public Fact<bool> TscScaling { get; init; } = Fact<bool>.None;

    /// <summary>Answers of KVM_CHECK_EXTENSION by the capability's number in linux/kvm.h.</summary>
    public Fact<IReadOnlyDictionary<string, long>> Capabilities { get; init; } = Fact<IReadOnlyDictionary<string, long>>.None;

    /// <summary>Parameters below /sys/module/kvm, kvm_intel and kvm_amd that touch time, as <c>kvm.NAME</c>.</summary>
    public Fact<IReadOnlyDictionary<string, string>> Parameters { get; init; } = Fact<IReadOnlyDictionary<string, string>>.None;
}

/// <summary>struct kvm_clock_data of linux/kvm.h.</summary>
/// <param name="Flags">2 stable, 4 realtime valid, 8 host TSC valid.</param>
public sealed record KvmClock(long ClockNs, int Flags, long RealtimeNs, ulong HostTsc)
{
    public bool IsStable => (Flags & 2) != 0;

    public bool HasRealtime => (Flags & 4) != 0;

    public bool HasHostTsc => (Flags & 8) != 0;
}
