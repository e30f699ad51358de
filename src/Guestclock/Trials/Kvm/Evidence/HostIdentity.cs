using Guestclock.Facts;

namespace Guestclock.Trials.Kvm.Evidence;

/// <summary>Which host this is.</summary>
public sealed record HostIdentity
{
    public Fact<string> Hostname { get; init; } = Fact<string>.None;

    public Fact<string> KernelRelease { get; init; } = Fact<string>.None;

    public Fact<string> CpuModel { get; init; } = Fact<string>.None;

    public Fact<string> ClockSource { get; init; } = Fact<string>.None;
}
