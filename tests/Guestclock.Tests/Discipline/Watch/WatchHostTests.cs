using Guestclock.Discipline.Watch;
using static Guestclock.Tests.Discipline.Watch.WatchBench;

namespace Guestclock.Tests.Discipline.Watch;

public class WatchHostTests
{
    private static readonly HostSanity Wrong = HostSanity.NotSynchronized("no source");

    public static TheoryData<HostSanity> NotRight => [Wrong, HostSanity.Unknown("nobody says")];

    [Theory]
    [MemberData(nameof(NotRight))]
    public void A_host_that_is_not_known_to_be_right_spreads_nothing(HostSanity host)
    {
        var bench = new WatchBench(host: host).Event(GuestEventKind.Resumed, "a").Event(GuestEventKind.Found, "b");
        Assert.Empty(bench.Starts);
        Assert.Null(bench.State.NextWakeNs);
        Assert.All(bench.State.Snapshot(bench.NowNs).Guests, g => Assert.Equal(GuestStanding.Held, g.Standing));

        bench.After(3600 * S).On(new HostJudged(Sane));
        Assert.Equal(["a", "b"], bench.Starts.Select(s => s.Guest));
        Assert.Equal(WatchTrigger.Resumed, bench.Starts.First().Reason.Trigger);
    }

    [Fact]
    public void Before_the_host_was_judged_nothing_is_done()
    {
        var state = new WatchState(WatchPolicy.Default, 1);
        Assert.DoesNotContain(state.On(new GuestHappened(new("web", GuestEventKind.Found, 0)), 0), a => a is StartRecovery);
        Assert.Single(state.On(new HostJudged(Sane), S).OfType<StartRecovery>());
    }

    [Fact]
    public void A_host_that_loses_its_time_ends_what_runs_and_takes_it_up_again()
    {
        var bench = new WatchBench().Event(GuestEventKind.Resumed);
        var run = bench.Start;
        bench.On(new HostJudged(Wrong));
        Assert.Equal(run.Ticket, Assert.Single(bench.Cancels).Ticket);
        Assert.Empty(bench.Ends(run).Starts);
        Assert.Single(bench.On(new HostJudged(Sane)).Starts);
    }

    [Fact]
    public void Where_the_policy_only_warns_the_work_goes_on()
    {
        var bench = new WatchBench(WatchPolicy.Default with { HostUnsynchronized = HostUnsynchronized.Warn }, Wrong).Event(GuestEventKind.Resumed);
        Assert.Single(bench.Starts);
    }

    [Fact]
    public void The_host_s_state_is_told_when_it_changes()
    {
        var bench = new WatchBench();
        Assert.Empty(bench.On(new HostJudged(HostSanity.Synchronized(2 * Ms, "another bound"))).Told);
        var record = Assert.Single(bench.On(new HostJudged(Wrong)).Told);
        Assert.Equal((WatchRecordKind.Host, true), (record.Kind, record.IsRaised));
        Assert.Empty(bench.On(new HostJudged(Wrong)).Told);
        Assert.Single(bench.On(new HostJudged(HostSanity.NotSynchronized("another reason"))).Told);
        Assert.False(Assert.Single(bench.On(new HostJudged(Sane)).Told).IsRaised);
    }

    public static TheoryData<WatchInput, WatchTrigger> HostDisruptions => new()
    {
        { new HostSlept(3600 * S), WatchTrigger.HostSlept },
        { new HostStepped(-2 * S), WatchTrigger.HostStepped },
    };

    [Theory]
    [MemberData(nameof(HostDisruptions))]
    public void A_host_that_slept_or_was_set_owes_every_running_guest_a_recovery(WatchInput input, WatchTrigger trigger)
    {
        var bench = new WatchBench().Event(GuestEventKind.Found, "right");
        bench.Ends(bench.Start).Event(GuestEventKind.Paused, "paused").Event(GuestEventKind.Found, "busy");
        var busy = bench.Start;

        bench.On(input);

        Assert.Equal("right", bench.Start.Guest);
        Assert.Equal(trigger, bench.Start.Reason.Trigger);
        Assert.Equal(busy.Ticket, Assert.Single(bench.Cancels).Ticket);
        Assert.Equal(trigger, bench.Ends(busy).Start.Reason.Trigger);
    }

    [Fact]
    public void A_configuration_that_is_read_again_counts_at_once()
    {
        var bench = new WatchBench(host: Wrong).Event(GuestEventKind.Resumed);
        Assert.Empty(bench.Starts);
        bench.On(new PolicyChanged(WatchPolicy.Default with { HostUnsynchronized = HostUnsynchronized.Warn }));
        Assert.Single(bench.Starts);
        Assert.Single(bench.On(new PolicyChanged(WatchPolicy.Default)).Cancels);
    }
}
