namespace Guestclock.Formats.Domains;

/// <summary>The timers that a QEMU command line sets, until they are turned into those of a domain; null: not said.</summary>
internal sealed class QemuTimers
{
    public string? RtcPolicy { get; set; }

    public string? RtcTrack { get; set; }

    public string? PitPolicy { get; set; }

    public bool? Hpet { get; set; }

    public bool? KvmClock { get; set; }

    public bool? HyperVClock { get; set; }

    public long? TscHz { get; set; }

    public void AddTo(List<DomainTimer> timers)
    {
        if (RtcPolicy is not null || RtcTrack is not null)
            timers.Add(new("rtc", null, RtcPolicy, RtcTrack, null, null));
        if (PitPolicy is not null)
            timers.Add(new("pit", null, PitPolicy, null, null, null));
        Add(timers, "hpet", Hpet);
        Add(timers, "kvmclock", KvmClock);
        Add(timers, "hypervclock", HyperVClock);
        if (TscHz is not null)
            timers.Add(new("tsc", null, null, null, TscHz, null));
    }

    private static void Add(List<DomainTimer> timers, string name, bool? present)
    {
        if (present is not null)
            timers.Add(new(name, present, null, null, null, null));
    }
}
