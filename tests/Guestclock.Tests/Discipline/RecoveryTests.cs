using Guestclock.Discipline;

namespace Guestclock.Tests.Discipline;

public class RecoveryTests
{
    private const long Ms = 1_000_000;
    private static readonly RecoveryPolicy Policy = RecoveryPolicy.Default;

    [Fact]
    public void A_guest_that_is_behind_is_set_and_proved()
    {
        var recovery = new Recovery("web1", Policy);
        Assert.IsType<RecoveryAction.Measure>(recovery.Action);
        recovery.Measured([At(-20_000 * Ms)], 5 * Ms);
        Assert.Equal(new RecoveryAction.SetClock(Ms / 2), recovery.Action);
        recovery.Sent(Ms / 2, 6 * Ms);
        recovery.Replied(null, "", 900 * Ms);
        Assert.IsType<RecoveryAction.Measure>(recovery.Action);
        recovery.Measured([At(-Ms / 2)], 910 * Ms);
        var result = ResultOf(recovery);
        Assert.Equal(RecoveryOutcome.Recovered, result.Outcome);
        Assert.Equal(-20_000 * Ms, result.Before!.Value.OffsetNs);
        Assert.Equal(-Ms / 2, result.After!.Value.OffsetNs);
        Assert.Equal(910 * Ms, result.ProofNs);
        Assert.Single(result.Sets);
    }

    [Fact]
    public void A_guest_that_is_right_is_left_alone()
    {
        var recovery = new Recovery("web1", Policy);
        recovery.Measured([At(-2 * Ms)], Ms);
        Assert.Equal(RecoveryOutcome.InTime, ResultOf(recovery).Outcome);
        Assert.Empty(ResultOf(recovery).Sets);
    }

    [Fact]
    public void The_narrowest_of_the_readings_counts()
    {
        var recovery = new Recovery("web1", Policy);
        recovery.Measured([At(-50 * Ms, 80 * Ms), At(-2 * Ms), At(30 * Ms, 90 * Ms)], Ms);
        Assert.Equal(-2 * Ms, ResultOf(recovery).Before!.Value.OffsetNs);
    }

    [Fact]
    public void An_error_of_the_agent_decides_nothing()
    {
        var recovery = Set(-20_000 * Ms, complaint: "hwclock failed to set hardware clock to system time");
        recovery.Measured([At(-Ms / 2)], 910 * Ms);
        Assert.Equal(RecoveryOutcome.Recovered, ResultOf(recovery).Outcome);
        Assert.Equal("hwclock failed to set hardware clock to system time", ResultOf(recovery).Sets[0].Complaint);
    }

    [Fact]
    public void A_command_that_is_blocked_is_not_sent_again()
    {
        var recovery = new Recovery("web1", Policy);
        recovery.Measured([At(-20_000 * Ms)], Ms);
        recovery.Sent(0, 2 * Ms);
        recovery.Replied(AgentFailure.Blocked, "Command guest-set-time has been disabled", 3 * Ms);
        recovery.Measured([At(-20_000 * Ms)], 4 * Ms);
        Assert.Equal((RecoveryOutcome.Failed, AgentFailure.Blocked), (ResultOf(recovery).Outcome, ResultOf(recovery).Failure!.Value));
    }

    [Fact]
    public void A_success_of_the_agent_proves_nothing()
    {
        var recovery = Set(-20_000 * Ms);
        for (var tries = 0; tries < Policy.MostSets - 1; tries++)
            SetAgain(recovery, -20_000 * Ms, (tries + 1) * 1000 * Ms);
        recovery.Measured([At(-20_000 * Ms)], 4000 * Ms);
        Assert.Equal(RecoveryOutcome.NotProved, ResultOf(recovery).Outcome);
        Assert.Null(ResultOf(recovery).ProofNs);
        Assert.Equal(Policy.MostSets, ResultOf(recovery).Sets.Count);
    }

    [Fact]
    public void A_residual_error_is_corrected_once_more_and_the_first_proof_stands()
    {
        var recovery = Set(-20_000 * Ms);
        SetAgain(recovery, -4 * Ms, 1000 * Ms);
        recovery.Measured([At(-Ms / 5)], 2000 * Ms);
        Assert.Equal((RecoveryOutcome.Recovered, 1000 * Ms, 2000 * Ms), (ResultOf(recovery).Outcome, ResultOf(recovery).ProofNs!.Value, ResultOf(recovery).TookNs));
    }

