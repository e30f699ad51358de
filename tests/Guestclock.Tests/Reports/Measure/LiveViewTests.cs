using Guestclock.Reports;
using Guestclock.Reports.Measure;

namespace Guestclock.Tests.Reports.Measure;

public class LiveViewTests
{
    [Fact]
    public void It_fits_every_width_whatever_is_measured()
    {
        for (var width = 40; width <= 160; width += 8)
        {
            for (var count = 1; count < 60; count += 3)
            {
                var entries = SomeMeasurement.Report(count, count).Entries;
                var lines = LiveView.Lines(entries, SomeMeasurement.Pair, count, 3, new(width, false));
                Assert.All(lines, l => Assert.InRange(l.Length, 1, width - 1));
                Assert.DoesNotContain(lines, l => l.Any(char.IsControl));
                Assert.InRange(lines.Count, 4, 12);
            }
        }
    }

    [Fact]
    public void It_shows_the_last_offset_its_bound_and_the_counts()
    {
        var lines = LiveView.Lines([Samples(0, 12_000), Samples(1, 12_500)], new("system clock", "NTP 192.0.2.1", "", []), 3, 1, TextLayout.Plain);
        Assert.Equal("system clock against NTP 192.0.2.1", lines[0]);
        Assert.Equal("  now    +12.5 µs ± 1.00 µs       reading 1.00 µs", lines[1]);
        Assert.Equal("  mean   +12.25 µs, spread 353 ns, jitter 500 ns (2 of 2 used, 1.00 s)", lines[2]);
        Assert.Equal("  3 readings, 1 lost", lines[3]);
    }

    [Fact]
    public void Before_the_first_sample_it_says_so() =>
        Assert.Contains("  no sample yet", LiveView.Lines([Tests.Measuring.Runs.Samples.Lost(0, "no answer")], SomeMeasurement.Pair, 1, 1, TextLayout.Plain));

    private static Guestclock.Measuring.Runs.MeasureEntry Samples(double seconds, long offsetNs) => Tests.Measuring.Runs.Samples.Entry(seconds, offsetNs);
}
