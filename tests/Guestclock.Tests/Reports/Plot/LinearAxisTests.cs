using Guestclock.Reports.Plot;

namespace Guestclock.Tests.Reports.Plot;

public class LinearAxisTests
{
    [Theory]
    [InlineData(0, 59, 8, 10, 6)]
    [InlineData(-1.7, 13.4, 6, 5, 3)]
    [InlineData(-0.004, 0.003, 6, 0.002, 4)]
    [InlineData(0, 1e12, 5, 2e11, 6)]
    public void Ticks_are_round_and_about_as_many_as_asked_for(double low, double high, int about, double step, int count)
    {
        var (values, found) = new LinearAxis(low, high, 0, 100).Ticks(about);
        Assert.Equal(step, found, step * 1e-9);
        Assert.Equal(count, values.Count);
        Assert.All(values, v => Assert.InRange(v, low - (step * 1e-9), high + (step * 1e-9)));
    }

    [Fact]
    public void What_lies_beyond_it_stands_at_its_end()
    {
        var axis = new LinearAxis(-1, 1, 300, 100);
        Assert.Equal([300, 300, 200, 100, 100], new double[] { -9, -1, 0, 1, 9 }.Select(axis.At));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-4e18)]
    public void A_single_value_stands_in_the_middle(double value)
    {
        var axis = new LinearAxis(value, value, 0, 100);
        Assert.Equal(50, axis.At(value), 1e-6);
        Assert.InRange(axis.Ticks(5).Values.Count, 1, 12);
    }
}
