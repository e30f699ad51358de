using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary>
/// Answers <c>vmclock/vmclockN</c>: the page as read(2) gives it, which is consistent; the driver gives up after 100 ms while the
/// hypervisor writes (drivers/ptp/ptp_vmclock.c).
/// </summary>
public sealed class VmClockReader : IAnswerer
{
    private const int PageBytes = 4096;

    /// <summary>ETIMEDOUT: the hypervisor was writing all the time.</summary>
    private const int TimedOut = 110;

    public bool Answers(string name) => DeviceName.Of(name, Questions.VmClockPrefix, "vmclock") is not null;

    public Fact<byte[]> Answer(Question question)
    {
        var path = "/dev/" + DeviceName.Of(question.Name, Questions.VmClockPrefix, "vmclock");
        return DeviceFile.Use(path, question.Name, descriptor =>
        {
            var page = new byte[PageBytes];
            var length = Read(descriptor, page);
            if (length >= 0)
                return Fact.Known(page[..length], question.Name);
            return Errno.Last == TimedOut
                ? Fact.Unknown<byte[]>(FactState.TimedOut, question.Name, $"read {path}: no consistent copy within 100 ms")
                : Errno.ToFact<byte[]>(Errno.Last, "read", path, question.Name);
        });
    }

    private static unsafe int Read(int descriptor, byte[] page)
    {
        fixed (byte* pointer = page)
            return (int)LibC.Read(descriptor, pointer, page.Length);
    }
}
