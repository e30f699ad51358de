using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Live;

/// <summary>A chronyd that is not there, stalls, lies or answers with garbage costs a bounded time and gives a fact that says so.</summary>
public sealed class ChronyTransportTests : IDisposable
{
    private static readonly Question Activity = new("chrony/activity", ActivityMessage.Request());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gc-");

    private string SocketPath => Path.Combine(_folder.FullName, "chronyd.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_chronyd_each_fact_is_missing_at_once()
    {
        using var transport = new ChronyTransport([SocketPath, "/nonexistent/chronyd.sock"], FakeUdpServer.FreePort(),
            TimeSpan.FromSeconds(1));
        var started = Stopwatch.GetTimestamp();
        var facts = ChronyProbe.Gather(new TransportMachine(transport));
        Assert.All<IFact>([facts.Tracking, facts.Sources, facts.SourceStats, facts.Activity, facts.NtpData],
            f => Assert.Equal((FactState.Missing, "chronyd does not answer"), (f.State, f.Why)));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 0.9);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void A_socket_that_a_dead_chronyd_left_is_nobody()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath + "2"));
            File.Move(SocketPath + "2", SocketPath);
        }

        using var transport = new ChronyTransport([SocketPath], FakeUdpServer.FreePort(), TimeSpan.FromSeconds(1));
        Assert.Equal(FactState.Missing, transport.Answer(Activity).State);
    }

    [Fact]
    public void A_silent_chronyd_costs_its_limit_once_and_not_per_question()
    {
        using var server = new FakeUdpServer(_ => []);
        using var transport = new ChronyTransport([], server.Port, TimeSpan.FromSeconds(1));
        var started = Stopwatch.GetTimestamp();
        var facts = ChronyProbe.Gather(new TransportMachine(transport));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.9, 1.9);
        Assert.Equal(FactState.TimedOut, facts.Activity.State);
        Assert.Equal(2, server.Requests.Count);
    }

    public static TheoryData<string> Garbage =>
        ["empty", "truncated", "sequence", "command", "version", "type", "echo", "huge", "random", "endless"];

    [Theory]
    [MemberData(nameof(Garbage))]
    public void Garbage_is_ignored_and_ends_in_time(string kind)
    {
        using var server = new FakeUdpServer(request => Spoil(kind, request));
        using var transport = new ChronyTransport([], server.Port, TimeSpan.FromMilliseconds(300));
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(FactState.TimedOut, transport.Answer(Activity).State);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.2, 1.2);
    }

    [Fact]
    public void The_right_reply_among_garbage_is_found()
    {
        using var server = new FakeUdpServer(request =>
            [.. Garbage.Where(k => (string)k != "endless").SelectMany(k => Spoil((string)k, request)), Reply(request)]);
        using var transport = new ChronyTransport([], server.Port, TimeSpan.FromSeconds(5));
        Assert.Equal(7, transport.Answer(Activity).Then(ActivityMessage.Decode).Value!.Online);
    }

    [Fact]
    public void A_lost_request_is_sent_again()
    {
        var count = 0;
        using var server = new FakeUdpServer(request => ++count == 1 ? [] : [Reply(request)]);
        using var transport = new ChronyTransport([], server.Port, TimeSpan.FromSeconds(1));
        Assert.True(transport.Answer(Activity).IsKnown);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void A_chronyd_that_answers_each_question_slowly_is_given_up()
    {
        using var server = new FakeUdpServer(request =>
        {
            Thread.Sleep(200);
            return [Reply(request)];
        });
        using var transport = new ChronyTransport([], server.Port, TimeSpan.FromSeconds(1));
        var started = Stopwatch.GetTimestamp();
        var answers = Enumerable.Range(0, 50).Select(_ => transport.Answer(Activity)).ToList();
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 2);
        Assert.True(answers[0].IsKnown);
        Assert.Equal(FactState.TimedOut, answers[^1].State);
    }

    [Fact]
    public void A_status_other_than_0_is_an_answer()
    {
        using var server = new FakeUdpServer(request => [Status(request, 3)]);
        using var transport = new ChronyTransport([], server.Port, TimeSpan.FromSeconds(5));
        var facts = ChronyProbe.Gather(new TransportMachine(transport));
        Assert.Equal((FactState.Unsupported, ChronyStatus.InvalidCommand.Sentence()), (facts.Tracking.State, facts.Tracking.Why));
    }

    [Fact]
    public void Each_request_has_a_sequence_of_its_own_that_cannot_be_guessed()
    {
        using var server = new FakeUdpServer(request => [Reply(request)]);
        using var transport = new ChronyTransport([], server.Port, TimeSpan.FromSeconds(5));
        for (var i = 0; i < 4; i++)
            Assert.True(transport.Answer(Activity).IsKnown);
        Assert.Equal(4, server.Requests.Select(r => Convert.ToHexString(r.AsSpan(8, 4))).Distinct().Count());
        Assert.Equal(new byte[4], Activity.Request.Slice(8, 4).ToArray());
    }

    [Fact]
    public void Over_IPv6_where_IPv4_refuses()
    {
        using var server = new FakeUdpServer(request => [Reply(request)], IPAddress.IPv6Loopback);
        using var transport = new ChronyTransport([], server.Port, TimeSpan.FromSeconds(5));
        Assert.True(transport.Answer(Activity).IsKnown);
    }

    /// <summary>chronyd may be unable to reply to our socket (access rules, another mount namespace).</summary>
    [Fact]
    public void A_unix_socket_that_does_not_reply_gives_way_to_udp()
    {
        using var stalled = Stalled();
        using var server = new FakeUdpServer(request => [Reply(request)]);
        using var transport = new ChronyTransport([SocketPath], server.Port, TimeSpan.FromSeconds(1));
        Assert.True(transport.Answer(Activity).IsKnown);
        Assert.Equal(["chronyd.sock"], _folder.GetFiles().Select(f => f.Name));
    }

    [Fact]
    public void A_stalled_chronyd_whose_queue_is_full_does_not_hang_us()
    {
        using var stalled = Stalled();
        using var filler = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        filler.Connect(new UnixDomainSocketEndPoint(SocketPath));
        for (var error = SocketError.Success; error == SocketError.Success;)
            filler.Send(new byte[100], SocketFlags.None, out error);
        using var transport = new ChronyTransport([SocketPath], FakeUdpServer.FreePort(), TimeSpan.FromSeconds(1));
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(FactState.TimedOut, transport.Answer(Activity).State);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 1.9);
    }

    [Fact]
    public void A_question_without_a_request_is_our_fault_and_is_not_sent()
    {
        using var transport = new ChronyTransport([], FakeUdpServer.FreePort(), TimeSpan.FromSeconds(1));
        Assert.Equal(FactState.Failed, transport.Answer(new Question("chrony/tracking")).State);
    }

    [Fact]
    public void Answers_its_own_questions_only()
    {
        using var transport = new ChronyTransport();
        Assert.True(transport.Answers("chrony/source_data/3"));
        Assert.False(transport.Answers("ntp/localhost:123"));
    }

    private Socket Stalled()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    /// <summary>A right reply to activity: 7 sources online.</summary>
    private static byte[] Reply(byte[] request)
    {
        var reply = new byte[48];
        Status(request, 0).CopyTo(reply, 0);
        reply[7] = 12;
        reply[31] = 7;
        return reply;
    }

    private static byte[] Status(byte[] request, byte status)
    {
        var reply = new byte[28];
        reply[0] = 6;
        reply[1] = 2;
        request.AsSpan(4, 2).CopyTo(reply.AsSpan(4));
        reply[7] = 1;
        reply[9] = status;
        request.AsSpan(8, 4).CopyTo(reply.AsSpan(16));
        return reply;
    }

    private static IEnumerable<byte[]> Spoil(string kind, byte[] request)
    {
        var reply = Reply(request);
        switch (kind)
        {
            case "empty":
                return [[]];
            case "truncated":
                return [reply[..27]];
            case "sequence":
                reply[19] ^= 1;
                return [reply];
            case "command":
                reply[5] ^= 1;
                return [reply];
            case "version":
                reply[0] = 5;
                return [reply];
            case "type":
                reply[1] = 1;
                return [reply];
            case "echo":
                return [request];
            case "huge":
                return [[.. reply, .. new byte[60_000]]];
            case "random":
                return Enumerable.Range(0, 100).Select(_ => System.Security.Cryptography.RandomNumberGenerator.GetBytes(104));
            default:
                reply[19] ^= 1;
                return Enumerable.Repeat(reply, 1_000_000);
        }
    }
}
