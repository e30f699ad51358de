using Guestclock.Formats;
using Guestclock.Formats.ClockLogs;
using Guestclock.Stability.Grids;

namespace Guestclock.Tests.Stability.Grids;

public class GriddingTests
{
    private static readonly double NaN = double.NaN;

    [Fact]
    public void A_sample_that_is_missing_stays_missing()
    {
        var grid = Grid([0, 1, 2, 4, 5, 9, 10], [1, 2, 3, 5, 6, 10, 11]);

        Assert.Equal(1, grid.Phase.Tau0S);
        Assert.Equal([1, 2, 3, NaN, 5, 6, NaN, NaN, NaN, 10, 11], grid.Phase.PhaseS);
        Assert.Equal((7, 7, 4, 2, 4.0), (grid.Samples, grid.Used, grid.Missing, grid.Gaps, grid.LongestGapS));
        Assert.Equal(["2 gaps, the longest 4.00 s; nothing is put in their place"], grid.Remarks);
    }

    [Fact]
    public void Intervals_that_vary_a_little_are_one_step_each()
    {
        // A poll of chrony's is up to 2 % longer than it says: it would drift away from a grid of its median.
        var atS = Enumerable.Range(0, 2000).Select(i => Math.Floor(i * 64.65)).ToArray();

        var grid = Grid(atS, [.. atS.Select(t => t * 1e-6)]);

        Assert.Equal(0, grid.Missing);
        Assert.Equal(64.65, grid.Phase.Tau0S, 2);
    }

    [Fact]
    public void Samples_that_come_too_soon_are_left_out()
    {
        var grid = Grid([0, 1, 2, 2.1, 3, 4, 4, 5], [0, 1, 2, 2.1, 3, 4, 4.5, 5]);

        Assert.Equal([0, 1, 2, 3, 4, 5], grid.Phase.PhaseS);
        Assert.Equal(2, grid.LeftOut);
        Assert.StartsWith("2 samples came sooner than half an interval", Assert.Single(grid.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_in_whole_seconds_that_are_too_coarse_mean_even_samples()
    {
        var atS = Enumerable.Range(0, 400).Select(i => Math.Floor(1000 + (i * 0.25))).ToArray();

        var grid = Grid(atS, [.. atS.Select((_, i) => i * 1e-9)]);

        Assert.Equal(400, grid.Phase.Count);
        Assert.Equal(0, grid.Missing);
        Assert.InRange(grid.Phase.Tau0S, 0.248, 0.252);
        Assert.Contains("its times are whole seconds, too coarse", grid.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_poll_that_changes_is_told_with_what_to_do()
    {
        double[] atS = [.. Enumerable.Range(0, 60).Select(i => i * 16.0), .. Enumerable.Range(0, 40).Select(i => 1024 + (i * 64.0))];

        var grid = Grid(atS, [.. atS.Select(t => t * 1e-9)]);
        var slower = Grid(atS, [.. atS.Select(t => t * 1e-9)], new(Tau0S: 64));

        Assert.Equal(16, grid.Phase.Tau0S);
        Assert.Contains("the interval changes: 39 of 99 are about 64.0 s, the grid has 16.0 s, so that those are gaps; '--tau0 64s' uses the longer one", grid.Remarks);
        Assert.Equal((0, 44), (slower.Missing, slower.LeftOut));
    }

    [Fact]
    public void Times_that_go_back_divide_the_log()
    {
        var grid = Grid([100, 101, 102, 103, 50, 51, 52, 53, 54], [1, 2, 3, 4, 5, 6, 7, 8, 9]);

        Assert.Equal([5, 6, 7, 8, 9], grid.Phase.PhaseS);
        Assert.Equal(50, grid.StartS);
        Assert.Equal(["its times go back once, as after a step of the clock or where logs are joined", "only the longest of 2 parts without a break is analysed: 5 of 9 samples"], grid.Remarks);
    }

    [Fact]
    public void A_gap_longer_than_all_the_rest_divides_the_log_and_takes_no_memory()
    {
        var grid = Grid([0, 1, 2, 1e14, 1e14 + 1, 1e14 + 2, 1e14 + 3], [1, 2, 3, 4, 5, 6, 7]);

        Assert.Equal([4, 5, 6, 7], grid.Phase.PhaseS);
    }

    [Fact]
    public void Hostile_times_do_not_fill_the_memory()
    {
        // Every gap is just short enough to be one: 3000 · 2000 · 1 s.
        var atS = new double[6000];
        for (var i = 1; i < atS.Length; i++)
            atS[i] = atS[i - 1] + (i % 2 == 0 ? 5999 : 1);

        var e = Assert.Throws<MalformedInputException>(() => Grid(atS, new double[6000]));
        Assert.Contains("--tau0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_nothing_but_missing_values_is_no_part() =>
        Assert.Equal([1, 2, 3, 4], Grid([0, 1, 2, 3, 1e15, 1e15 + 1], [1, 2, 3, 4, NaN, NaN]).Phase.PhaseS);

    [Fact]
    public void A_log_without_times_has_the_rate_that_is_given_or_one_hertz()
    {
        Assert.Equal(0.1, Gridding.Of(new("", SampleKind.Phase, [], [1, 2, 3]), new(Tau0S: 0.1)).Phase.Tau0S);
        var grid = Gridding.Of(new("", SampleKind.Phase, [], [1, NaN, 2, 3]), new());
        Assert.Equal((1.0, 1, 1), (grid.Phase.Tau0S, grid.Missing, grid.Gaps));
        Assert.Contains("the log has no times: one value a second is assumed; '--rate HZ' says otherwise", grid.Remarks);
    }

    [Fact]
    public void Frequency_becomes_phase_with_one_point_more()
    {
        var grid = Gridding.Of(new("", SampleKind.Frequency, [], [1e-9, 2e-9, 3e-9]), new(Tau0S: 10));

        Assert.Equal([0, 1e-8, 3e-8, 6e-8], grid.Phase.PhaseS.Select(x => Math.Round(x, 12)));
        Assert.Equal(3, grid.Used);
    }

    [Theory]
    [InlineData(1, "there is one sample only; statistics need at least 3")]
    [InlineData(2, "there are 2 samples only; statistics need at least 3")]
    public void Too_few_samples_are_refused(int count, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<MalformedInputException>(() => Grid([.. Enumerable.Range(0, count).Select(i => (double)i)], new double[count])).Message);

    [Fact]
    public void Samples_of_one_time_are_refused() =>
        Assert.Contains("--rate", Assert.Throws<MalformedInputException>(() => Grid([7.5, 7.5, 7.5, 7.5], [1, 2, 3, 4])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_frequency_is_that_of_the_real_times_however_uneven_they_are()
    {
        var random = new Random(7);
        double[] atS = [.. Enumerable.Range(0, 2000).Select(i => 1.7e9 + (16 * i) + (12 * random.NextDouble()))];

        var estimate = Grid(atS, Array.ConvertAll(atS, t => 1e-5 * (t - 1.7e9))).Frequency(0.683)!;

        Assert.Equal(1e-5, estimate.Frequency, 1e-13);
    }

    private static Grid Grid(double[] atS, double[] values, GridOptions? options = null) => Gridding.Of(new("", SampleKind.Phase, atS, values), options ?? new());
}
