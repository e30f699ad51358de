using System.Text.Json;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Tracking;
using Guestclock.Reports.Watch;
using Guestclock.Testing;

namespace Guestclock.Tests.Reports.Watch;

public class WatchRecordJsonTests
{
    private const long Ms = 1_000_000;
    private const long S = 1000 * Ms;
    private const long NowNs = 1_795_257_000_123_456_789;

    private static readonly ClockOffset Right = new(41_000, 420_000);

    private static readonly RecoveryReason Resumed = new(WatchTrigger.Resumed, 100 * S, 1);

    private static readonly RecoveryResult Recovered = new("web", RecoveryOutcome.Recovered, 10 * Ms)
    {
        Before = new(-20 * S, 500_000),
        After = Right,
        Sets = [new(0, 0)],
        TookNs = 900 * Ms,
        ProofNs = 812 * Ms,
    };

    private static WatchRecord Of(WatchRecordKind kind, string? guest = "web") => new(kind, 101 * S) { Guest = guest };

    public static TheoryData<WatchRecord, string> Records => new()
    {
        { Of(WatchRecordKind.Started, null) with { Detail = "libvirt qemu:///system" }, "watching: libvirt qemu:///system" },
        { Of(WatchRecordKind.Stopped, null), "stopped" },
        { Of(WatchRecordKind.Reloaded, null), "configuration read again" },
        { Of(WatchRecordKind.Host, null) with { Host = HostSanity.Synchronized(2 * Ms, "chronyd, stratum 3, 192.0.2.1"), IsRaised = false }, "the host's clock is synchronised within 2.00 ms (chronyd, stratum 3, 192.0.2.1)" },
        { Of(WatchRecordKind.Host, null) with { Host = HostSanity.NotSynchronized("no source"), IsRaised = true, Detail = "no guest is set until it is" }, "the host's clock is not synchronised: no source; no guest is set until it is" },
        { Of(WatchRecordKind.Host, null) with { Host = HostSanity.Unknown("nobody says"), IsRaised = true }, "it is not known whether the host's clock is synchronised: nobody says" },
        { Of(WatchRecordKind.HostSlept, null) with { HostNs = 3600 * S }, "the host slept for 1.00 h: every running guest is put right" },
        { Of(WatchRecordKind.HostStepped, null) with { HostNs = -2 * S }, "the host's clock was set back by 2.00 s: every running guest is put right" },
        { Of(WatchRecordKind.GuestEvent) with { Event = GuestEventKind.AgentConnected }, "web: agent connected" },
        { Of(WatchRecordKind.Recovery) with { Reason = Resumed, Result = Recovered }, "web: recovered: was 20.0 s behind (± 500 µs), is within 461 µs, proved after 812 ms; resumed 1.00 s ago" },
        { Of(WatchRecordKind.Recovery) with { Reason = Resumed, Result = new("web", RecoveryOutcome.Failed, 10 * Ms) { Failure = AgentFailure.AgentNotRunning, Detail = "no answer" }, RetryInNs = 100 * Ms }, "web: recovery failed: no guest agent answers (no answer); resumed 1.00 s ago; next try in 100 ms" },
        { Of(WatchRecordKind.Recovery) with { Reason = Resumed, Result = new("web", RecoveryOutcome.Cancelled, 10 * Ms) }, "web: recovery cancelled; resumed 1.00 s ago" },
        { Of(WatchRecordKind.Recovery) with { Reason = Resumed, Result = new("web", RecoveryOutcome.NotProved, 10 * Ms) { Before = new(-20 * S, Ms), Failure = AgentFailure.HungUp } }, "web: set, but not seen to be right: was 20.0 s behind (± 1.00 ms), not seen since; the channel was closed; resumed 1.00 s ago" },
        { Of(WatchRecordKind.Recovery) with { Reason = Resumed, Result = new("web", RecoveryOutcome.InTime, 10 * Ms) { Before = Right } }, "web: right: within 461 µs; resumed 1.00 s ago" },
        { Of(WatchRecordKind.Jump) with { Jump = new(-3 * S, 30 * Ms), Offset = new(-3 * S, Ms) }, "web: the clock went back by 3.00 s ± 30.0 ms, and no event explains it; now 3.00 s behind (± 1.00 ms)" },
        { Of(WatchRecordKind.Drift) with { Drift = new(-51_200, 900, DriftTrend.Away, 20, 1200 * S), Offset = new(-60 * Ms, Ms), IsRaised = true }, "web: the clock runs slow by 51.2 ppm (± 0.9); 60.0 ms behind (± 1.00 ms)" },
        { Of(WatchRecordKind.Offset) with { Offset = new(120 * Ms, Ms), IsRaised = true }, "web: the clock is off: 120 ms ahead (± 1.00 ms)" },
        { Of(WatchRecordKind.Measurement) with { Failure = AgentFailure.Busy, IsRaised = true }, "web: cannot be measured: the guest agent is busy" },
        { Of(WatchRecordKind.Source, null) with { Source = "libvirt qemu:///system", IsRaised = true, Detail = "connection refused" }, "libvirt qemu:///system: has trouble: connection refused" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void Each_kind_is_one_line_that_holds_to_the_schema(WatchRecord record, string sentence)
    {
        var line = WatchRecordJson.Line(record, NowNs);
        Assert.DoesNotContain('\n', line);
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "watch.schema.json")));
        using var json = JsonDocument.Parse(line);
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
        Assert.Equal(sentence, json.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public void A_proof_is_told_in_full()
    {
        var line = WatchRecordJson.Line(Of(WatchRecordKind.Recovery) with { Reason = Resumed, Result = Recovered }, NowNs);
        using var json = JsonDocument.Parse(line);
        Assert.StartsWith("""{"schema":"guestclock.watch/1","time":"2026-11-21T10:30:00.123456Z","kind":"recovery","guest":"web",""", line, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            "trigger":"resumed","attempt":1,"sinceEventNs":1000000000,"outcome":"recovered","withinNs":10000000,"before":{"offsetNs":-20000000000,"boundNs":500000},"after":{"offsetNs":41000,"boundNs":420000},"tookNs":900000000,"proofNs":812000000,"sets":[{"sentAfterNs":0,"aheadNs":0}]}
            """, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_were_dropped_are_a_line_that_holds_to_the_schema()
    {
        var line = WatchRecordJson.Dropped(12, NowNs);
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "watch.schema.json")));
        using var json = JsonDocument.Parse(line);
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
        Assert.Contains("\"message\":\"12 lines were dropped, as nobody took them\",\"count\":12", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_stand_for_themselves() =>
        Assert.Contains("(± 500 µs)", WatchRecordJson.Line(Of(WatchRecordKind.Recovery) with { Reason = Resumed, Result = Recovered }, NowNs), StringComparison.Ordinal);

    [Fact]
    public void Names_of_enums_are_those_of_the_schema()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "watch.schema.json")));
        string[] Of(string property) => [.. schema.RootElement.GetProperty("properties").GetProperty(property).GetProperty("enum").EnumerateArray().Select(e => e.GetString()!)];
        Assert.Equal(Names<WatchRecordKind>(), Of("kind"));
        Assert.Equal(Names<GuestEventKind>(), Of("event"));
        Assert.Equal(Names<WatchTrigger>(), Of("trigger"));
        Assert.Equal(Names<RecoveryOutcome>(), Of("outcome"));
        Assert.Equal(Names<AgentFailure>(), Of("failure"));

        static string[] Names<TEnum>()
            where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(Guestclock.Json.KebabName.Of)];
    }

    [Fact]
    public void What_comes_from_outside_is_escaped()
    {
        const string text = "a\nb\u001b[31m\"c\\ \ud800 d";
        var line = WatchRecordJson.Line(Of(WatchRecordKind.GuestEvent, text) with { Event = GuestEventKind.Found, Detail = text }, NowNs);
        Assert.DoesNotContain(line, char.IsControl);
        using var json = JsonDocument.Parse(line);
        Assert.DoesNotContain(json.RootElement.GetProperty("message").GetString()!, char.IsControl);
    }

    [Fact]
    public void A_line_is_bounded()
    {
        var text = new string('x', 1_000_000);
        var record = Of(WatchRecordKind.Recovery, text) with { Reason = Resumed with { Detail = text }, Result = Recovered with { Detail = text }, Detail = text, Source = text };
        Assert.InRange(WatchRecordJson.Line(record, NowNs).Length, 1, 4096);
    }
}
