using System.Runtime.InteropServices;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Watching;

/// <summary>The sources that settings name.</summary>
public static class GuestSources
{
    private const string UsualLibvirt = "qemu:///system";

    public static IReadOnlyList<IGuestSource> Of(WatchSettings settings, Action<WatchInput> tell) =>
    [
        .. Libvirt(settings).Select(uri => new LibvirtSource(uri, HostClock.Instance, detail => tell(new SourceSaid($"libvirt {uri}", detail is not null, detail ?? "") { IsWhole = true }))),
        .. settings.Qmp.Select(pattern => new QmpSource(pattern, HostClock.Instance, settings.Agent?.Replace("{guest}", "*", StringComparison.Ordinal), settings.HoldAgentChannel)
        {
            OnTrouble = detail => tell(new SourceSaid($"QMP {pattern}", true, detail)),
        }),
    ];

    private static IReadOnlyList<string> Libvirt(WatchSettings settings) =>
        settings.Libvirt ?? (settings.Qmp.Count == 0 && HasLibvirt() ? [UsualLibvirt] : []);

    private static bool HasLibvirt() => NativeLibrary.TryLoad("libvirt.so.0", out _);
}
