using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Protocols.Ntp;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Live;

public class NtpTransportTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    [Fact]
    public void A_real_chronyd_on_this_machine_has_our_time()
    {
        Assert.SkipUnless(Chronyd.IsInstalled, Chronyd.NotInstalled);
        var port = FakeUdpServer.FreePort();
        using var server = Chronyd.Server(port);
        var best = Enumerable.Range(0, 10).Select(_ => Ask($"localhost:{port}").Value!).MinBy(s => s.DelayNs)!;
        Assert.Null(best.Problem);
        Assert.Equal(($"127.0.0.1:{port}", 8, "7F7F0101"), (best.Address, best.Stratum, best.ReferenceId));
        Assert.InRange(best.OffsetNs, -1_000_000, 1_000_000);
        Assert.InRange(best.DelayNs, 0, 5_000_000);
        Assert.InRange(best.RootDistanceNs, 0, 5_000_000);
    }

    [Fact]
    public void A_sane_server_that_is_an_hour_ahead()
    {
        using var server = new FakeUdpServer(r => [Reply(r, 3_600)]);
        var sample = Ask($"127.0.0.1:{server.Port}").Value!;
        Assert.Null(sample.Problem);
        Assert.InRange(sample.OffsetNs, 3_599_000_000_000, 3_601_000_000_000);
    }

    [Fact]
    public void A_server_in_era_1_is_years_ahead_and_not_a_century_behind()
    {
        using var server = new FakeUdpServer(r => [Set(Reply(r), 32, 0x0000_000A_0000_0000, 0x0000_000A_0000_1000)]);
        var sample = Ask($"127.0.0.1:{server.Port}").Value!;
        Assert.Null(sample.Problem);
        var expected = DateTimeOffset.FromUnixTimeSeconds(2_085_978_506) - DateTimeOffset.UtcNow;
        Assert.InRange(sample.OffsetNs / 1e9, expected.TotalSeconds - 5, expected.TotalSeconds + 5);
    }

    [Fact]
    public void A_silent_server_is_asked_twice_and_times_out()
    {
        using var server = new FakeUdpServer(_ => []);
        var started = Stopwatch.GetTimestamp();
        var sample = Ask($"127.0.0.1:{server.Port}", TimeSpan.FromSeconds(2));
        Assert.Equal(FactState.TimedOut, sample.State);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 1.8, 2.9);
        Assert.Equal(2, server.Requests.Count);
        Assert.NotEqual(server.Requests[0].AsSpan(40).ToArray(), server.Requests[1].AsSpan(40).ToArray());
    }

    [Fact]
    public void A_forged_origin_does_not_keep_the_right_answer_out()
    {
        using var server = new FakeUdpServer(r => [Forged(r), new byte[3], Reply(r)]);
        Assert.Null(Ask($"127.0.0.1:{server.Port}").Value!.Problem);
    }

    [Fact]
    public void A_server_that_only_forges_is_told()
    {
        using var server = new FakeUdpServer(r => [Forged(r)]);
        Assert.Contains("does not belong to our question", Ask($"127.0.0.1:{server.Port}", Short).Value!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_answers_are_malformed()
    {
        using var server = new FakeUdpServer(r => [Reply(r)[..47]]);
        Assert.Equal(FactState.Malformed, Ask($"127.0.0.1:{server.Port}", Short).State);
    }

    [Fact]
    public void An_endless_stream_of_huge_answers_ends_in_time()
    {
        using var server = new FakeUdpServer(_ => Enumerable.Repeat(new byte[60_000], 100_000));
        var started = Stopwatch.GetTimestamp();
        Assert.NotNull(Ask($"127.0.0.1:{server.Port}", Short).Value?.Problem);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 1.5);
    }

    [Fact]
    public void A_server_of_stratum_16_is_not_synchronised()
    {
        using var server = new FakeUdpServer(r => [With(Reply(r), 1, 16)]);
        Assert.Contains("stratum 16", Ask($"127.0.0.1:{server.Port}").Value!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kiss_of_death_is_told_and_ends_the_asking()
    {
        using var server = new FakeUdpServer(r => [Kiss(r)]);
        Assert.Contains("kiss code RATE", Ask($"127.0.0.1:{server.Port}").Value!.Problem, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_port_on_which_nobody_listens_is_refused_at_once()
    {
        var started = Stopwatch.GetTimestamp();
        var sample = Ask($"127.0.0.1:{FakeUdpServer.FreePort()}", TimeSpan.FromSeconds(20));
        Assert.Equal(FactState.Failed, sample.State);
        Assert.Contains("nobody listens", sample.Why, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
    }

    [Fact]
    public void A_name_that_does_not_resolve_says_so_in_time()
    {
        var started = Stopwatch.GetTimestamp();
        var sample = Ask("nohost.invalid", TimeSpan.FromSeconds(2));
        Assert.True(sample.State is FactState.Failed or FactState.TimedOut);
        Assert.Contains("nohost.invalid", sample.Why, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 2.9);
    }

    [Fact]
    public void Sixteen_silent_servers_cost_no_more_than_one()
    {
        using var server = new FakeUdpServer(_ => [], IPAddress.Any);
        var transport = new NtpTransport();
        var started = Stopwatch.GetTimestamp();
        string[] servers = [.. Enumerable.Range(1, 16).Select(i => $"127.0.0.{i}:{server.Port}")];
        var facts = NtpServerProbe.Gather(new TransportMachine(transport), servers);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 1.8, 3);
        Assert.All(facts.Answers, a => Assert.Equal(FactState.TimedOut, a.Sample.State));
    }

    [Fact]
    public void A_server_is_asked_once_in_a_run()
    {
        using var server = new FakeUdpServer(r => [Reply(r)]);
        var transport = new NtpTransport();
        var question = new Question($"ntp/127.0.0.1:{server.Port}", Encoding.ASCII.GetBytes($"127.0.0.1:{server.Port}"));
        Assert.Equal(transport.Answer(question).Value, transport.Answer(question).Value);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void What_is_no_server_is_malformed() =>
        Assert.Equal(FactState.Malformed, new NtpTransport().Answer(new Question("ntp/../x")).State);

    private static Fact<NtpSample> Ask(string server, TimeSpan? limit = null) =>
        NtpServerProbe.Gather(new TransportMachine(new NtpTransport(limit ?? TimeSpan.FromSeconds(10))), [server]).Answers[0].Sample;

    /// <summary>The answer of a server of stratum 2 whose clock is ahead by some seconds.</summary>
    private static byte[] Reply(byte[] request, long aheadS = 0)
    {
        var reply = new byte[48];
        reply[0] = 0x24;
        reply[1] = 2;
        reply[3] = 0xE9;
        request.AsSpan(40, 8).CopyTo(reply.AsSpan(24));
        var ticks = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks;
        var seconds = (ulong)((ticks / TimeSpan.TicksPerSecond) + 2_208_988_800 + aheadS) & uint.MaxValue;
        var now = (seconds << 32) | ((ulong)(ticks % TimeSpan.TicksPerSecond) << 32) / TimeSpan.TicksPerSecond;
        return Set(reply, 32, now, now);
    }

    private static byte[] Kiss(byte[] request)
    {
        var reply = With(Reply(request), 1, 0);
        Encoding.ASCII.GetBytes("RATE", reply.AsSpan(12));
        return reply;
    }

    private static byte[] Forged(byte[] request) => With(Reply(request), 24, (byte)(request[40] ^ 0x55));

    private static byte[] With(byte[] reply, int at, byte value)
    {
        reply[at] = value;
        return reply;
    }

    private static byte[] Set(byte[] reply, int at, params ReadOnlySpan<ulong> values)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(at), value);
            at += sizeof(ulong);
        }

        return reply;
    }
}
