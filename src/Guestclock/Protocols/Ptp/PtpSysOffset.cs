namespace Guestclock.Protocols.Ptp;

/// <summary>
/// struct ptp_sys_offset of linux/ptp_clock.h, 832 bytes: n_samples u32 at 0, reserved u32[3], then 51 times of 16 bytes from 16 on
/// in the order system, PHC, system, PHC … system (2n + 1 are filled).
/// </summary>
public static class PtpSysOffset
{
    public const int Size = 832;

    /// <summary>The argument that asks for <paramref name="samples"/> samples.</summary>
    public static byte[] Request(int samples) => PtpReply.Request(Size, samples);

    public static IReadOnlyList<PtpSample> Decode(ReadOnlySpan<byte> bytes) => PtpReply.Decode(bytes, Size, step: 2);
}
