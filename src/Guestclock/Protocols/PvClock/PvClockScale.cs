namespace Guestclock.Protocols.PvClock;

/// <summary>
/// From cycles of the TSC to nanoseconds: shifted, then multiplied by a binary fraction of 32 bits (Documentation/virt/kvm/x86/msr.rst,
/// MSR_KVM_SYSTEM_TIME_NEW).
/// </summary>
/// <param name="Multiplier">Nanoseconds per cycle after the shift, times 2³².</param>
/// <param name="Shift">To the left where positive, to the right where negative.</param>
public readonly record struct PvClockScale(uint Multiplier, sbyte Shift)
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// The scale that KVM chooses for a TSC of so many Hz (kvm_get_time_scale of arch/x86/kvm/x86.c): the rate is halved or doubled until it
    /// lies above 1 GHz and not above 2 GHz, so that the multiplier has 32 significant bits.
    /// </summary>
    /// <param name="hz">At least 1.</param>
    public static PvClockScale ForHz(ulong hz)
    {
        ArgumentOutOfRangeException.ThrowIfZero(hz);
        sbyte shift = 0;
        for (; hz > 2 * NanosecondsPerSecond; hz >>= 1)
            shift--;
        for (; hz <= NanosecondsPerSecond; hz <<= 1)
            shift++;
        return new((uint)((NanosecondsPerSecond << 32) / hz), shift);
    }

    /// <summary>
    /// Nanoseconds of so many cycles, modulo 2⁶⁴, rounded as guests do: down after the shift and down after the product of 96 bits, so that it
    /// is at most 1 below the exact quotient rounded down.
    /// </summary>
    public ulong ToNs(ulong cycles) => unchecked((ulong)((UInt128)Shifted(cycles) * Multiplier >> 32));

    /// <summary>
    /// The rate that a guest concludes from the scale, in kHz, rounded down as Linux does (pvclock_tsc_khz of arch/x86/kernel/pvclock.c); a
    /// kHz may get lost there. 0 for a multiplier of 0.
    /// </summary>
    public ulong TscKhz
    {
        get
        {
            if (Multiplier == 0)
                return 0;
            var khz = (1_000_000UL << 32) / Multiplier;
            return Shift < 0 ? Left(khz, -Shift) : Right(khz, Shift);
        }
    }

    private ulong Shifted(ulong cycles) => Shift < 0 ? Right(cycles, -Shift) : Left(cycles, Shift);

    /// <summary>A guest's structure may hold any shift; C# would take it modulo 64.</summary>
    private static ulong Left(ulong value, int by) => by < 64 ? value << by : 0;

    private static ulong Right(ulong value, int by) => by < 64 ? value >> by : 0;
}
