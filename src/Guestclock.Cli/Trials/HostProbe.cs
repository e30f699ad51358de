using Guestclock.Linux.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Cli.Trials;

/// <summary>The evidence of one run of <c>probe</c> on this host.</summary>
internal static class HostProbe
{
    public static KvmEvidence Run(string device, TimeSpan limit, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report("looking at this host");
        var host = KvmHost.Identity();
        var evidence = KvmExamination.Run(device, KvmProbeOptions.Within(limit), progress, cancellationToken);
        return evidence with { Device = device, DeviceGroup = KvmHost.GroupOf(device), Host = host };
    }
}
