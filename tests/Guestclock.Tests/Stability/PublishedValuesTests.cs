using Guestclock.Stability;

namespace Guestclock.Tests.Stability;

/// <summary>Values of NIST SP 1065 (tables 31 and 32) and of NBS Monograph 140; MTIE and TIE rms, which they lack, by an independent computation.</summary>
public class PublishedValuesTests
{
    [Theory]
    [InlineData(Statistic.Adev, 2.922319e-1, 9.965736e-2, 3.897804e-2)]
    [InlineData(Statistic.Oadev, 2.922319e-1, 9.159953e-2, 3.241343e-2)]
    [InlineData(Statistic.Mdev, 2.922319e-1, 6.172376e-2, 2.170921e-2)]
    [InlineData(Statistic.Tdev, 1.687202e-1, 3.563623e-1, 1.253382e+0)]
    [InlineData(Statistic.Hdev, 2.943883e-1, 1.052754e-1, 3.910861e-2)]
    [InlineData(Statistic.Ohdev, 2.943883e-1, 9.581083e-2, 3.237638e-2)]
    [InlineData(Statistic.Totdev, 2.922319e-1, 9.134743e-2, 3.406530e-2)]
    [InlineData(Statistic.Mtie, 0.995745, 7.596560, 55.381773)]
    [InlineData(Statistic.Tierms, 0.568339, 4.975004, 49.424066)]
    public void The_thousand_points_of_SP_1065_give_the_published_values(Statistic statistic, double at1, double at10, double at100)
    {
        var table = StabilityAnalysis.Compute(PhaseSeries.FromFrequency(PublishedSeries.Thousand(), 1), [statistic], [1, 10, 100]);
        Assert.Equal([1, 10, 100], table.Points.Select(p => p.TauS));
        PublishedSeries.Near(at1, table.Points[0].Value, 1e-6);
        PublishedSeries.Near(at10, table.Points[1].Value, 1e-6);
        PublishedSeries.Near(at100, table.Points[2].Value, 1e-6);
        Assert.True(table.Complete);
        Assert.Empty(table.Remarks);
    }

    [Theory]
    [InlineData(Statistic.Adev, 91.22945, 115.8082)]
    [InlineData(Statistic.Oadev, 91.22945, 85.95287)]
    [InlineData(Statistic.Mdev, 91.22945, 74.78849)]
    [InlineData(Statistic.Tdev, 52.67135, 86.35831)]
    [InlineData(Statistic.Hdev, 70.80607, 116.7980)]
    [InlineData(Statistic.Ohdev, 70.80607, 85.61487)]
    [InlineData(Statistic.Totdev, 91.22945, 93.90379)]
    public void The_nine_points_of_Monograph_140_give_the_published_values(Statistic statistic, double at1, double at2)
    {
        var points = StabilityAnalysis.Compute(PhaseSeries.FromFrequency(PublishedSeries.Nine, 1), [statistic], [1, 2]).Points;
        PublishedSeries.Near(at1, points[0].Value, 1e-6);
        PublishedSeries.Near(at2, points[1].Value, 1e-6);
    }

    [Fact]
    public void The_generator_gives_the_published_series()
    {
        var y = PublishedSeries.Thousand();
        PublishedSeries.Near(395529916 / 2147483647.0, y[1], 1e-15);
        PublishedSeries.Near(729408118 / 2147483647.0, y[10], 1e-15);
        PublishedSeries.Near(1560135652 / 2147483647.0, y[999], 1e-15);
    }
}