    [Fact]
    public void A_look_before_the_reply_decides_nothing_and_dates_the_proof()
    {
        var recovery = Sent(-20_000 * Ms);
        Assert.False(recovery.Glimpsed(At(-20_000 * Ms).Offset, 7 * Ms));
        Assert.True(recovery.Glimpsed(At(-Ms / 2).Offset, 20 * Ms));
        Assert.IsType<RecoveryAction.SetClock>(recovery.Action);
        recovery.Replied(null, "", 900 * Ms);
        Assert.IsType<RecoveryAction.Measure>(recovery.Action);
        recovery.Measured([At(-Ms / 2)], 910 * Ms);
        Assert.Equal((RecoveryOutcome.Recovered, 20 * Ms, 910 * Ms), (ResultOf(recovery).Outcome, ResultOf(recovery).ProofNs!.Value, ResultOf(recovery).TookNs));
    }

    [Fact]
    public void A_look_that_was_right_is_no_proof_where_the_clock_is_wrong_when_the_reply_has_come()
    {
        var recovery = Sent(-20_000 * Ms);
        recovery.Glimpsed(At(0).Offset, 20 * Ms);
        recovery.Replied(null, "", 900 * Ms);
        SetAgain(recovery, -3_000 * Ms, 910 * Ms);
        recovery.Measured([At(0)], 2000 * Ms);
        Assert.Equal((RecoveryOutcome.Recovered, 2000 * Ms), (ResultOf(recovery).Outcome, ResultOf(recovery).ProofNs!.Value));
    }

