using Guestclock.Formats.ClockLogs;
using Guestclock.Stability.Grids;

namespace Guestclock.Tests.Stability.Grids;

public class StepTests
{
    private const double NoiseS = 1e-6;

    [Theory]
    [InlineData(5e-3)]
    [InlineData(-4e-5)]
    public void A_step_of_the_clock_is_found_and_the_longest_part_is_analysed(double stepS)
    {
        var phase = Noise(300);
        for (var i = 100; i < 300; i++)
            phase[i] += stepS;

        var grid = Grid(phase);

        var step = Assert.Single(grid.Steps);
        Assert.Equal(100, step.AfterS);
        Assert.InRange(step.SizeS, stepS - (4 * NoiseS), stepS + (4 * NoiseS));
        Assert.Equal(200, grid.Used);
        Assert.Equal(100, grid.StartS);
    }

    [Fact]
    public void A_step_can_be_kept()
    {
        var phase = Noise(300);
        for (var i = 100; i < 300; i++)
            phase[i] += 2;

        var grid = Gridding.Of(new("", SampleKind.Phase, [], phase), new(1, KeepSteps: true));

        Assert.Equal(300, grid.Used);
        Assert.Equal(["the clock stepped once (+2.00 s after 100 s); the statistics contain that"], grid.Remarks);
    }

    [Fact]
    public void A_step_that_comes_with_a_pause_is_found()
    {
        var atS = Enumerable.Range(0, 300).Select(i => i < 100 ? i : i + 20.0).ToArray();
        var phase = Noise(300);
        for (var i = 100; i < 300; i++)
            phase[i] -= 20;

        var grid = Gridding.Of(new("", SampleKind.Phase, atS, phase), new());

        Assert.Equal(120, Assert.Single(grid.Steps).AfterS);
    }

    [Fact]
    public void An_outlier_is_no_step()
    {
        var phase = Noise(300);
        phase[50] += 1e-3;
        (phase[150], phase[151]) = (phase[150] - 1e-3, phase[151] - 1e-3);

        Assert.Empty(Grid(phase).Steps);
    }

    [Fact]
    public void Neither_drift_nor_a_slew_nor_noise_is_a_step()
    {
        var drift = Noise(1000).Select((x, i) => x + (i * 3e-5)).ToArray();
        var slew = Noise(1000).Select((x, i) => x + (Math.Clamp(i - 500, 0, 20) * 1e-4)).ToArray();

        Assert.Empty(Grid(drift).Steps);
        Assert.Empty(Grid(slew).Steps);
        Assert.Empty(Grid(Noise(50_000)).Steps);
    }

    [Fact]
    public void A_constant_clock_and_a_coarse_one_have_no_steps()
    {
        Assert.Empty(Grid(new double[100]).Steps);
        Assert.Empty(Grid([.. Enumerable.Range(0, 400).Select(i => Math.Floor(i / 7.0) * 1e-6)]).Steps);
    }

    [Fact]
    public void Outliers_are_counted_and_can_be_removed()
    {
        var phase = Noise(300);
        phase[50] += 1e-3;
        var series = new ClockLogSeries("", SampleKind.Phase, [], phase);

        var kept = Gridding.Of(series, new(1));
        var removed = Gridding.Of(series, new(1, RemoveOutliers: true));

        Assert.Equal((1, 0), (kept.Outliers, kept.Missing));
        Assert.Equal((1, 1), (removed.Outliers, removed.Missing));
        Assert.Equal(["1 sample is an outlier; '--outliers remove' analyses without"], kept.Remarks);
    }

    private static Grid Grid(double[] phase) => Gridding.Of(new("", SampleKind.Phase, [.. phase.Select((_, i) => (double)i)], phase), new());

    /// <summary>The sum of twelve even numbers is near enough to a normal one.</summary>
    private static double[] Noise(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => NoiseS * (Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6))];
    }
}
