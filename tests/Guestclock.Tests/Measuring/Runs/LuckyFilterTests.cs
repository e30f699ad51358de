using Guestclock.Measuring.Runs;

namespace Guestclock.Tests.Measuring.Runs;

public class LuckyFilterTests
{
    [Fact]
    public void The_first_sample_and_each_quicker_one_are_lucky()
    {
        var filter = new LuckyFilter();
        Assert.Equal([true, true, true, false], new long[] { 900, 500, 300, 700 }.Select(filter.Takes));
    }

    [Fact]
    public void Where_all_delays_are_alike_all_are_lucky()
    {
        var filter = new LuckyFilter();
        Assert.All(Enumerable.Range(0, 40), i => Assert.True(filter.Takes(1000 + (i * 7 % 200))));
    }

    [Fact]
    public void Of_eight_very_different_ones_the_two_quickest_are_lucky()
    {
        var filter = new LuckyFilter();
        foreach (var delay in new long[] { 9000, 8000, 7000, 6000, 5000, 4000, 100 })
            filter.Takes(delay);
        Assert.True(filter.Takes(3000));
        Assert.False(filter.Takes(3900));
    }

    [Fact]
    public void A_path_that_has_become_longer_is_lucky_again_after_eight_samples()
    {
        var filter = new LuckyFilter();
        for (var i = 0; i < 20; i++)
            filter.Takes(100);
        var later = Enumerable.Range(0, 12).Select(_ => filter.Takes(5000)).ToList();
        Assert.False(later[0]);
        Assert.All(later.Skip(7), Assert.True);
    }

    [Fact]
    public void A_delay_of_nothing_is_lucky() => Assert.True(new LuckyFilter().Takes(0));
}
