using System.Diagnostics;
using Guestclock.Facts;
using Guestclock.Linux.Live;
using Guestclock.Probes;
using Guestclock.Protocols.Chrony;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Live;

/// <summary>A real chronyd, client of another real one whose time it takes as 50 ms wrong: what we decode is what chronyc prints.</summary>
public sealed class ChronyLiveTests : IDisposable
{
    private readonly Chronyd? _server;
    private readonly Chronyd? _client;

    public ChronyLiveTests()
    {
        Assert.SkipUnless(Chronyd.IsInstalled, Chronyd.NotInstalled);
        var port = FakeUdpServer.FreePort();
        _server = Chronyd.Server(port);
        _client = new Chronyd("port 0", $"server 127.0.0.1 port {port} iburst minpoll 0 maxpoll 0 offset 0.05",
            "server 127.0.0.2 port 9 minpoll 4",
            "server nohost.invalid", "refclock SHM 7 refid PHC0 noselect");
        _client.Until(() => _client.Chronyc("tracking") is [var line] && IsSettled(ChronycCsv.Tracking(line)), "chronyd is 50 ms from its server");
    }

    private Chronyd Client => _client!;

    public void Dispose()
    {
        _client?.Dispose();
        _server?.Dispose();
    }

    [Fact]
    public void What_we_decode_is_what_chronyc_prints()
    {
        using var transport = new ChronyTransport([Client.SocketPath], 1, TimeSpan.FromSeconds(5));
        var machine = new TransportMachine(transport);
        for (var i = 0; i < 50; i++, Thread.Sleep(60))
        {
            var before = Printed();
            var facts = ChronyProbe.Gather(machine);
            var after = Printed();
            if (after[^2] != before[^2])
                continue;
            Same(before, facts, after);
            return;
        }

        Assert.Fail("chronyd took a new sample within each of 50 comparisons");
    }

    [Fact]
    public void Over_udp_all_but_ntp_data_is_told()
    {
        using var transport = new ChronyTransport([], Client.CommandPort, TimeSpan.FromSeconds(5));
        var facts = ChronyProbe.Gather(new TransportMachine(transport));
        Assert.Equal("127.0.0.1", facts.Tracking.Value!.Address);
        Assert.Equal(3, facts.Sources.Value!.Count);
        Assert.Equal(3, facts.SourceStats.Value!.Count);
        Assert.Equal(1, facts.Activity.Value!.Unresolved);
        Assert.Equal(FactState.Denied, facts.NtpData.State);
    }

    [Fact]
    public void Our_socket_is_open_to_chronyd_and_is_gone_afterwards()
    {
        var transport = new ChronyTransport([Client.SocketPath], 1, TimeSpan.FromSeconds(5));
        Assert.True(ChronyProbe.Gather(new TransportMachine(transport)).Tracking.IsKnown);
        var own = Assert.Single(Directory.GetFiles(Client.Folder, "chronyc.*.sock"));
        Assert.StartsWith($"chronyc.{Environment.ProcessId}.", Path.GetFileName(own), StringComparison.Ordinal);
#pragma warning disable CA1416 // This project runs on Linux only.
        Assert.Equal((UnixFileMode)0b110_110_110, File.GetUnixFileMode(own));
#pragma warning restore CA1416
        transport.Dispose();
        Assert.Empty(Directory.GetFiles(Client.Folder, "chronyc.*.sock"));
        Assert.Equal(FactState.Failed, ChronyProbe.Gather(new TransportMachine(transport)).Tracking.State);
    }

    [Fact]
    public void A_stopped_chronyd_costs_a_second_in_all()
    {
        Client.Signal("STOP");
        using var transport = new ChronyTransport([Client.SocketPath], Client.CommandPort, TimeSpan.FromSeconds(1));
        var started = Stopwatch.GetTimestamp();
        var facts = ChronyProbe.Gather(new TransportMachine(transport));
        Client.Signal("CONT");
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 1.9);
        Assert.Equal((FactState.TimedOut, FactState.TimedOut), (facts.Tracking.State, facts.NtpData.State));
    }

    /// <summary>Lines: tracking, three sources, three statistics, ntp_data of two servers.</summary>
    private string[] Printed() =>
        [.. Client.Chronyc("tracking"), .. Client.Chronyc("sources"), .. Client.Chronyc("sourcestats"), .. Client.Chronyc("ntpdata")];

    /// <summary>No sample came in between, so that numbers are equal, or move with time alone and lie between the two.</summary>
    private static void Same(string[] before, ChronyFacts facts, string[] after)
    {
        var (tracking, later) = (ChronycCsv.Tracking(before[0]), ChronycCsv.Tracking(after[0]));
        var ours = ChronycCsv.Rounded(facts.Tracking.Value!);
        Assert.Equal(tracking with { CorrectionNs = 0, RootDispersionNs = 0 }, ours with { CorrectionNs = 0, RootDispersionNs = 0 });
        Between(tracking.CorrectionNs, ours.CorrectionNs, later.CorrectionNs);
        Between(tracking.RootDispersionNs, ours.RootDispersionNs, later.RootDispersionNs);
        Assert.True(ours.CorrectionNs > 0, "a clock that is taken to be 50 ms behind is slow");

        var sources = facts.Sources.Value!;
        Assert.Equal(["PHC0", "127.0.0.1", "127.0.0.2"], sources.Select(s => s.Name));
        for (var i = 0; i < 3; i++)
        {
            var source = ChronycCsv.Source(before[1 + i]);
            Assert.Equal(source with { SinceSampleS = 0 }, sources[i] with { SinceSampleS = 0 });
            Between(source.SinceSampleS, sources[i].SinceSampleS, ChronycCsv.Source(after[1 + i]).SinceSampleS);
            var stats = ChronycCsv.SourceStats(before[4 + i]);
            var ourStats = ChronycCsv.Rounded(facts.SourceStats.Value![i]);
            Assert.Equal(stats with { EstimatedOffsetNs = 0 }, ourStats with { EstimatedOffsetNs = 0 });
            Between(stats.EstimatedOffsetNs, ourStats.EstimatedOffsetNs, ChronycCsv.SourceStats(after[4 + i]).EstimatedOffsetNs);
        }

        Assert.Equal(before[^2..].Select(ChronycCsv.NtpData), facts.NtpData.Value!.Select(ChronycCsv.Rounded));
    }

    private static bool IsSettled(ChronyTracking tracking) => tracking.IsSynchronised && tracking.CorrectionNs is > 45_000_000 and < 55_000_000;

    private static void Between(long one, long value, long other) => Assert.InRange(value, Math.Min(one, other) - 1, Math.Max(one, other) + 1);
}
