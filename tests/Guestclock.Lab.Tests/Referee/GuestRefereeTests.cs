using Guestclock.Lab.Guests;
using Guestclock.Lab.Referee;
using Guestclock.Lab.Scenarios;

namespace Guestclock.Lab.Tests.Referee;

public sealed class GuestRefereeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly LabRun _run = LabRun.Create(TimeSpan.FromSeconds(1), GuestTimeService.None, Accelerator.Emulation);
    private readonly GuestSockets _here;
    private readonly GuestSockets _there;

    public GuestRefereeTests()
    {
        (_here, _there) = (new(Path.Combine(_run.Folder, "here")), new(Path.Combine(_run.Folder, "there")));
        (_run.Guest, _run.Places) = (_here, [_here, _there]);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task It_reads_the_guests_clock_and_counts_from_the_break()
    {
        await using var agent = new FakeAgent(_here.RefereeSocket) { OffsetNs = -2_000_000_000 };
        await using var referee = GuestReferee.Start(_run);
        await CountAsync(referee, 2);
        Assert.Empty(referee.Samples());

        referee.MarkBreak(_run.HostClock.MonotonicNs);
        await CountAsync(referee, 10);

        var samples = referee.Samples();
        Assert.Contains(samples, s => s.SinceBreakNs < 0);
        Assert.All(samples, s => Assert.InRange(s.Error.OffsetNs, -2_000_000_000 - s.Error.BoundNs, -2_000_000_000 + s.Error.BoundNs));
    }

    [Fact]
    public async Task A_clock_that_the_host_is_to_have_is_what_counts()
    {
        await using var agent = new FakeAgent(_here.RefereeSocket);
        _run.HostClock.SetShift(5_000_000_000);
        await using var referee = GuestReferee.Start(_run);
        await CountAsync(referee, 1);

        Assert.InRange(referee.Latest!.Value.OffsetNs + 5_000_000_000, -referee.Latest.Value.BoundNs, referee.Latest.Value.BoundNs);
    }

    [Fact]
    public async Task A_guest_that_stands_still_gives_no_samples_and_is_not_plied_with_requests()
    {
        await using var agent = new FakeAgent(_here.RefereeSocket);
        await using var referee = GuestReferee.Start(_run);
        await CountAsync(referee, 1);
        agent.IsPaused = true;
        await Task.Delay(1500);
        var (count, requests) = (referee.Count, agent.Requests);
        agent.IsPaused = false;
        referee.MarkBreak(_run.HostClock.MonotonicNs);
        await CountAsync(referee, count + 3);

        Assert.InRange(agent.Requests - requests, 3, 40);
        Assert.All(referee.Samples(), s => Assert.InRange(s.Error.BoundNs, 0, 125_000_000 + 1_000));
    }

    [Fact]
    public async Task After_a_migration_it_goes_on_at_the_other_socket()
    {
        await using var referee = GuestReferee.Start(_run);
        await using (new FakeAgent(_here.RefereeSocket))
            await CountAsync(referee, 2);
        var before = referee.Count;
        await using var there = new FakeAgent(_there.RefereeSocket);
        referee.MarkBreak(_run.HostClock.MonotonicNs);
        await CountAsync(referee, before + 3);

        Assert.True(there.Requests >= 3);
    }

    [Fact]
    public async Task Nonsense_is_no_sample()
    {
        await using var agent = new FakeAgent(_here.RefereeSocket);
        await using var referee = GuestReferee.Start(_run);
        await CountAsync(referee, 1);
        referee.MarkBreak(_run.HostClock.MonotonicNs);
        agent.IsMad = true;
        await Task.Delay(300);
        var count = referee.Count;
        await Task.Delay(300);

        Assert.Equal(count, referee.Count);
        Assert.True(referee.Missed() > 0);
        agent.IsMad = false;
        await CountAsync(referee, count + 1);
    }

    [Fact]
    public async Task Without_a_guest_it_ends_all_the_same()
    {
        await using var referee = GuestReferee.Start(_run);
        await Task.Delay(50);
        referee.MarkBreak(_run.HostClock.MonotonicNs);

        Assert.Empty(referee.Samples());
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(2_999, 20)]
    [InlineData(3_000, 100)]
    [InlineData(29_999, 100)]
    [InlineData(30_000, 1000)]
    public void It_looks_closely_at_first_and_seldom_later(int sinceMs, int everyMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(everyMs), RefereePace.After(sinceMs * 1_000_000L));

    private static async Task CountAsync(GuestReferee referee, int atLeast)
    {
        using var end = new CancellationTokenSource(Patience);
        while (referee.Count < atLeast)
            await Task.Delay(5, end.Token);
    }
}
