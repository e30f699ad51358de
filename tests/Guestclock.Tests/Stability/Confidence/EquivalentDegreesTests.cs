using System.Globalization;
using Guestclock.Stability;
using Guestclock.Stability.Confidence;
using Guestclock.Testing;

namespace Guestclock.Tests.Stability.Confidence;

public class EquivalentDegreesTests
{
    [Fact]
    public void Degrees_agree_with_the_peers()
    {
        foreach (var line in File.ReadLines(Repository.At("tests", "stability", "edf.csv")).Where(l => l[0] is '2' or '3'))
        {
            var cells = Array.ConvertAll(line.Split(','), c => double.Parse(c, CultureInfo.InvariantCulture));
            var estimator = new Estimator((NoiseType)(int)cells[1], (int)cells[0], (int)cells[2], Overlapping: cells[4] == 1, Modified: cells[5] == 1);
            var degrees = EquivalentDegrees.Of(estimator, (long)cells[3]);
            Assert.True(Math.Abs(degrees!.Value - cells[6]) <= 1e-5 * cells[6], $"{line}: {degrees}");
        }
    }

    /// <summary>Where the tables take over from the sums nothing may leap.</summary>
    [Fact]
    public void The_tables_go_on_where_the_sums_end()
    {
        foreach (var noise in Enum.GetValues<NoiseType>().Where(n => n != NoiseType.Unknown))
        {
            for (var order = 2; order <= 3; order++)
            {
                if ((int)noise + (2 * order) <= 1)
                    continue;
                // J = (d + 1)m is 99 or 100, and just above it.
                var m = 100 / (order + 1);
                var before = EquivalentDegrees.Of(new(noise, order, m, Overlapping: true, Modified: false), 50 * m) / (50 * m);
                var after = EquivalentDegrees.Of(new(noise, order, m + 1, Overlapping: true, Modified: false), 50 * (m + 1)) / (50 * m);
                Assert.InRange(after!.Value / before!.Value, 0.95, 1.06);
            }
        }
    }

    [Theory]
    [InlineData(NoiseType.Unknown, 2)]
    [InlineData(NoiseType.FlickerWalkFm, 2)]
    [InlineData(NoiseType.RandomRunFm, 2)]
    public void A_variance_that_does_not_converge_has_none(NoiseType noise, int order) =>
        Assert.Null(EquivalentDegrees.Of(new(noise, order, 4, Overlapping: true, Modified: false), 100));

    [Theory]
    [InlineData(NoiseType.WhiteFm)]
    [InlineData(NoiseType.RandomWalkFm)]
    [InlineData(NoiseType.WhitePm)]
    [InlineData(NoiseType.FlickerPm)]
    public void Intervals_hold_the_truth_as_often_as_they_say(NoiseType noise)
    {
        const int runs = 250;
        var factors = new long[] { 1, 8, 50, 100 };
        var series = Enumerable.Range(0, runs).Select(seed => StabilityAnalysis.Compute(new(NoiseSeries.Of((int)noise, 401, seed), 1), [Statistic.Oadev, Statistic.Ohdev, Statistic.Mdev], factors, workers: 1).Points).ToList();
        for (var i = 0; i < series[0].Count; i++)
        {
            // The mean of the variances is the truth to a few percent; the noise is told from the same few points.
            var truth = Math.Sqrt(series.Average(s => s[i].Value * s[i].Value));
            var held = series.Count(s => s[i].Low <= truth && truth <= s[i].High);
            Assert.InRange(held, 0.55 * runs, 0.88 * runs);
        }
    }
}
