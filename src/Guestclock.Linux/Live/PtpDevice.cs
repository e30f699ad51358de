using System.Text;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Linux.Live.Devices;
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
            var measured = PtpRequests.Measure(descriptor, out var errno);
            if (measured is not var (method, samples))
                return Errno.ToFact<byte[]>(errno, "PTP_SYS_OFFSET", path, source);
            var measurement = new PtpMeasurement(PtpRequests.Caps(descriptor, out _), method, samples);
            return Fact.Known(Encoding.ASCII.GetBytes(PtpAnswer.Write(measurement)), source);
        }
        catch (MalformedInputException e)
        {
            return Fact.Unknown<byte[]>(FactState.Malformed, source, e.Message);
        }
    }
}