    [Fact]
    public void An_overshoot_within_the_limit_is_not_stepped_back()
    {
        var recovery = Set(-20_000 * Ms);
        recovery.Measured([At(4 * Ms)], 1000 * Ms);
        Assert.Equal(RecoveryOutcome.Recovered, ResultOf(recovery).Outcome);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void An_overshoot_beyond_the_limit_is_stepped_back_unless_only_forward_is_allowed(bool forwardOnly, int sets)
    {
        var recovery = Set(-20_000 * Ms, Policy with { ForwardOnly = forwardOnly });
        recovery.Measured([At(22 * Ms)], 1000 * Ms);
        if (sets == 2)
        {
            recovery.Sent(0, 1000 * Ms);
            recovery.Replied(null, "", 1500 * Ms);
            recovery.Measured([At(0)], 1600 * Ms);
        }

        Assert.Equal(sets, ResultOf(recovery).Sets.Count);
        Assert.Equal(forwardOnly ? RecoveryOutcome.NotProved : RecoveryOutcome.Recovered, ResultOf(recovery).Outcome);
    }

    [Fact]
    public void No_correction_is_begun_that_cannot_end_in_time()
    {
        var recovery = Set(-20_000 * Ms, Policy with { TimeoutNs = 1500 * Ms });
        recovery.Measured([At(-4 * Ms)], 1000 * Ms);
        Assert.Equal(RecoveryOutcome.Recovered, ResultOf(recovery).Outcome);
    }

    [Fact]
    public void A_guest_that_cannot_be_asked_is_not_changed()
    {
        var recovery = new Recovery("web1", Policy);
        recovery.Failed(AgentFailure.AgentNotRunning, "no answer within 3 s", 3000 * Ms);
        Assert.Equal((RecoveryOutcome.Failed, AgentFailure.AgentNotRunning), (ResultOf(recovery).Outcome, ResultOf(recovery).Failure!.Value));
    }

    [Fact]
    public void A_guest_that_falls_silent_after_the_set_is_not_proved()
    {
        var recovery = Set(-20_000 * Ms);
        recovery.Failed(AgentFailure.HungUp, "the channel was closed", 1000 * Ms);
        Assert.Equal(RecoveryOutcome.NotProved, ResultOf(recovery).Outcome);
    }

    [Fact]
    public void What_was_seen_before_the_last_set_is_not_said_to_be_seen_after_it()
    {
        var recovery = Set(-20_000 * Ms);
        SetAgain(recovery, -4 * Ms, 1000 * Ms);
        recovery.Failed(AgentFailure.HungUp, "the channel was closed", 2000 * Ms);
        Assert.Equal((RecoveryOutcome.NotProved, null), (ResultOf(recovery).Outcome, ResultOf(recovery).After));
    }

    [Theory]
    [InlineData(-20_000)]
    [InlineData(20_000)]
    [InlineData(-1_000_000_000_000)]
    public void An_error_that_no_delay_explains_is_not_made_up_for(long offsetMs)
    {
        // The second set was lost, or the guest was paused amid it: the third must not overshoot by as much.
        var recovery = Set(-20_000 * Ms);
        SetAgain(recovery, -20_000 * Ms, 1000 * Ms);
        recovery.Measured([At(offsetMs * Ms)], 2000 * Ms);
        Assert.InRange(Assert.IsType<RecoveryAction.SetClock>(recovery.Action).AheadNs, 0, Ms);
    }

    [Fact]
    public void A_correction_that_cannot_be_sent_takes_no_proof_away()
    {
        var recovery = Set(-20_000 * Ms);
        recovery.Measured([At(-4 * Ms)], 1000 * Ms);
        recovery.Failed(AgentFailure.HungUp, "the channel was closed", 1001 * Ms);
        Assert.Equal(RecoveryOutcome.Recovered, ResultOf(recovery).Outcome);
    }

    [Fact]
    public void A_bound_that_is_too_wide_to_tell_is_looked_at_again()
    {
        var recovery = new Recovery("web1", Policy);
        recovery.Measured([At(3 * Ms, 40 * Ms)], 50 * Ms);
        Assert.IsType<RecoveryAction.Measure>(recovery.Action);
        recovery.Measured([At(-20_000 * Ms)], 60 * Ms);
        recovery.Sent(0, 61 * Ms);
        recovery.Replied(null, "", 900 * Ms);
        recovery.Measured([At(-8 * Ms, 26 * Ms)], 950 * Ms);
        Assert.IsType<RecoveryAction.Measure>(recovery.Action);
        recovery.Measured([At(-Ms / 2)], 960 * Ms);
        Assert.Equal(RecoveryOutcome.Recovered, ResultOf(recovery).Outcome);
    }

    [Fact]
    public void Looking_again_has_an_end()
    {
        var recovery = new Recovery("web1", Policy);
        for (var looks = 0; recovery.Action is RecoveryAction.Measure; looks++)
        {
            Assert.InRange(looks, 0, 100);
            recovery.Measured([At(3 * Ms, 40 * Ms)], looks * Ms);
        }

        Assert.Equal(RecoveryOutcome.Left, ResultOf(recovery).Outcome);
    }

    [Fact]
    public void A_dry_run_changes_nothing()
    {
        var recovery = new Recovery("web1", Policy with { DryRun = true });
        recovery.Measured([At(-20_000 * Ms)], Ms);
        Assert.Equal(RecoveryOutcome.WouldSet, ResultOf(recovery).Outcome);
    }

    private static ClockBracket At(long offsetNs, long roundTripNs = Ms)
    {
        const long Host = 1_795_000_000_000_000_000;
        return new(Host, Host + (roundTripNs / 2) + offsetNs, Host + roundTripNs, roundTripNs);
    }

    private static Recovery Set(long offsetNs, RecoveryPolicy? policy = null, string? complaint = null)
    {
        var recovery = Sent(offsetNs, policy);
        recovery.Replied(complaint is null ? null : AgentFailure.Refused, complaint ?? "", 900 * Ms);
        return recovery;
    }

    private static Recovery Sent(long offsetNs, RecoveryPolicy? policy = null)
    {
        var recovery = new Recovery("web1", policy ?? Policy);
        recovery.Measured([At(offsetNs)], 5 * Ms);
        recovery.Sent(Assert.IsType<RecoveryAction.SetClock>(recovery.Action).AheadNs, 6 * Ms);
        return recovery;
    }

    private static void SetAgain(Recovery recovery, long offsetNs, long nowNs)
    {
        recovery.Measured([At(offsetNs)], nowNs);
        recovery.Sent(Assert.IsType<RecoveryAction.SetClock>(recovery.Action).AheadNs, nowNs);
        recovery.Replied(null, "", nowNs + (500 * Ms));
    }

    private static RecoveryResult ResultOf(Recovery recovery) => Assert.IsType<RecoveryAction.Finished>(recovery.Action).Result;
}
