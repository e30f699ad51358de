namespace Guestclock.Protocols.PvClock;

/// <summary>The arithmetic of a pvclock structure: __pvclock_read_cycles and pvclock_tsc_khz of arch/x86/include/asm/pvclock.h and arch/x86/kernel/pvclock.c.</summary>
public static class PvClockTime
{
    /// <summary>
    /// The guest's clock in nanoseconds when its TSC was <paramref name="tsc"/>, not before the snapshot. As in the kernel, what is beyond 64 bits is
    /// lost; the result is less than a nanosecond behind the exact one, less than two where the shift is to the right.
    /// </summary>
    public static ulong NsAt(this PvClockPage page, ulong tsc)
    {
        var delta = unchecked(tsc - page.TscTimestamp);
        delta = page.Shift switch
        {
            <= -64 or >= 64 => 0,
            < 0 => delta >> -page.Shift,
            _ => delta << page.Shift,
        };
        return unchecked(page.SystemTimeNs + (ulong)(((UInt128)delta * page.Multiplier) >> 32));
    }

    /// <summary>The TSC's frequency that the multiplier means, in kHz; 0 where the multiplier is 0.</summary>
    public static double TscKhz(this PvClockPage page) => page.Multiplier == 0 ? 0 : 1e6 * 4294967296.0 / page.Multiplier * Math.Pow(2, -page.Shift);
}
