using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Text;
using Guestclock.Linux.References;
using Guestclock.Measuring;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.References;

public class NtpReferenceTests
{
    private const long Second = 1_000_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_real_chronyd_on_this_machine_has_our_time_within_the_bound(string address)
    {
        Assert.SkipUnless(Chronyd.IsInstalled, Chronyd.NotInstalled);
        var port = FakeUdpServer.FreePort();
        using var server = new Chronyd("local stratum 8", $"bindaddress {address}", $"allow {address}", $"port {port}");
        using var reference = new NtpReference(new(address, port));
        for (var i = 0; i < 3; i++)
        {
            var sample = (await reference.ReadAsync(Cancel)).Sample!;
            Assert.InRange(Math.Abs(sample.OffsetNs), 0, sample.BoundNs);
            Assert.Equal(["round-trip", "root-distance", "resolution", "ageing"], sample.Parts.Select(p => p.Name));
            Assert.Null(sample.Remark);
            AssertNow(sample);
        }

        Assert.Equal($"NTP {new IPEndPoint(IPAddress.Parse(address), port)}", reference.Pair.Reference);
        Assert.Contains("the kernel's time stamps in both directions", reference.Pair.Method, StringComparison.Ordinal);
        Assert.Contains("runs on this machine", Assert.Single(reference.Pair.Remarks), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), reference.LeastInterval);
    }

    [Fact]
    public async Task What_chronyd_measures_of_a_server_that_is_ahead_we_measure_too()
    {
        Assert.SkipUnless(Chronyd.IsInstalled, Chronyd.NotInstalled);
        using var server = new FakeUdpServer(r => [Reply(r, aheadNs: 250_000_000)]);
        using var client = new Chronyd("port 0", $"server 127.0.0.1 port {server.Port} minpoll 0 maxpoll 0 iburst");
        client.Until(() => client.Chronyc("ntpdata").Any(l => Math.Abs(ChronycCsv.NtpData(l).OffsetNs) > 1000), "chronyd has measured the server");
        var theirs = ChronycCsv.NtpData(client.Chronyc("ntpdata")[0]);
        using var reference = new NtpReference(new("127.0.0.1", server.Port));
        var ours = (await reference.ReadAsync(Cancel)).Sample!;
        // ntpdata says server - local, we say local - server.
        Assert.InRange(ours.OffsetNs + theirs.OffsetNs, -ours.BoundNs - (theirs.PeerDelayNs / 2) - 1_000_000, ours.BoundNs + (theirs.PeerDelayNs / 2) + 1_000_000);
        Assert.InRange(ours.OffsetNs, -250_000_000 - ours.BoundNs, -250_000_000 + ours.BoundNs);
    }

    [Fact]
    public async Task Of_a_name_with_several_addresses_the_one_that_answers_is_asked()
    {
        using var server = new FakeUdpServer(r => [Reply(r)]);
        using var reference = new NtpReference(new("two.example", server.Port), [IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]);
        for (var i = 0; i < 2; i++)
        {
            Assert.NotNull((await reference.ReadAsync(Cancel)).Sample);
            Assert.Equal($"NTP two.example (127.0.0.1:{server.Port})", reference.Pair.Reference);
        }
    }

    [Fact]
    public async Task Forged_answers_are_ignored_and_counted()
    {
        using var server = new FakeUdpServer(r => [Forged(r), [], Reply(r, 3600 * Second)[..47], Reply(r, 5 * Second)]);
        using var reference = new NtpReference(new("127.0.0.1", server.Port));
        var sample = (await reference.ReadAsync(Cancel)).Sample!;
        Assert.InRange(sample.OffsetNs, (-5 * Second) - sample.BoundNs, (-5 * Second) + sample.BoundNs);
        Assert.Equal("3 datagrams that did not answer our question were ignored (late, or forged)", sample.Remark);
    }

    [Fact]
    public async Task Only_forged_answers_are_silence()
    {
        using var server = new FakeUdpServer(r => [Forged(r), Forged(r)]);
        using var reference = new NtpReference(new("127.0.0.1", server.Port));
        var started = Stopwatch.GetTimestamp();
        var reading = await reference.ReadAsync(Cancel);
        Assert.Equal(
            $"127.0.0.1:{server.Port} does not answer within 1.5 s; what came did not answer our question, and was ignored (late, or forged)", reading.Problem);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 1.4, 5);
    }

    [Fact]
    public async Task An_IPv4_address_may_be_written_as_one_of_IPv6()
    {
        using var server = new FakeUdpServer(r => [Reply(r)]);
        using var reference = new NtpReference(new("::ffff:127.0.0.1", server.Port));
        Assert.NotNull((await reference.ReadAsync(Cancel)).Sample);
    }

    [Fact]
    public void An_address_to_which_there_is_no_way_is_told_once() =>
        Assert.Equal("there is no way to the NTP server 255.255.255.255: Permission denied",
            Assert.Throws<ReferenceException>(() => new NtpReference(new("255.255.255.255", 123))).Message);

    [Fact]
    public async Task Each_question_is_new_and_tells_nothing()
    {
        using var server = new FakeUdpServer(r => [Reply(r)]);
        using var reference = new NtpReference(new("127.0.0.1", server.Port));
        for (var i = 0; i < 3; i++)
            Assert.NotNull((await reference.ReadAsync(Cancel)).Sample);
        Assert.Equal(3, server.Requests.Select(r => Convert.ToHexString(r[40..])).Distinct().Count());
        Assert.All(server.Requests, r => Assert.Equal("23" + new string('0', 78), Convert.ToHexString(r)[..80]));
    }

    [Fact]
    public async Task Nobody_listening_is_told_at_once_and_is_not_final()
    {
        using var reference = new NtpReference(new("127.0.0.1", FakeUdpServer.FreePort()));
        var reading = await reference.ReadAsync(Cancel);
        Assert.EndsWith("refuses NTP: nobody listens on this port", reading.Problem, StringComparison.Ordinal);
        Assert.False(reading.IsFinal);
    }

    [Fact]
    public async Task A_server_that_is_asked_too_often_is_asked_half_as_often()
    {
        var kiss = "RATE";
        using var server = new FakeUdpServer(r => [Kiss(r, kiss)]);
        using var reference = new NtpReference(new("127.0.0.1", server.Port));
        for (var i = 1; i <= 12; i++)
        {
            Assert.False((await reference.ReadAsync(Cancel)).IsFinal);
            Assert.Equal(TimeSpan.FromSeconds(Math.Min(1 << i, 1024)), reference.LeastInterval);
        }

        kiss = "DENY";
        var reading = await reference.ReadAsync(Cancel);
        Assert.Equal((true, "the server denies service to this client (kiss code DENY)"), (reading.IsFinal, reading.Problem));
    }

    [Fact]
    public async Task Servers_of_another_era_and_of_stratum_16()
    {
        using var later = new FakeUdpServer(r => [Reply(r, 68L * 365 * 86400 * Second / 2)]);
        using var reference = new NtpReference(new("127.0.0.1", later.Port));
        var sample = (await reference.ReadAsync(Cancel)).Sample!;
        Assert.InRange(sample.OffsetNs + (68L * 365 * 86400 * Second / 2), -Second, Second);
        using var unsynchronised = new FakeUdpServer(r => [With(Reply(r), 1, 16)]);
        using var other = new NtpReference(new("127.0.0.1", unsynchronised.Port));
        Assert.Equal("the server is not synchronised (stratum 16)", (await other.ReadAsync(Cancel)).Problem);
    }

    [Fact]
    public void A_name_that_does_not_resolve_is_a_sentence() =>
        Assert.Contains("nohost.invalid", Assert.Throws<ReferenceException>(() => new NtpReference(new("nohost.invalid", 123))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("169.254.169.123", true)]
    [InlineData("fd00:ec2::123", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Servers_of_the_public_network_are_asked_seldom(string address, bool isNear) => Assert.Equal(isNear, IPAddress.Parse(address).IsNear());

    private static void AssertNow(OffsetSample sample)
    {
        var now = ClockTriples.Read();
        Assert.InRange(sample.AtUnixNs, now.UnixNs - (60 * Second), now.UnixNs);
        Assert.InRange(now.RawAt(sample.AtUnixNs) - sample.AtRawNs, -10_000_000, 10_000_000);
    }

    /// <summary>The answer of a server of stratum 2 whose clock is ahead.</summary>
    private static byte[] Reply(byte[] request, long aheadNs = 0)
    {
        var reply = new byte[48];
        (reply[0], reply[1], reply[3]) = (0x24, 2, 0xE9);
        request.AsSpan(40, 8).CopyTo(reply.AsSpan(24));
        foreach (var at in (int[])[32, 40])
        {
            var now = ClockTriples.Read().UnixNs + aheadNs;
            var seconds = (ulong)((now / Second) + 2_208_988_800) & uint.MaxValue;
            BinaryPrimitives.WriteUInt64BigEndian(reply.AsSpan(at), (seconds << 32) | (((ulong)(now % Second) << 32) / Second));
        }

        return reply;
    }

    private static byte[] Kiss(byte[] request, string code)
    {
        var reply = With(Reply(request), 1, 0);
        Encoding.ASCII.GetBytes(code, reply.AsSpan(12));
        return reply;
    }

    private static byte[] Forged(byte[] request) => With(Reply(request), 24, (byte)(request[40] ^ 0x55));

    private static byte[] With(byte[] reply, int at, byte value)
    {
        reply[at] = value;
        return reply;
    }
}
