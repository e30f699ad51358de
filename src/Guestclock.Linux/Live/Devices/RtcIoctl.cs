namespace Guestclock.Linux.Live.Devices;

/// <summary>Request numbers of linux/rtc.h.</summary>
internal static class RtcIoctl
{
    /// <summary>RTC_RD_TIME, _IOR('p', 0x09, struct rtc_time): nine ints.</summary>
    public const nuint ReadTime = 0x8024_7009;

    /// <summary>RTC_UIE_ON, _IO('p', 0x03): an interrupt at each update, until it is turned off or the descriptor closed.</summary>
    public const nuint UpdateInterruptOn = 0x7003;

    /// <summary>RTC_UIE_OFF, _IO('p', 0x04).</summary>
    public const nuint UpdateInterruptOff = 0x7004;
}
