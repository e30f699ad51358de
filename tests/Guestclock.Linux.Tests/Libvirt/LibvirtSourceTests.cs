using System.Runtime.InteropServices;
using System.Threading.Channels;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Libvirt;
using Guestclock.Linux.Watching;

namespace Guestclock.Linux.Tests.Libvirt;

/// <summary>On libvirt's test driver, which needs no daemon: all connections to test:///default share one running domain named test.</summary>
[Collection("threads of libvirt")]
public class LibvirtSourceTests
{
    private const string Uri = "test:///default";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public LibvirtSourceTests() => Assert.SkipUnless(NativeLibrary.TryLoad("libvirt.so.0", out _), "needs libvirt.so.0");

    [Fact]
    public async Task Tells_what_runs_and_what_happens_to_it_in_order()
    {
        using var connection = await LibvirtConnection.OpenAsync(Uri, default);
        using var source = new LibvirtSource(Uri, HostClock.Instance);
        var events = Channel.CreateUnbounded<GuestEvent>();
        using var stop = new CancellationTokenSource();
        var running = source.RunAsync(events.Writer, stop.Token);

        Assert.Equal(GuestEventKind.Found, await NextAsync(events));
        using (var domain = connection.LookUp("test"))
        {
            Assert.Equal(0, LibvirtApi.Suspend(domain));
            Assert.Equal(GuestEventKind.Paused, await NextAsync(events));
            Assert.Equal(DomainState.Paused, Assert.Single(await connection.ListAsync(default)).State);
            Assert.Equal(0, LibvirtApi.Resume(domain));
            Assert.Equal(GuestEventKind.Resumed, await NextAsync(events));
            Assert.Equal(0, LibvirtApi.Destroy(domain));
            Assert.Equal(GuestEventKind.Gone, await NextAsync(events));
        }

        await stop.CancelAsync();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task Lists_names_uuids_and_definitions()
    {
        using var connection = await LibvirtConnection.OpenAsync(Uri, default);
        var guest = Assert.Single(await connection.ListAsync(default));
        Assert.Equal("test", guest.Name);
        Assert.Equal("6695eb01-f6a4-8304-79aa-97f2502e193f", guest.Uuid.ToString());
        Assert.Contains("<name>test</name>", await connection.XmlAsync("test", default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_is_not_there_and_a_driver_without_agents_are_told_apart()
    {
        using var pool = new LibvirtPool(Uri);
        Assert.Equal(AgentFailure.NoGuest, await FailureAsync(pool, "nobody"));
        Assert.Equal(AgentFailure.NoChannel, await FailureAsync(pool, "test"));
        Assert.Null(await LibvirtProver.OpenAsync(pool, "test", HostClock.Instance, default));
    }

    [Fact]
    public async Task A_daemon_that_is_not_there_is_said_and_waited_for()
    {
        const string Nowhere = "qemu+unix:///system?socket=/nonexistent/libvirt-sock";
        using var pool = new LibvirtPool(Nowhere);
        Assert.Equal(AgentFailure.Transport, await FailureAsync(pool, "test"));

        var said = Channel.CreateUnbounded<string>();
        using var source = new LibvirtSource(Nowhere, HostClock.Instance, text => said.Writer.TryWrite(text ?? ""));
        using var stop = new CancellationTokenSource();
        var running = source.RunAsync(Channel.CreateUnbounded<GuestEvent>().Writer, stop.Token);
        for (var i = 0; i < 2; i++)
            Assert.Contains("No such file", await said.Reader.ReadAsync().AsTask().WaitAsync(Limit), StringComparison.Ordinal);
        await stop.CancelAsync();
        await running.WaitAsync(Limit);
    }

    private static async Task<AgentFailure> FailureAsync(LibvirtPool pool, string guest)
    {
        await using var agent = new LibvirtAgent(pool, guest, HostClock.Instance);
        return (await Assert.ThrowsAsync<AgentException>(() => agent.SynchronizeAsync(Limit, default))).Failure;
    }

    private static async Task<GuestEventKind> NextAsync(Channel<GuestEvent> events)
    {
        var next = await events.Reader.ReadAsync().AsTask().WaitAsync(Limit);
        Assert.Equal("test", next.Guest);
        Assert.InRange(HostClock.Instance.MonotonicNs - next.AtNs, 0, 20_000_000_000);
        return next.Kind;
    }
}
