using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

public class OutliersTests
{
    private static double[] Quiet(int count) => Array.ConvertAll(NoiseSeries.White(count, 3), v => 1e-6 * v);

    [Fact]
    public void Spikes_alone_and_in_company_are_taken_out_and_told()
    {
        var x = Quiet(500);
        x[100] += 1e-3;
        (x[200], x[201], x[202]) = (x[200] - 2e-4, x[201] - 3e-4, x[202] - 2e-4);
        var result = Outliers.OfPhase(new(x, 1));
        Assert.Equal([100, 200, 201, 202], result.Removed.Select(r => r.Index));
        Assert.Empty(result.Steps);
        PublishedSeries.Near(1e-3, result.Removed[0].Excess, 0.01);
        Assert.Equal([100, 200, 201, 202], Enumerable.Range(0, 500).Where(i => double.IsNaN(result.Cleaned.PhaseS[i])));
        Assert.False(double.IsNaN(x[100]));
    }

    [Fact]
    public void A_step_stays_and_is_told()
    {
        var x = Quiet(500);
        for (var i = 300; i < x.Length; i++)
            x[i] += 0.5;
        var result = Outliers.OfPhase(new(x, 1));
        Assert.Empty(result.Removed);
        var step = Assert.Single(result.Steps);
        Assert.Equal(300, step.Index);
        PublishedSeries.Near(0.5, step.Excess, 1e-3);
    }

    [Fact]
    public void A_long_gap_and_a_frequency_offset_are_no_outliers()
    {
        var x = Quiet(500);
        for (var i = 0; i < x.Length; i++)
            x[i] = i is > 100 and < 250 ? double.NaN : x[i] + (1e-4 * i);
        var result = Outliers.OfPhase(new(x, 1));
        Assert.Empty(result.Removed);
        Assert.Empty(result.Steps);
    }

    [Fact]
    public void A_step_inside_a_gap_is_told_and_a_spike_beside_one_taken_out()
    {
        var x = Quiet(500);
        for (var i = 100; i < x.Length; i++)
            x[i] = i < 130 ? double.NaN : x[i] + 1e-4;
        x[131] += 1e-3;
        var result = Outliers.OfPhase(new(x, 1));
        Assert.Equal(130, Assert.Single(result.Steps).Index);
        Assert.Equal(131, Assert.Single(result.Removed).Index);
    }

    [Fact]
    public void Noise_alone_loses_nothing_nor_does_a_coarse_clock()
    {
        Assert.Empty(Outliers.OfPhase(new(NoiseSeries.White(10_000, 4), 1)).Removed);
        var coarse = Enumerable.Range(0, 1000).Select(i => i % 10 == 3 ? 1e-6 : 0).ToArray();
        Assert.Empty(Outliers.OfPhase(new(coarse, 1)).Removed);
        Assert.Empty(Outliers.OfPhase(new(new double[50], 1)).Removed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Noise_alone_loses_nothing_where_the_interval_changes(int seed)
    {
        var random = new Random(seed);
        var x = new List<double>();
        foreach (var value in NoiseSeries.White(3000, seed))
        {
            x.Add(value);
            if (random.Next(2) == 0)
                x.AddRange([double.NaN, double.NaN, double.NaN]);
        }

        var spiked = x.ToArray();
        var at = Enumerable.Range(1000, 100).First(i => !double.IsNaN(spiked[i]));
        spiked[at] = 40;

        Assert.Empty(Outliers.OfPhase(new([.. x], 1)).Removed);
        Assert.Equal(at, Assert.Single(Outliers.OfPhase(new(spiked, 1)).Removed).Index);
    }

    [Fact]
    public void Frequencies_far_from_the_median_become_missing()
    {
        var y = NoiseSeries.White(300, 5);
        (y[7], y[9]) = (100, double.NaN);
        var result = Outliers.OfFrequency(y);
        Assert.Equal([7], result.Removed.Select(r => r.Index));
        Assert.Equal([7, 9], Enumerable.Range(0, 300).Where(i => double.IsNaN(result.Cleaned[i])));
        Assert.Equal(100, y[7]);
    }
}
