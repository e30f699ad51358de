using Guestclock.Linux.Native;
using Guestclock.Protocols.Ptp;

namespace Guestclock.Linux.Live.Devices;

/// <summary>The requests of linux/ptp_clock.h that read a clock against the system clock, the best one first.</summary>
internal static class PtpRequests
{
    /// <summary>Few enough for slow network cards, enough for one reading without an interruption.</summary>
    public const int Samples = 9;

    /// <summary>
    /// Precise, else extended, else plain; null with the last request's error where none works. All are tried each time: which ones work
    /// changes with the clock source (ptp_kvm has the precise one only beside kvm-clock).
    /// </summary>
    public static (string Method, IReadOnlyList<PtpSample> Samples)? Measure(int descriptor, out int errno) =>
        Measure((request, argument) => Ask(descriptor, request, argument), out errno);

    /// <param name="ask">Performs a request: 0, or the error number. A test's own.</param>
    internal static (string Method, IReadOnlyList<PtpSample> Samples)? Measure(Func<uint, byte[], int> ask, out int errno)
    {
        var precise = PtpSysOffsetPrecise.Request();
        if ((errno = ask(PtpIoctl.SysOffsetPrecise, precise)) == 0)
            return ("precise", [PtpSysOffsetPrecise.Decode(precise)]);
        var extended = PtpSysOffsetExtended.Request(Samples);
        if ((errno = ask(PtpIoctl.SysOffsetExtended, extended)) == 0)
            return ("extended", PtpSysOffsetExtended.Decode(extended));
        var plain = PtpSysOffset.Request(Samples);
        if ((errno = ask(PtpIoctl.SysOffset, plain)) == 0)
            return ("plain", PtpSysOffset.Decode(plain));
        return null;
    }

    /// <summary>What the clock can do; null with the error where it does not say.</summary>
    public static PtpCaps? Caps(int descriptor, out int errno)
    {
        var caps = new byte[PtpCaps.Size];
        return (errno = Ask(descriptor, PtpIoctl.GetCaps, caps)) == 0 ? PtpCaps.Decode(caps) : null;
    }

    /// <returns>0, or the error number.</returns>
    private static unsafe int Ask(int descriptor, uint request, byte[] argument)
    {
        fixed (byte* pointer = argument)
        {
            for (var attempt = 0; ; attempt++)
            {
                if (LibC.IoControl(descriptor, request, pointer) >= 0)
                    return 0;
                if (Errno.Last is var errno && (errno != Errno.Interrupted || attempt == 3))
                    return errno;
            }
        }
    }
}
