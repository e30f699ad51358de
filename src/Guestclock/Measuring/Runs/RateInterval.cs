namespace Guestclock.Measuring.Runs;

/// <summary>The rates, in ppm, of all straight lines that pass through the intervals of all samples: a hard bound, if the rate was constant.</summary>
public readonly record struct RateInterval(double LowPpm, double HighPpm)
{
    /// <summary>Null where no straight line passes through all of them: the rate changed, or a bound is not honest; also where they span no time.</summary>
    public static RateInterval? Of(IReadOnlyList<OffsetSample> samples)
    {
        if (samples.Count < 2 || samples[^1].AtRawNs <= samples[0].AtRawNs)
            return null;
        var intervals = new Intervals(samples);
        return intervals.Edge(-intervals.SteepestSlope) is { } low && intervals.Edge(intervals.SteepestSlope) is { } high ? new(low * 1e6, high * 1e6) : null;
    }

    /// <summary>Lower and upper end of each sample's interval over time, all in nanoseconds since the first one.</summary>
    private sealed class Intervals
    {
        private const int MostSteps = 200;

        /// <summary>What rounding may make of an edge, in nanoseconds.</summary>
        private const double Rounding = 1;

        private readonly double[] _at;
        private readonly double[] _low;
        private readonly double[] _high;

        public Intervals(IReadOnlyList<OffsetSample> samples)
        {
            _at = [.. samples.Select(s => (double)(s.AtRawNs - samples[0].AtRawNs))];
            _low = [.. samples.Select(s => (double)((Int128)s.OffsetNs - samples[0].OffsetNs - s.BoundNs))];
            _high = [.. samples.Select(s => (double)((Int128)s.OffsetNs - samples[0].OffsetNs + s.BoundNs))];
        }

        /// <summary>Steeper than any line through two intervals.</summary>
        public double SteepestSlope
        {
            get
            {
                var gap = _at.Zip(_at.Skip(1), (a, b) => b - a).Where(g => g > 0).Min();
                return 1 + ((_high.Max() - _low.Min()) / gap);
            }
        }

        /// <summary>
        /// Newton's steps from a slope outside: how far the highest lower end and the lowest upper end miss each other, seen along lines of that slope, is
        /// convex in the slope; where these two just meet is the next one.
        /// </summary>
        public double? Edge(double slope)
        {
            var isFromBelow = slope < 0;
            for (var step = 0; step < MostSteps; step++)
            {
                var (i, j) = Closest(slope);
                var room = _high[j] - _low[i] - (slope * (_at[j] - _at[i]));
                if (room >= 0)
                    return slope;
                var next = (_high[j] - _low[i]) / (_at[j] - _at[i]);
                if (isFromBelow ? !(next > slope) : !(next < slope))
                    return room >= -Rounding ? slope : null;
                slope = next;
            }

            return null;
        }

        /// <summary>The interval with the highest lower end and the one with the lowest upper end, seen along lines of this slope.</summary>
        private (int Low, int High) Closest(double slope)
        {
            var (i, j) = (0, 0);
            for (var k = 1; k < _at.Length; k++)
            {
                if (_low[k] - (slope * _at[k]) > _low[i] - (slope * _at[i]))
                    i = k;
                if (_high[k] - (slope * _at[k]) < _high[j] - (slope * _at[j]))
                    j = k;
            }

            return (i, j);
        }
    }
}
