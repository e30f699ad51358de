using Guestclock.Linux.Live;
using Guestclock.Linux.References;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.References;

/// <summary>A real chronyd that takes its clock as 50 ms behind its server, which is another one.</summary>
public class ChronyReferenceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_offset_is_what_chronyc_prints_with_the_sign_turned()
    {
        Assert.SkipUnless(Chronyd.IsInstalled, Chronyd.NotInstalled);
        var port = FakeUdpServer.FreePort();
        using var server = Chronyd.Server(port);
        using var client = new Chronyd("port 0", $"server 127.0.0.1 port {port} iburst minpoll 0 maxpoll 0 offset 0.05");
        using var reference = new ChronyReference(() => new([client.SocketPath], 1, TimeSpan.FromSeconds(5)));
        client.Until(() => client.Chronyc("tracking") is [var line] && ChronycCsv.Tracking(line) is { IsSynchronised: true, CorrectionNs: > 45_000_000 },
            "chronyd is 50 ms from its server");
        var reading = await reference.ReadAsync(Cancel);
        var printed = ChronycCsv.Tracking(client.Chronyc("tracking")[0]);
        var sample = reading.Sample!;
        // chronyd -x steers nothing: the clock that it takes as 50 ms behind stays so.
        Assert.InRange(sample.OffsetNs, -55_000_000, -45_000_000);
        Assert.InRange(sample.OffsetNs + printed.CorrectionNs, -5_000_000, 5_000_000);
        Assert.InRange(sample.BoundNs, (printed.RootDelayNs / 2) + 1, 5_000_000_000);
        Assert.Equal("chrony (127.0.0.1, stratum 9)", reference.Pair.Reference);
    }

    [Fact]
    public async Task A_chronyd_without_a_source_that_goes_away_and_comes_back()
    {
        Assert.SkipUnless(Chronyd.IsInstalled, Chronyd.NotInstalled);
        string path;
        var open = () => new ChronyTransport([], 1, TimeSpan.FromSeconds(5));
        using var reference = new ChronyReference(() => open());
        using (var client = new Chronyd("port 0"))
        {
            path = client.SocketPath;
            open = () => new ChronyTransport([path], 1, TimeSpan.FromSeconds(5));
            Assert.Equal("chronyd is not synchronised", (await reference.ReadAsync(Cancel)).Problem);
        }

        var gone = await reference.ReadAsync(Cancel);
        Assert.Equal(("chronyd does not answer", false), (gone.Problem, gone.IsFinal));
        using var again = new Chronyd("port 0", "local stratum 8");
        path = again.SocketPath;
        Assert.Equal("chronyd has no source: it only serves this machine's own clock", (await reference.ReadAsync(Cancel)).Problem);
    }
}
