namespace Guestclock.Protocols.Ptp;

/// <summary>
/// struct ptp_sys_offset_extended of linux/ptp_clock.h, 1216 bytes: n_samples u32 at 0, clock id s32 at 4 (since 6.12; 0 is CLOCK_REALTIME,
/// and reserved zero before), reserved u32[2], then 25 triples of times of 16 bytes from 16 on: system before, PHC, system after.
/// </summary>
public static class PtpSysOffsetExtended
{
    public const int Size = 1216;

    /// <summary>The argument that asks for <paramref name="samples"/> samples against CLOCK_REALTIME.</summary>
    public static byte[] Request(int samples) => PtpReply.Request(Size, samples);

    public static IReadOnlyList<PtpSample> Decode(ReadOnlySpan<byte> bytes) => PtpReply.Decode(bytes, Size, step: 3);
}
