using System.Text;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Linux.Native;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Protocols.Ptp;

namespace Guestclock.Linux.Live;

/// <summary>
/// Answers <c>ptp/ptpN</c>: reads the clock against the system clock by the best request that its driver and the current clock source
/// allow. The descriptor is opened for reading only, so that nothing of the clock can be changed.
/// </summary>
public sealed class PtpDevice : IAnswerer
{
    /// <summary>Few enough for slow network cards, enough for one reading without an interruption.</summary>
    private const int Samples = 9;

    public bool Answers(string name) => DeviceName.Of(name, Questions.PtpPrefix, "ptp") is not null;

    public Fact<byte[]> Answer(Question question)
    {
        var path = "/dev/" + DeviceName.Of(question.Name, Questions.PtpPrefix, "ptp");
        return DeviceFile.Use(path, question.Name, descriptor => Reading(descriptor, path, question.Name));
    }

    private static Fact<byte[]> Reading(int descriptor, string path, string source)
    {
        try
        {
            var caps = new byte[PtpCaps.Size];
            var measured = Measure(descriptor, out var errno);
            if (measured is not var (method, samples))
                return Errno.ToFact<byte[]>(errno, "PTP_SYS_OFFSET", path, source);
            var measurement = new PtpMeasurement(Ask(descriptor, PtpIoctl.GetCaps, caps) == 0 ? PtpCaps.Decode(caps) : null, method,
                samples);
            return Fact.Known(Encoding.ASCII.GetBytes(PtpAnswer.Write(measurement)), source);
        }
        catch (MalformedInputException e)
        {
            return Fact.Unknown<byte[]>(FactState.Malformed, source, e.Message);
        }
    }

    /// <summary>Precise, else extended, else plain; null with the last request's error where none works.</summary>
    private static (string Method, IReadOnlyList<PtpSample> Samples)? Measure(int descriptor, out int errno)
    {
        var precise = PtpSysOffsetPrecise.Request();
        if ((errno = Ask(descriptor, PtpIoctl.SysOffsetPrecise, precise)) == 0)
            return ("precise", [PtpSysOffsetPrecise.Decode(precise)]);
        var extended = PtpSysOffsetExtended.Request(Samples);
        if ((errno = Ask(descriptor, PtpIoctl.SysOffsetExtended, extended)) == 0)
            return ("extended", PtpSysOffsetExtended.Decode(extended));
        var plain = PtpSysOffset.Request(Samples);
        if ((errno = Ask(descriptor, PtpIoctl.SysOffset, plain)) == 0)
            return ("plain", PtpSysOffset.Decode(plain));
        return null;
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
