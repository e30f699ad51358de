namespace Guestclock.Measuring.Runs;

/// <summary>
/// A measurement as a machine without I/O: it is told each reading and the time, and says when the next one is due and when it is over. The grid of
/// readings is even whatever a reading takes; one that is late drops those that it has overrun.
/// </summary>
/// <param name="startNs">Of a monotonic clock, as all times here: the first reading.</param>
public sealed class MeasureSession(MeasurePlan plan, long startNs)
{
    /// <summary>Entries that are kept; the oldest are forgotten, a tenth of all at a time.</summary>
    public const int MostEntries = 500_000;

    private readonly List<MeasureEntry> _entries = [];
    private readonly LuckyFilter _filter = new();
    private readonly StepDetector _steps = new();
    private bool _isFinal;
    private long _slot;

    public MeasurePlan Plan => plan;

    /// <summary>The last ones, oldest first.</summary>
    public IReadOnlyList<MeasureEntry> Entries => _entries;

    /// <summary>All readings, those included that are not kept any more.</summary>
    public long Readings { get; private set; }

    /// <summary>The problem after which there was nothing more to ask; null otherwise.</summary>
    public string? FinalProblem => _isFinal ? _entries[^1].Problem : null;

    /// <param name="unixNs">CLOCK_REALTIME, for a reading without a sample; <paramref name="rawNs"/> is CLOCK_MONOTONIC_RAW then.</param>
    public MeasureEntry Take(OffsetReading reading, long unixNs, long rawNs)
    {
        Readings++;
        _isFinal = reading.IsFinal;
        if (_entries.Count == MostEntries)
            _entries.RemoveRange(0, MostEntries / 10);
        var entry = reading.Sample is { } sample ? EntryOf(sample) : new(unixNs, rawNs, null, reading.Problem, false, null);
        _entries.Add(entry);
        return entry;
    }

    /// <summary>When the next reading begins, the last one having ended now; null where there is none. Asked once after each reading.</summary>
    /// <param name="leastNs">What the reference asks for meanwhile: an NTP server that is asked too often says so (kiss code RATE).</param>
    public long? NextAt(long nowNs, long leastNs = 0)
    {
        if (_isFinal || Readings >= plan.Count)
            return null;
        var earliestNs = leastNs > plan.IntervalNs ? nowNs + leastNs : nowNs;
        // A timer may be a little early.
        _slot = Math.Max(_slot, Math.Max(0, earliestNs - startNs) / plan.IntervalNs) + 1;
        var sinceStartNs = _slot * plan.IntervalNs;
        return sinceStartNs >= plan.DurationNs ? null : startNs + sinceStartNs;
    }

    private MeasureEntry EntryOf(OffsetSample sample)
    {
        var (isLucky, step) = (_filter.Takes(sample.DelayNs), _steps.Take(sample));
        // The first sample after a step counts in any case: there is no other.
        return new(sample.AtUnixNs, sample.AtRawNs, sample, null, isLucky || step is not null || !plan.FiltersLucky, step);
    }
}
