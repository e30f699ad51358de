using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

/// <summary>Every statistic beside its formula written out, with and without missing samples, at lengths that fit no vector and no block.</summary>
public class NaiveAgreementTests
{
    public static TheoryData<Statistic> Statistics => [.. Enum.GetValues<Statistic>()];

    [Theory]
    [MemberData(nameof(Statistics))]
    public void Random_series_of_random_lengths_with_random_gaps_agree(Statistic statistic)
    {
        var random = new Random(17);
        for (var run = 0; run < 60; run++)
        {
            var x = NoiseSeries.Of((run % 3) - 1 == 1 ? 2 : -2 * (run % 2), random.Next(1, 150), run);
            if (run % 4 > 0)
                x = NoiseSeries.WithGaps(x, 0.02 * (run % 4), run);
            Compare(statistic, x, 0.5, [1, 2, 3, 4, 5, 7, 8, 11, 16, 30, 49, 74, 99]);
        }
    }

    [Theory]
    [MemberData(nameof(Statistics))]
    public void Series_longer_than_a_block_agree(Statistic statistic)
    {
        Compare(statistic, NoiseSeries.Of(0, 20_003, 1), 1, [1, 2, 17]);
        Compare(statistic, NoiseSeries.WithGaps(NoiseSeries.Of(0, 20_003, 2), 0.0005, 3), 1, [1, 5, 64]);
    }

    [Fact]
    public void A_sum_of_windows_that_is_made_afresh_agrees()
    {
        Compare(Statistic.Mdev, NoiseSeries.Of(-2, 12_000, 4), 1, [500, 3000, 3900]);
        Compare(Statistic.Totdev, NoiseSeries.Of(-2, 12_001, 5), 1, [500, 5999, 6000]);
    }

    [Fact]
    public void MTIE_agrees_whichever_averaging_times_are_asked_for_together()
    {
        var x = NoiseSeries.WithGaps(NoiseSeries.Of(0, 700, 6), 0.003, 7);
        var random = new Random(8);
        for (var run = 0; run < 12; run++)
            Compare(Statistic.Mtie, x, 1, [.. Enumerable.Range(0, 5).Select(_ => random.NextInt64(1, 699))]);
    }

    private static void Compare(Statistic statistic, double[] x, double tau0, long[] factors)
    {
        var points = StabilityAnalysis.Compute(new(x, tau0), [statistic], factors, workers: 1).Points;
        var expected = factors.Distinct().Order().Where(m => m < x.Length).Select(m => (m, Naive: NaiveFamily.At(statistic, x, tau0, (int)m)))
            .Where(e => e.Naive.Terms >= StabilityAnalysis.FewestTerms).ToList();
        Assert.Equal(expected.Select(e => (e.m * tau0, e.Naive.Terms)), points.Select(p => (p.TauS, p.N)));
        foreach (var (point, (_, naive)) in points.Zip(expected))
            PublishedSeries.Near(naive.Value, point.Value, 1e-9);
    }
}
