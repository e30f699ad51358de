using System.Globalization;
using Guestclock.Stability;
using Guestclock.Stability.Confidence;
using Guestclock.Testing;

namespace Guestclock.Tests.Stability;

/// <summary>What Stable32 makes of its own PHASE.DAT: number of terms, noise, value and confidence interval. It prints five digits.</summary>
public class Stable32Tests
{
    private const double FiveDigits = 6e-5;

    /// <summary>Stable32 approximates chi-squared: its intervals are narrower by half a percent than exact ones.</summary>
    private const double Interval = 6e-4;

    public static TheoryData<string> Rows => [.. File.ReadLines(Repository.At("tests", "stability", "phase-dat.csv")).Where(l => l.Length > 0 && l[0] != '#').Skip(1)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_agrees(string row)
    {
        var cells = row.Split(',');
        var statistic = Enum.Parse<Statistic>(cells[0], ignoreCase: true);
        var m = int.Parse(cells[1], CultureInfo.InvariantCulture);
        var point = PublishedSeries.One(PublishedSeries.PhaseDat(), statistic, m);
        Assert.Equal(long.Parse(cells[2], CultureInfo.InvariantCulture), point.N);
        PublishedSeries.Near(Number(cells[5]), point.Value, FiveDigits);
        if (cells[3].Length == 0)
        {
            Assert.Null(point.Low);
            Assert.Null(point.High);
            return;
        }

        // Stable32 kept the noise of the shorter times at the last one or two of these, where its own list of all times says flicker phase, as we do.
        var noise = (NoiseType)int.Parse(cells[3], CultureInfo.InvariantCulture);
        if (m < 128)
            Assert.Equal(noise, point.Noise);
        var interval = ConfidenceInterval.Of(point.Value, Degrees(statistic, m, point.N, noise), 0.683);
        PublishedSeries.Near(Number(cells[4]), interval!.Value.Low, Interval);
        PublishedSeries.Near(Number(cells[6]), interval.Value.High, Interval);
        if (noise == point.Noise)
            Assert.Equal(interval, (point.Low!.Value, point.High!.Value));
    }

    private static double? Degrees(Statistic statistic, int m, long terms, NoiseType noise) => statistic switch
    {
        Statistic.Totdev => TotalDegrees.Of(1001, m, noise),
        Statistic.Adev => EquivalentDegrees.Of(new(noise, 2, m, Overlapping: false, Modified: false), terms),
        Statistic.Oadev => EquivalentDegrees.Of(new(noise, 2, m, Overlapping: true, Modified: false), terms),
        Statistic.Hdev => EquivalentDegrees.Of(new(noise, 3, m, Overlapping: false, Modified: false), terms),
        Statistic.Ohdev => EquivalentDegrees.Of(new(noise, 3, m, Overlapping: true, Modified: false), terms),
        _ => EquivalentDegrees.Of(new(noise, 2, m, Overlapping: true, Modified: true), terms),
    };

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
