using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Testing;

namespace Guestclock.Tests.Judging;

public class WaiverTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    /// <summary>A host whose CPUs lack a constant TSC: tsc-constant warns.</summary>
    private static readonly MachineFacts Failing = Some.KvmHost() with { Cpu = new() { Cpus = Some.List(Some.Cpu(0)) } };

    private static Judgement Run(MachineFacts facts, Waiver waiver) =>
        Judge.Run(facts, Policy.Default with { Waivers = [waiver] }, Today, c => c.Id == "tsc-constant");

    [Fact]
    public void A_waiver_lowers_a_failure_to_info_and_says_why()
    {
        var judgement = Run(Failing, new("tsc-constant", "old lab host", Today));
        var check = Assert.Single(judgement.Checks);
        Assert.Equal(CheckStatus.Info, check.Finding.Status);
        Assert.Contains("old lab host", check.Finding.Reason, StringComparison.Ordinal);
        Assert.Equal(VerdictStatus.Ok, judgement.Verdict.Status);
        Assert.Empty(judgement.StaleWaivers);
    }

    [Fact]
    public void A_waiver_past_its_end_does_nothing_and_is_reported()
    {
        var judgement = Run(Failing, new("tsc-constant", "old lab host", Today.AddDays(-1)));
        Assert.Equal(VerdictStatus.Warning, judgement.Verdict.Status);
        Assert.Contains("ended", Assert.Single(judgement.StaleWaivers).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiver_that_waives_nothing_is_reported() =>
        Assert.Contains("does not fail", Assert.Single(Run(Some.KvmHost(), new("tsc-constant", "old", Today)).StaleWaivers).Why, StringComparison.Ordinal);

    [Fact]
    public void A_waiver_of_no_check_is_reported() =>
        Assert.Contains("no such check", Assert.Single(Run(Failing, new("tsc-konstant", "typo", Today)).StaleWaivers).Why, StringComparison.Ordinal);
}
