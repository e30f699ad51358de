using System.Text;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Serving;
using Guestclock.Reports.Watch;

namespace Guestclock.Cli.Tests.Commands;

/// <summary>watch status at a real socket.</summary>
public sealed class WatchStatusTests : IDisposable
{
    private const long S = 1_000_000_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-status-").FullName;

    private string Socket => Path.Combine(_folder, "watch.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ReadOnlyMemory<byte> Status(HostSanity host, params GuestStanding[] standings)
    {
        var state = new WatchState(WatchPolicy.Default, 1);
        state.On(new HostJudged(host), 900 * S);
        var snapshot = state.Snapshot(1000 * S) with
        {
            Guests = [.. standings.Select((s, i) => new GuestSnapshot($"vm{i}", GuestPhase.Running, s, GuestEventKind.Resumed, 990 * S, []) { Measured = new(999 * S, new ClockOffset(41_000, 420_000)) })],
        };
        using var text = new StringWriter();
        WatchStatusJson.Write(snapshot, "0.1.0", 1_795_257_000 * S, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static HostSanity Right => HostSanity.Synchronized(2_000_000, "chronyd, stratum 3, 192.0.2.1");

    [Fact]
    public async Task A_table_is_what_people_get()
    {
        await using var daemon = StatusSocket.Start(Socket, () => Status(Right, GuestStanding.Right));
        var run = Run.Of("watch", "status", "--socket", Socket).Ends(0);
        Assert.Equal(
            """
            host    synchronised within 2.00 ms (chronyd, stratum 3, 192.0.2.1)
            guests  1 right

            GUEST                STATE      LAST EVENT      OFFSET ±BOUND AGE          DRIFT
            vm0                  right      resumed 10s     +41.0 µs ±420 µs 1s

            """, run.Out);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Programs_get_the_document()
    {
        await using var daemon = StatusSocket.Start(Socket, () => Status(Right, GuestStanding.Right));
        Assert.Equal(Encoding.UTF8.GetString(Status(Right, GuestStanding.Right).Span), Run.Of("watch", "status", "--socket", Socket, "--format", "json").Ends(0).Out);
    }

    public static TheoryData<int, bool, GuestStanding[]> Codes => new()
    {
        { 0, true, [] },
        { 0, true, [GuestStanding.Right, GuestStanding.Paused] },
        { 1, false, [GuestStanding.Right] },
        { 1, true, [GuestStanding.Right, GuestStanding.Off] },
        { 1, true, [GuestStanding.Pending] },
        { 1, true, [GuestStanding.Held] },
        { 1, true, [GuestStanding.Unmeasured] },
        { 2, true, [GuestStanding.Off, GuestStanding.Failing] },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_exit_code_says_how_the_guests_are(int code, bool isHostRight, GuestStanding[] standings)
    {
        await using var daemon = StatusSocket.Start(Socket, () => Status(isHostRight ? Right : HostSanity.NotSynchronized("no source"), standings));
        Run.Of("watch", "status", "--socket", Socket).Ends(code);
        Run.Of("watch", "status", "--socket", Socket, "--format", "json").Ends(code);
    }

    [Fact]
    public async Task Without_a_daemon_it_is_3_and_one_sentence()
    {
        var run = Run.Of("watch", "status", "--socket", Socket).Ends(ExitCodes.Unknown);
        Assert.Contains("no guestclock watch runs here", run.Error, StringComparison.Ordinal);
        await using var other = StatusSocket.Start(Socket, () => "HTTP/1.1 400 Bad Request\r\n\r\n\u001b[31m"u8.ToArray());
        run = Run.Of("watch", "status", "--socket", Socket, "--format", "json").Ends(ExitCodes.Unknown);
        Assert.Equal($"guestclock: no guestclock watch of this version listens at {Socket}: what it tells is no JSON\n", run.Error);
        Assert.Empty(run.Out);
    }
}
