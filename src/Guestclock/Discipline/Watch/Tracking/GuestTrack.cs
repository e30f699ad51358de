namespace Guestclock.Discipline.Watch.Tracking;

/// <summary>What the measurements of one guest say, and what of it is worth telling.</summary>
public sealed class GuestTrack
{
    /// <summary>Two measurements always lie on a line; so many do not by chance.</summary>
    private const int EnoughForDrift = 5;

    private readonly DriftTracker _drift = new();
    private readonly Alarm _driftAlarm = new();
    private readonly Alarm _offsetAlarm = new();

    /// <summary>The last measurement; a disruption does not take it away.</summary>
    public ClockSample? Last { get; private set; }

    public DriftEstimate? Drift => _drift.Estimate;

    public bool IsDriftAlarmed => _driftAlarm.IsOn;

    public bool IsOffsetAlarmed => _offsetAlarm.IsOn;

    /// <summary>The guest's or the host's clock was disrupted: no line leads from before to after.</summary>
    public void Disrupt() => _drift.Forget();

    /// <summary>Adds a measurement; returns what is to be told of it.</summary>
    public IReadOnlyList<WatchRecord> Add(string guest, ClockSample sample, WatchPolicy policy)
    {
        var told = new List<WatchRecord>();
        if (_drift.Last is { } before && JumpDetector.Find(before, sample, _drift.Estimate, policy.JumpAlertNs) is { } jump)
        {
            told.Add(new(WatchRecordKind.Jump, sample.AtNs) { Guest = guest, Offset = sample.Offset, Jump = jump });
            _drift.Forget();
        }

        Last = sample;
        _drift.Add(sample);
        if (_drift.Estimate is { Samples: >= EnoughForDrift } drift && _driftAlarm.Weigh(drift.LeastPpb, drift.WorstPpb, policy.DriftAlertPpb))
            told.Add(new(WatchRecordKind.Drift, sample.AtNs) { Guest = guest, Offset = sample.Offset, Drift = drift, IsRaised = _driftAlarm.IsOn });
        if (_offsetAlarm.Weigh(sample.Offset.LeastNs, sample.Offset.WorstNs, policy.OffsetAlertNs))
            told.Add(new(WatchRecordKind.Offset, sample.AtNs) { Guest = guest, Offset = sample.Offset, IsRaised = _offsetAlarm.IsOn });
        return told;
    }
}
