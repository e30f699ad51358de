using System.Text.Json;
using Guestclock.Discipline.Watch;
using Guestclock.Discipline.Watch.Tracking;
using Guestclock.Reports;
using Guestclock.Reports.Watch;
using Guestclock.Testing;

namespace Guestclock.Tests.Reports.Watch;

public class WatchStatusTests
{
    private static string Text(WatchSnapshot snapshot)
    {
        using var writer = new StringWriter();
        WatchStatusText.Write(snapshot, writer, TextLayout.Plain);
        return writer.ToString();
    }

    [Fact]
    public void The_table_shows_the_worst_first()
    {
        const string expected = """
            host    synchronised within 2.00 ms (chronyd, stratum 3, 192.0.2.1)
            guests  1 failing, 1 off, 1 pending, 1 paused, 1 right

            GUEST                STATE      LAST EVENT      OFFSET ±BOUND AGE          DRIFT
            db                   failing    migrated 2s     not measured
              blocked: the guest's configuration blocks guest-set-time; next try in 14m
            off                  off        found 100s      -61.0 ms ±1.00 ms 60s  -51.2 ppm
            new                  pending    started 1s      not measured
            standing             paused     paused 5s       not measured
            web                  right      resumed 10s     +41.0 µs ±420 µs 9s

            blocked:           Allow guest-get-time and guest-set-time in the guest;
                               'guestclock explain guest-agent-time-allowed' shows how.

            """;
        Assert.Equal(expected, Text(SomeWatch.Snapshot(SomeWatch.Guest("off"))));
    }

    [Theory]
    [InlineData("a name that is a good deal longer than its column")]
    [InlineData("a\nb\u001b[31mc")]
    public void No_line_is_wider_than_80_columns(string name)
    {
        var lines = Text(SomeWatch.Snapshot(SomeWatch.Guest(name))).Split('\n');
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 80));
        Assert.DoesNotContain(lines, l => l.Any(char.IsControl));
    }

    [Fact]
    public void The_longest_values_stay_in_their_columns()
    {
        var wide = SomeWatch.Guest("wide") with
        {
            LastEvent = GuestEventKind.AgentConnected,
            LastEventNs = -6_000_000_000_000,
            Measured = new(-6_000_000_000_000, new(-1_230_000_000, 1_230_000)),
            Drift = new(-99_999_000, 0, DriftTrend.Away, 20, 1),
        };
        var lines = Text(SomeWatch.Snapshot(wide)).Split('\n');
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 80));
        Assert.Contains("wide                 off        connected 116m  -1.23 s ±1.23 ms 116m     < -1 %", lines);
    }

    [Fact]
    public void Long_names_keep_their_ends_and_have_more_room_in_a_wide_terminal()
    {
        var snapshot = SomeWatch.Snapshot(SomeWatch.Guest("production-cluster-web-frontend-01"), SomeWatch.Guest("production-cluster-web-frontend-02"));
        Assert.Contains("\nproductio…rontend-02 off ", Text(snapshot), StringComparison.Ordinal);
        using var writer = new StringWriter();
        WatchStatusText.Write(snapshot, writer, new(120, false));
        Assert.Contains("\nproduction-cluster-web-frontend-02 off ", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_guests_there_is_no_table()
    {
        var state = new WatchState(WatchPolicy.Default, 1);
        Assert.Equal("host    not known whether synchronised: not judged yet\nguests  none\n", Text(state.Snapshot(0)));
    }

    [Fact]
    public void Json_holds_to_its_schema()
    {
        using var writer = new StringWriter();
        WatchStatusJson.Write(SomeWatch.Snapshot(SomeWatch.Guest("off\n\ud800")), "0.1.0", SomeWatch.NowNs, writer);
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "watch-status.schema.json")));
        using var json = JsonDocument.Parse(writer.ToString());
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
        Assert.Equal(["db", "off\n\uFFFD", "new", "standing", "web"], json.RootElement.GetProperty("guests").EnumerateArray().Select(g => g.GetProperty("guest").GetString()));
        var db = json.RootElement.GetProperty("guests")[0];
        Assert.Equal(("migrated", 1, 899_000_000_000), (db.GetProperty("owed").GetProperty("trigger").GetString(), db.GetProperty("owed").GetProperty("attempts").GetInt32(), db.GetProperty("owed").GetProperty("nextTryInNs").GetInt64()));
        Assert.Equal(812_000_000, json.RootElement.GetProperty("guests")[4].GetProperty("lastRecovery").GetProperty("proofNs").GetInt64());
    }
}
