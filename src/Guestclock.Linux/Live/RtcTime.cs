using System.Globalization;
using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Live.Devices;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary>
/// <see cref="Questions.RtcPrefix"/> by RTC_RD_TIME (rtc(4)) between two readings of the system clock. A device that another program holds
/// open is read through /sys instead. An RTC says whole seconds, so what it says stands for the middle of that second, ± half a second.
/// </summary>
public sealed class RtcTime : IAnswerer
{
    private const long SecondNs = 1_000_000_000;

    public bool Answers(string name) => name.StartsWith(Questions.RtcPrefix, StringComparison.Ordinal);

    public Fact<byte[]> Answer(Question question)
    {
        var device = question.Name[Questions.RtcPrefix.Length..];
        if (!device.StartsWith("rtc", StringComparison.Ordinal) || device.AsSpan().ContainsAny('/', '\0'))
            return Fact.Unknown<byte[]>(FactState.Malformed, question.Name, "the name of an RTC is rtc and a number");
        var errno = FromDevice("/dev/" + device, question.Name, out var fact);
        if (errno is Errno.Busy or Errno.AccessDenied or Errno.NotPermitted or Errno.NoEntry
            && FromSysfs(device, question.Name) is { } other)
            return other;
        return fact;
    }

    /// <summary>Seconds since 1970 of struct rtc_time (second, minute, hour, day, month from 0, year from 1900); null where it is no
    /// date.</summary>
    public static long? UnixSeconds(ReadOnlySpan<int> time)
    {
        var year = time[5] + 1900L;
        if (year is < 1970 or > 9999 || time[4] is < 0 or > 11 || time[3] < 1 || time[3] > DateTime.DaysInMonth((int)year, time[4] + 1))
            return null;
        if (time[2] is < 0 or > 23 || time[1] is < 0 or > 59 || time[0] is < 0 or > 59)
            return null;
        return new DateTimeOffset((int)year, time[4] + 1, time[3], time[2], time[1], time[0], TimeSpan.Zero).ToUnixTimeSeconds();
    }

    /// <summary>RTC_RD_TIME: 0 with the seconds since 1970 (null where the RTC holds no date), or the errno.</summary>
    internal static unsafe int Seconds(int descriptor, out long? seconds)
    {
        var time = stackalloc int[9];
        var errno = LibC.IoControl(descriptor, RtcIoctl.ReadTime, time) == 0 ? 0 : Errno.Last;
        seconds = errno == 0 ? UnixSeconds(new(time, 9)) : null;
        return errno;
    }

    /// <summary>The same through /sys, which no other program can hold; null where that cannot be read.</summary>
    internal static long? SysfsSeconds(string device) =>
        RegularFile.Read(LibC.WorkingDirectory, $"/sys/class/rtc/{device}/since_epoch", 64, device).TryGet(out var bytes)
            && long.TryParse(Encoding.ASCII.GetString(bytes).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var seconds)
            && Math.Abs(seconds) < long.MaxValue / SecondNs - 1
            ? seconds
            : null;

    private static int FromDevice(string path, string source, out Fact<byte[]> fact)
    {
        var descriptor = LibC.OpenAt(LibC.WorkingDirectory, path, OpenFlags.Read);
        if (descriptor < 0)
        {
            var errno = Errno.Last;
            fact = Errno.ToFact<byte[]>(errno, "open", path, source);
            return errno;
        }

        try
        {
            var before = Clocks.RealtimeNs();
            var errno = Seconds(descriptor, out var seconds);
            if (errno != 0)
            {
                fact = Errno.ToFact<byte[]>(errno, "ioctl RTC_RD_TIME", path, source);
                return errno;
            }

            var after = Clocks.RealtimeNs();
            fact = seconds is { } known
                ? Reading(known, before, after, source)
                : Fact.Unknown<byte[]>(FactState.Malformed, source, "the RTC holds no date");
            return 0;
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    private static Fact<byte[]>? FromSysfs(string device, string source)
    {
        var before = Clocks.RealtimeNs();
        var seconds = SysfsSeconds(device);
        return seconds is { } known ? Reading(known, before, Clocks.RealtimeNs(), source) : null;
    }

    private static Fact<byte[]> Reading(long seconds, long before, long after, string source) => new AnswerText()
        .Add("rtcUnixNs", (seconds * SecondNs) + (SecondNs / 2))
        .Add("systemUnixNs", before + ((after - before) / 2))
        .Add("boundNs", (SecondNs / 2) + (Math.Abs(after - before) / 2))
        .ToFact(source);
}
