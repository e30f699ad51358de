using Guestclock.Lab.Results;

namespace Guestclock.Lab.Tests.Results;

public class RunResultTests
{
    private static RunResult Run(string samples, MethodClaim? claim = null) =>
        new("pause", "sync", 1) { Samples = SamplesOf.Text(samples), Claim = claim ?? MethodClaim.Nothing };

    /// <summary>Claims in milliseconds, against a referee that sees -0.5 ± 0.2 ms at 1 s and +5 ± 0.2 ms at 2 s.</summary>
    [Theory]
    [InlineData(-0.5, 0.1, 1.0, true)]
    [InlineData(-0.1, 0.2, 1.0, true)]
    [InlineData(-0.1, 0.1, 1.0, false)]
    [InlineData(-0.5, 0.1, 1.9, false)]
    [InlineData(4.9, 0.1, 9.0, true)]
    public void A_claim_holds_where_it_agrees_with_the_referee_at_that_moment(double residualMs, double boundMs, double atS, bool holds)
    {
        var claim = new MethodClaim((long)(residualMs * 1e6), (long)(boundMs * 1e6), (long)(atS * 1e9));

        Assert.Equal(holds, Run("0.1:-20000 1:-0.5±0.2 2:5±0.2", claim).ClaimHolds);
    }

    [Fact]
    public void The_moment_of_a_later_measurement_counts_before_that_of_the_first_proof()
    {
        var claim = new MethodClaim(5_000_000, 100_000, 1_000_000_000) { MeasuredNs = 2_000_000_000 };

        Assert.True(Run("1:-0.5 2:5", claim).ClaimHolds);
    }

    [Fact]
    public void Who_claims_nothing_is_not_caught_lying() => Assert.Null(Run("1:-20000").ClaimHolds);

    [Fact]
    public void The_surest_sample_before_the_break_tells_what_there_was_to_break() =>
        Assert.Equal(200_000, Run("-3:7±3 -2:0.2±0.1 -1:9±4 0.1:-20000").Before!.Value.OffsetNs);

    [Fact]
    public void A_run_without_a_sample_is_none() => Assert.False(Run("-1:0").IsDone);
}
