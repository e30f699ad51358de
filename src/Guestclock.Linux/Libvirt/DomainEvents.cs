using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>The events of all domains of one connection, as they come.</summary>
internal sealed unsafe class DomainEvents(ConnectionHandle connection)
{
    // VIR_DOMAIN_EVENT_ID_… of libvirt-domain.h.
    private const int Lifecycle = 0;
    private const int Reboot = 1;
    private const int RtcChange = 2;
    private const int AgentLifecycle = 18;

    private readonly List<int> _registered = [];

    /// <summary>Blocks as long as the daemon does.</summary>
    /// <param name="writer">Events go there from libvirt's thread; one that does not fit is lost, so it should be unbounded.</param>
    /// <exception cref="AgentException">The daemon refuses.</exception>
    public void Subscribe(ChannelWriter<GuestEvent> writer)
    {
        Register(Lifecycle, (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, int>)&OnLifecycle, writer);
        Register(Reboot, (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnReboot, writer);
        Register(RtcChange, (nint)(delegate* unmanaged[Cdecl]<nint, nint, long, nint, void>)&OnRtcChange, writer);
        Register(AgentLifecycle, (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void>)&OnAgent, writer);
    }

    /// <summary>Blocks as long as the daemon does.</summary>
    public void Unsubscribe()
    {
        foreach (var id in _registered)
            _ = LibvirtApi.DeregisterEvent(connection, id);
    }

    private void Register(int eventId, nint callback, ChannelWriter<GuestEvent> writer)
    {
        var data = GCHandle.ToIntPtr(GCHandle.Alloc(writer));
        var id = LibvirtApi.RegisterEvent(connection, 0, eventId, callback, data, &Callbacks.Free);
        if (id >= 0)
        {
            _registered.Add(id);
            return;
        }

        Callbacks.FreeNow(data);
        if (eventId == Lifecycle)
            throw LibvirtFailure.ToException(LibvirtError.Last());
    }

    private static void Tell(nint data, nint domain, GuestEventKind kind, string detail)
    {
        if (Marshal.PtrToStringUTF8(LibvirtApi.NameOf(domain)) is { Length: > 0 } name)
            Callbacks.Target<ChannelWriter<GuestEvent>>(data)?.TryWrite(new(name, kind, HostClock.Instance.MonotonicNs, detail));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnLifecycle(nint _, nint domain, int type, int detail, nint data)
    {
        if (DomainEvent.OfLifecycle(type, detail) is var (kind, words))
            Tell(data, domain, kind, words);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnReboot(nint _, nint domain, nint data) => Tell(data, domain, GuestEventKind.Reset, "reset");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRtcChange(nint _, nint domain, long offsetSeconds, nint data) =>
        Tell(data, domain, GuestEventKind.RtcChanged, $"its RTC is now {offsetSeconds} s from what it was started with");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnAgent(nint _, nint domain, int state, int reason, nint data)
    {
        if (DomainEvent.OfAgent(state) is { } kind)
            Tell(data, domain, kind, "agent connected");
    }
}
