using Guestclock.Facts;
using Guestclock.Fixes.Steps;

namespace Guestclock.Fixes;

/// <summary>Whether a time service that starts may step the clock.</summary>
public static class ClockRisk
{
    /// <summary>The error, offset and bound together, up to which nobody would notice a step: chrony's makestep is 1 s, timesyncd steps from 0.4 s.</summary>
    private const long LimitNs = 500_000_000;

    /// <summary>None where chronyd or the kernel shows that the clock is right within the limit, and on an image, where nothing starts.</summary>
    public static Risk OfRestart(MachineFacts facts)
    {
        if (facts.Clock.KernelTime.State == FactState.NotRecorded)
            return Risk.None;
        if (facts.Chrony.Tracking.TryGet(out var t))
        {
            var bound = Math.Abs((decimal)t.CorrectionNs) + Math.Max(0, t.RootDispersionNs) + (Math.Max(0, t.RootDelayNs) / 2m);
            return t.IsSynchronised && bound < LimitNs ? Risk.None : Risk.Clock;
        }

        return facts.Clock.KernelTime.Is(k => k.IsSynchronised && k.MaxErrorUs is >= 0 and < LimitNs / 1000) ? Risk.None : Risk.Clock;
    }
}
