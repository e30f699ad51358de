namespace Guestclock.Discipline.Watch.Tracking;

/// <summary>
/// The drift of one guest from its measurements since the last disruption. Any line that passes through all the intervals
/// [offset − bound, offset + bound] is possible; the steepest and the flattest of them bound the drift. Where no line passes, the
/// drift has changed, and the older half of the measurements is forgotten.
/// </summary>
public sealed class DriftTracker
{
    /// <summary>Measurements kept: an hour of them at one a minute.</summary>
    public const int Window = 64;

    /// <summary>Faster is no drift (100 %).</summary>
    private const double MostPpb = 1e9;

    private readonly List<ClockSample> _samples = [];

    public int Count => _samples.Count;

    public ClockSample? Last => _samples.Count > 0 ? _samples[^1] : null;

    /// <summary>Null with fewer than two measurements.</summary>
    public DriftEstimate? Estimate { get; private set; }

    /// <summary>A disruption: what was seen before says nothing of what comes.</summary>
    public void Forget()
    {
        _samples.Clear();
        Estimate = null;
    }

    /// <summary>A measurement that is not newer than the last one is left out.</summary>
    public void Add(ClockSample sample)
    {
        if (Last is { } last && sample.AtNs <= last.AtNs)
            return;
        if (_samples.Count == Window)
            _samples.RemoveAt(0);
        _samples.Add(sample);
        while (_samples.Count > 1 && !TryFit())
            _samples.RemoveRange(0, (_samples.Count + 1) / 2);
        if (_samples.Count < 2)
            Estimate = null;
    }

    private bool TryFit()
    {
        var (low, high) = (-MostPpb, MostPpb);
        for (var j = 1; j < _samples.Count; j++)
        {
            for (var i = 0; i < j; i++)
            {
                var (a, b) = (_samples[i], _samples[j]);
                var difference = (double)b.Offset.OffsetNs - a.Offset.OffsetNs;
                var bound = (double)a.Offset.BoundNs + b.Offset.BoundNs;
                var seconds = (b.AtNs - a.AtNs) / 1e9;
                low = Math.Max(low, (difference - bound) / seconds);
                high = Math.Min(high, (difference + bound) / seconds);
            }
        }

        if (low > high)
            return false;
        var ppb = (long)Math.Round((low + high) / 2);
        var boundPpb = (long)Math.Ceiling((high - low) / 2);
        Estimate = new(ppb, boundPpb, Trend(ppb, boundPpb), _samples.Count, _samples[^1].AtNs - _samples[0].AtNs);
        return true;
    }

    private DriftTrend Trend(long ppb, long boundPpb) =>
        Math.Abs(ppb) <= boundPpb ? DriftTrend.Steady
        : Math.Sign(ppb) * Math.Sign(_samples[^1].Offset.OffsetNs) >= 0 ? DriftTrend.Away : DriftTrend.Towards;
}
