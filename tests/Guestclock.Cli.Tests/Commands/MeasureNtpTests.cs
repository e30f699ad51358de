using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Guestclock.Testing;

namespace Guestclock.Cli.Tests.Commands;

/// <summary>measure against NTP servers on the loopback, a real chronyd among them. It serves this machine's own time: the true offset is nothing.</summary>
public sealed class MeasureNtpTests
{
    private static Run Measure(int port, params string[] options) =>
        Run.Of(["measure", "--reference", "ntp:127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture), "--format", "json", .. options]);

    [Fact]
    public void A_real_chronyd_is_as_far_off_as_its_bound_at_most()
    {
        Assert.SkipUnless(Chronyd.IsInstalled, Chronyd.NotInstalled);
        var port = FakeUdpServer.FreePort();
        using var server = Chronyd.Server(port);
        using var json = JsonDocument.Parse(Measure(port, "--count", "2").Ends(0).Out);
        Assert.Equal(2, json.RootElement.GetProperty("summary").GetProperty("samples").GetInt32());
        Assert.All(json.RootElement.GetProperty("samples").EnumerateArray(),
            s => Assert.InRange(Math.Abs(s.GetProperty("offsetNs").GetInt64()), 0, s.GetProperty("boundNs").GetInt64()));
    }

    [Fact]
    public void A_server_that_is_not_synchronised_gives_no_sample()
    {
        Assert.SkipUnless(Chronyd.IsInstalled, Chronyd.NotInstalled);
        var port = FakeUdpServer.FreePort();
        using var server = new Chronyd("bindaddress 127.0.0.1", "allow 127.0.0.0/8", $"port {port}");
        using var json = JsonDocument.Parse(Measure(port, "--count", "1").Ends(ExitCodes.Unknown).Out);
        Assert.Contains("not synchronised", json.RootElement.GetProperty("samples")[0].GetProperty("problem").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_server_takes_a_bounded_time()
    {
        using var server = new FakeUdpServer(_ => []);
        var started = Stopwatch.GetTimestamp();
        var run = Measure(server.Port, "--count", "1").Ends(ExitCodes.Unknown);
        Assert.Contains("does not answer within", run.Out, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 20);
    }

    [Fact]
    public void A_port_on_which_nobody_listens_is_told() =>
        Assert.Contains("nobody listens on this port", Measure(FakeUdpServer.FreePort(), "--count", "1").Ends(ExitCodes.Unknown).Out, StringComparison.Ordinal);
}
