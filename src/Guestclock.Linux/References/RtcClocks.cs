using Guestclock.Linux.Live;
using Guestclock.Linux.Live.Devices;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.References;

/// <summary>An RTC by its device. The update interrupt is on only while it is waited for; closing turns it off too.</summary>
internal sealed class RtcDeviceClock(int descriptor) : IRtcClock
{
    public string Name => "RTC_RD_TIME";

    public int Read(out long? seconds) => RtcTime.Seconds(descriptor, out seconds);

    public unsafe bool WaitForUpdate(TimeSpan limit)
    {
        if (LibC.IoControl(descriptor, RtcIoctl.UpdateInterruptOn, null) != 0)
            return false;
        try
        {
            if (Descriptors.Wait(descriptor, Descriptors.ReadyToRead, (int)limit.TotalMilliseconds) == 0)
                return false;
            long interrupts;
            return LibC.Read(descriptor, (byte*)&interrupts, sizeof(long)) > 0;
        }
        finally
        {
            _ = LibC.IoControl(descriptor, RtcIoctl.UpdateInterruptOff, null);
        }
    }

    public void Dispose() => _ = LibC.Close(descriptor);
}

/// <summary>An RTC through /sys, which works while another program holds the device, and without root.</summary>
internal sealed class RtcSysfsClock(string device) : IRtcClock
{
    public string Name => $"/sys/class/rtc/{device}/since_epoch";

    public int Read(out long? seconds)
    {
        seconds = RtcTime.SysfsSeconds(device);
        return seconds is null ? Errno.InputOutput : 0;
    }

    public bool WaitForUpdate(TimeSpan limit) => false;

    public void Dispose()
    {
    }
}
