using System.Diagnostics;
using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary><see cref="Questions.KernelLog"/> from /dev/kmsg, read without waiting (Documentation/ABI/testing/dev-kmsg).</summary>
public sealed class KernelLogDevice : IAnswerer
{
    private const string Device = "/dev/kmsg";

    /// <summary>The largest record that the kernel gives (PRINTK_MESSAGE_MAX of kernel/printk/internal.h is 2048, earlier 8192).</summary>
    private const int RecordBytes = 8192;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public bool Answers(string name) => name == Questions.KernelLog;

    public Fact<byte[]> Answer(Question question) => DeviceFile.Use(Device, question.Name, descriptor =>
    {
        var records = new KernelRecords();
        var errno = ReadAll(descriptor, records);
        return errno == 0 || records.Count > 0
            ? Fact.Known(Encoding.UTF8.GetBytes(records.ToText()), question.Name)
            : Errno.ToFact<byte[]>(errno, "read", Device, question.Name);
    });

    private static unsafe int ReadAll(int descriptor, KernelRecords records)
    {
        var buffer = stackalloc byte[RecordBytes];
        var start = Stopwatch.GetTimestamp();
        while (records.Characters < MachineLimits.LogBytes && Stopwatch.GetElapsedTime(start) < Longest)
        {
            var length = LibC.Read(descriptor, buffer, RecordBytes);
            if (length > 0)
            {
                records.Add(new ReadOnlySpan<byte>(buffer, (int)length));
                continue;
            }

            // EPIPE: the next record was overwritten while we read; the kernel goes on with the oldest that is left.
            if (length == 0 || Errno.Last == Errno.Again)
                return 0;
            if (Errno.Last == Errno.BrokenPipe)
                records.MarkIncomplete();
            else if (Errno.Last != Errno.Interrupted)
                return Errno.Last;
        }

        records.MarkIncomplete();
        return 0;
    }
}
