namespace Guestclock.Protocols.Ptp;

/// <summary>
/// Request numbers of linux/ptp_clock.h, the first variants, which every kernel since 3.0 (plain), 4.6 (precise) and 5.0 (extended) knows.
/// The direction bits are the header's own: the plain request is declared write-only although it returns data.
/// </summary>
public static class PtpIoctl
{
    /// <summary>PTP_CLOCK_GETCAPS, _IOR('=', 1, struct ptp_clock_caps).</summary>
    public const uint GetCaps = 0x80503D01;

    /// <summary>PTP_SYS_OFFSET, _IOW('=', 5, struct ptp_sys_offset).</summary>
    public const uint SysOffset = 0x43403D05;

    /// <summary>PTP_SYS_OFFSET_PRECISE, _IOWR('=', 8, struct ptp_sys_offset_precise).</summary>
    public const uint SysOffsetPrecise = 0xC0403D08;

    /// <summary>PTP_SYS_OFFSET_EXTENDED, _IOWR('=', 9, struct ptp_sys_offset_extended).</summary>
    public const uint SysOffsetExtended = 0xC4C03D09;

    /// <summary>PTP_MAX_SAMPLES: the most samples of one plain or extended request.</summary>
    public const int MaxSamples = 25;
}
