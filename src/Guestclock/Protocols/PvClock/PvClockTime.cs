namespace Guestclock.Protocols.PvClock;

/// <summary>The frequency that a pvclock structure means: pvclock_tsc_khz of arch/x86/kernel/pvclock.c, without its rounding.</summary>
public static class PvClockTime
{
    /// <summary>The TSC's frequency that the multiplier means, in kHz; 0 where the multiplier is 0.</summary>
    public static double TscKhz(this PvClockPage page) => page.Multiplier == 0 ? 0 : 1e6 * 4294967296.0 / page.Multiplier * Math.Pow(2, -page.Shift);
}
