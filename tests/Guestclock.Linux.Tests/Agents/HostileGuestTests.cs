using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Guestclock.Discipline;
using Guestclock.Linux.Agents;

namespace Guestclock.Linux.Tests.Agents;

/// <summary>Guests that want to hold up the host or other guests: what they take of it has an end.</summary>
public sealed class HostileGuestTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guestclock-hostile-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("{\"return\": 5}\n")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("ÿ")]
    public async Task A_guest_that_talks_without_end_is_not_listened_to_for_long(string word)
    {
        await using var guest = Talking(At("agent"), word);
        await using var agent = await ConnectAsync("agent");
        var before = Stopwatch.GetTimestamp();
        var e = await Assert.ThrowsAsync<AgentException>(() => agent.SynchronizeAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal(AgentFailure.Malformed, e.Failure);
        Assert.InRange(Stopwatch.GetElapsedTime(before).TotalSeconds, 0, 5);
        await Assert.ThrowsAsync<AgentException>(() => agent.ReadTimeAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_guest_that_talks_all_the_time_is_left_as_soon_as_that_is_asked_for()
    {
        await using var guest = new HostileGuest(At("agent"), async (client, token) =>
        {
            while (true)
            {
                await client.SendAsync("{"u8.ToArray(), SocketFlags.None, token);
                await Task.Yield();
            }
        });
        await using var agent = await ConnectAsync("agent");
        using var cancel = new CancellationTokenSource(100);
        var before = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<Exception>(() => agent.SynchronizeAsync(TimeSpan.FromSeconds(20), cancel.Token));
        Assert.InRange(Stopwatch.GetElapsedTime(before).TotalSeconds, 0, 0.4);
    }

    [Fact]
    public async Task Guests_that_send_byte_by_byte_hold_no_threads()
    {
        var guests = Enumerable.Range(0, 60).Select(n => new HostileGuest(At($"agent{n}"), async (client, token) =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
            while (await timer.WaitForNextTickAsync(token))
                await client.SendAsync("x"u8.ToArray(), SocketFlags.None, token);
        })).ToList();
        using var cancel = new CancellationTokenSource();
        var talks = guests.Select((_, n) => Task.Run(async () =>
        {
            await using var agent = await ConnectAsync($"agent{n}");
            await Assert.ThrowsAnyAsync<Exception>(() => agent.SynchronizeAsync(TimeSpan.FromSeconds(5), cancel.Token));
        })).ToList();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var worst = TimeSpan.Zero;
        for (var n = 0; n < 10; n++)
        {
            var before = Stopwatch.GetTimestamp();
            await Task.Run(() => { }, TestContext.Current.CancellationToken);
            worst = Stopwatch.GetElapsedTime(before) is var took && took > worst ? took : worst;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await cancel.CancelAsync();
        await Task.WhenAll(talks);
        foreach (var guest in guests)
            await guest.DisposeAsync();
        Assert.InRange(worst.TotalMilliseconds, 0, 100);
    }

    [Fact]
    public async Task A_late_answer_is_not_taken_for_that_to_the_next_question()
    {
        var asked = 0;
        await using var guest = HostileGuest.Answering(At("agent"), async (line, token) =>
        {
            if (!line.Contains("guest-get-time", StringComparison.Ordinal))
                return null;
            if (++asked == 1)
                await Task.Delay(300, token);
            return $"{{\"return\": {asked}}}";
        });
        await using var agent = await ConnectAsync("agent");
        await agent.SynchronizeAsync(Limit, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<AgentException>(() => agent.ReadTimeAsync(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));
        await agent.SynchronizeAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(2, (await agent.ReadTimeAsync(Limit, TestContext.Current.CancellationToken)).GuestNs);
    }

    [Fact]
    public async Task Asking_whether_a_blocked_guest_is_frozen_takes_nothing_beyond_the_limit()
    {
        await using var guest = HostileGuest.Answering(At("agent"), async (line, token) =>
        {
            await Task.Delay(250, token);
            return line.Contains("guest-get-time", StringComparison.Ordinal) ? "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"has been disabled\"}}" : null;
        });
        await using var agent = await ConnectAsync("agent");
        await agent.SynchronizeAsync(Limit, TestContext.Current.CancellationToken);
        var before = Stopwatch.GetTimestamp();
        var e = await Assert.ThrowsAsync<AgentException>(() => agent.ReadTimeAsync(TimeSpan.FromMilliseconds(400), TestContext.Current.CancellationToken));
        Assert.Equal(AgentFailure.Blocked, e.Failure);
        Assert.InRange(Stopwatch.GetElapsedTime(before).TotalMilliseconds, 0, 550);
    }

    [Fact]
    public async Task A_socket_whose_queue_is_full_is_busy()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(At("agent")));
        listener.Listen(0);
        var held = new List<AgentSocket>();
        var e = await Assert.ThrowsAsync<AgentException>(async () =>
        {
            while (held.Count < 10)
                held.Add(await ConnectAsync("agent"));
        });
        Assert.Equal(AgentFailure.Busy, e.Failure);
        foreach (var agent in held)
            await agent.DisposeAsync();
    }

    [Fact]
    public async Task A_socket_of_another_user_than_the_qemu_that_names_it_gets_not_a_byte()
    {
        var got = 0;
        await using var other = new HostileGuest(At("agent"), async (client, token) => got += await client.ReceiveAsync(new byte[100], SocketFlags.None, token));
        uint? us;
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(At("agent")), TestContext.Current.CancellationToken);
            us = SocketPeer.UserOf(socket);
        }

        Assert.NotNull(us);
        await using (await AgentSocket.ConnectAsync(At("agent"), HostClock.Instance, Limit, us, TestContext.Current.CancellationToken))
        {
            // Our own is ours.
        }

        var e = await Assert.ThrowsAsync<AgentException>(() => AgentSocket.ConnectAsync(At("agent"), HostClock.Instance, Limit, us + 1, TestContext.Current.CancellationToken));
        Assert.Equal((AgentFailure.Denied, 0), (e.Failure, got));
    }

    private static HostileGuest Talking(string path, string word) => new(path, async (client, token) =>
    {
        var words = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(word, 500)));
        while (true)
            await client.SendAsync(words, SocketFlags.None, token);
    });

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private Task<AgentSocket> ConnectAsync(string name) =>
        AgentSocket.ConnectAsync(At(name), HostClock.Instance, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
}
