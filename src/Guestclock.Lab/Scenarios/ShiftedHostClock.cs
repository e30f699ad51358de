using Guestclock.Linux.Agents;

namespace Guestclock.Lab.Scenarios;

/// <summary>The host's clock as a run of the lab has it: this machine's own, shifted. It is the truth that guests are held against.</summary>
/// <param name="real">This machine's own.</param>
public sealed class ShiftedHostClock(IHostClock real) : IHostClock
{
    private long _shiftNs;

    /// <summary>Raised after it was stepped.</summary>
    public event EventHandler? Stepped;

    /// <summary>Shifted minus real; zero unless told otherwise.</summary>
    public long ShiftNs => Interlocked.Read(ref _shiftNs);

    public long RealtimeNs => real.RealtimeNs + ShiftNs;

    public long MonotonicNs => real.MonotonicNs;

    public long BootTimeNs => real.BootTimeNs;

    /// <summary>Steps it, as <c>clock_settime</c> would step a host's.</summary>
    public void SetShift(long shiftNs)
    {
        Interlocked.Exchange(ref _shiftNs, shiftNs);
        Stepped?.Invoke(this, EventArgs.Empty);
    }
}
