using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Libvirt;

/// <summary>A connection to libvirt that may change things. It notices when the daemon is gone or answers no more.</summary>
public sealed class LibvirtConnection : IDisposable
{
    /// <summary>The machine's own domains of QEMU.</summary>
    public const string DefaultUri = "qemu:///system";

    private const int MaxGuests = 10_000;
    private const int MaxXmlBytes = 4 << 20;
    private const int KeepAliveSeconds = 5;
    private const uint KeepAliveCount = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly ConcurrentBag<DomainEvents> _events = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LibvirtConnection(ConnectionHandle handle) => Handle = handle;

    /// <summary>Completed when the connection was lost. Drivers that run in this process (<c>test:</c>) never lose it.</summary>
    public Task Closed => _closed.Task;

    internal ConnectionHandle Handle { get; }

    /// <exception cref="AgentException">There is no such daemon, or we may not, or it does not answer.</exception>
    public static Task<LibvirtConnection> OpenAsync(string uri, CancellationToken cancellationToken) =>
        BoundedAsync(() => Open(uri), late => late.Dispose(), cancellationToken);

    /// <summary>All domains, also those that do not run.</summary>
    /// <exception cref="AgentException">The daemon is gone or does not answer.</exception>
    public Task<IReadOnlyList<LibvirtGuest>> ListAsync(CancellationToken cancellationToken) => BoundedAsync(List, _ => { }, cancellationToken);

    /// <summary>The definition that a domain runs with.</summary>
    /// <exception cref="AgentException">There is no such domain, or the daemon does not answer.</exception>
    public Task<string> XmlAsync(string guest, CancellationToken cancellationToken) => BoundedAsync(() =>
    {
        using var domain = LookUp(guest);
        return XmlOf(domain);
    }, _ => { }, cancellationToken);

    /// <summary>Has the events of all domains written to a queue, until this connection is disposed of.</summary>
    /// <exception cref="AgentException">The daemon is gone, does not answer or refuses.</exception>
    internal Task SubscribeAsync(ChannelWriter<GuestEvent> writer, CancellationToken cancellationToken) => BoundedAsync(() =>
    {
        var events = new DomainEvents(Handle);
        _events.Add(events);
        events.Subscribe(writer);
        return events;
    }, _ => { }, cancellationToken);

    /// <summary>Closes it aside: the daemon is told, and that may take as long as it hangs.</summary>
    public void Dispose()
    {
        _closed.TrySetResult();
        OwnThread.Forget(OwnThread.Run(() =>
        {
            foreach (var events in _events)
                events.Unsubscribe();
            unsafe
            {
                _ = LibvirtApi.UnregisterClose(Handle, &OnClosed);
            }

            Handle.Dispose();
            return true;
        }, isNeeded: true));
    }

    /// <exception cref="AgentException">There is none.</exception>
    internal DomainHandle LookUp(string guest)
    {
        var domain = LibvirtApi.LookUpByName(Handle, guest);
        return domain.IsInvalid ? throw LibvirtFailure.ToException(LibvirtError.Last()) : domain;
    }

    internal static string XmlOf(DomainHandle domain)
    {
        var xml = LibvirtCalls.XmlOf(domain, MaxXmlBytes) ?? throw LibvirtFailure.ToException(LibvirtError.Last());
        return Encoding.UTF8.GetString(xml);
    }

    private static unsafe LibvirtConnection Open(string uri)
    {
        LibvirtLoop.Need();
        var handle = LibvirtApi.Open(uri);
        if (handle.IsInvalid)
            throw LibvirtFailure.ToException(LibvirtError.Last());
        var connection = new LibvirtConnection(handle);
        // Drivers without a daemon refuse both, and need neither.
        _ = LibvirtApi.SetKeepAlive(handle, KeepAliveSeconds, KeepAliveCount);
        var self = GCHandle.ToIntPtr(GCHandle.Alloc(connection._closed));
        if (LibvirtApi.RegisterClose(handle, &OnClosed, self, &Callbacks.Free) < 0)
            Callbacks.FreeNow(self);
        return connection;
    }

    private IReadOnlyList<LibvirtGuest> List()
    {
        var domains = LibvirtCalls.Domains(Handle) ?? throw LibvirtFailure.ToException(LibvirtError.Last());
        var guests = new List<LibvirtGuest>(domains.Length);
        foreach (var domain in domains)
        {
            using (domain)
            {
                // One that vanishes meanwhile has no state.
                if (guests.Count < MaxGuests && LibvirtCalls.StateOf(domain) is var state and not DomainState.Unknown)
                    guests.Add(new(LibvirtCalls.NameOf(domain), LibvirtCalls.UuidOf(domain), state));
            }
        }

        return guests;
    }

    internal static async Task<T> BoundedAsync<T>(Func<T> call, Action<T> whenLate, CancellationToken cancellationToken)
    {
        var running = OwnThread.Run(call);
        try
        {
            return await running.WaitAsync(Limit, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !running.IsFaulted)
        {
            _ = running.ContinueWith(late => whenLate(late.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            OwnThread.Forget(running);
            if (e is OperationCanceledException)
                throw;
            throw new AgentException(AgentFailure.Transport, $"libvirt did not answer within {Limit.TotalSeconds} s", e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnClosed(nint connection, int reason, nint data) => Callbacks.Target<TaskCompletionSource>(data)?.TrySetResult();
}
