using System.Runtime.InteropServices;
using Guestclock.Formats.TimeServices;
using Guestclock.Linux.Live;
using Guestclock.Linux.Native;
using Guestclock.Machines;

namespace Guestclock.Linux.References;

/// <summary>Finds and opens the RTC that a reference means.</summary>
internal static class RtcDevices
{
    private const string Class = "/sys/class/rtc";

    /// <summary>The RTC's name, <c>rtc0</c>.</summary>
    /// <param name="argument">Empty for the one that the kernel set its clock from at boot, or the first; else a name, with or without /dev/.</param>
    public static string Find(IMachine machine, string argument)
    {
        string[] all = [.. machine.List(Class).Or([]).Where(IsClock).OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal)];
        if (all.Length == 0)
            throw new ReferenceException("this machine has no RTC (/sys/class/rtc is empty)");
        if (argument.Length == 0)
            return all.FirstOrDefault(n => machine.ReadValue($"{Class}/{n}/hctosys").Is(v => v == "1")) ?? all[0];
        var path = argument.StartsWith('/') ? argument : $"/dev/{argument}";
        var target = machine.ReadLink(path).Or(path);
        var name = target[(target.LastIndexOf('/') + 1)..];
        return all.Contains(name, StringComparer.Ordinal) && target == (target.StartsWith('/') ? $"/dev/{name}" : name) ? name
            : throw new ReferenceException($"{path} is not an RTC; this machine has {string.Join(", ", all.Take(8))}");
    }

    /// <param name="remark">Why the device itself is not used; null where it is.</param>
    public static IRtcClock Open(string name, out string? remark)
    {
        remark = null;
        var path = $"/dev/{name}";
        var descriptor = LibC.OpenAt(LibC.WorkingDirectory, path, OpenFlags.Read);
        if (descriptor >= 0)
            return new RtcDeviceClock(descriptor);
        var errno = Errno.Last;
        var why = errno switch
        {
            Errno.Busy => $"another program holds {path}",
            Errno.AccessDenied or Errno.NotPermitted => $"this user may not open {path}",
            Errno.NoEntry or Errno.NoDevice or Errno.NoSuchDevice => $"there is no {path}",
            _ => $"{path} cannot be opened: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})",
        };
        if (RtcTime.SysfsSeconds(name) is null)
            throw new ReferenceException($"{why}, and {Class}/{name}/since_epoch cannot be read either");
        remark = $"{why}, so it is read through /sys";
        return new RtcSysfsClock(name);
    }

    /// <param name="remark">That of <see cref="Open"/>.</param>
    public static IReadOnlyList<string> Remarks(IMachine machine, string name, string? remark)
    {
        var remarks = new List<string>();
        if (remark is not null)
            remarks.Add(remark);
        if (machine.ReadText("/etc/adjtime").Then(AdjTime.TimeScale).Is(s => s == "LOCAL"))
            remarks.Add("the RTC holds local time (/etc/adjtime), so that the offset contains that of the time zone");
        if (machine.ReadValue($"{Class}/{name}/name").Is(n => n.Contains("cmos", StringComparison.Ordinal)))
            remarks.Add("a CMOS RTC cannot be read from 244 µs before the edge on; this is in the bound until three edges have shown that it is so");
        return remarks;
    }

    private static bool IsClock(string name) => name.Length > 3 && name.StartsWith("rtc", StringComparison.Ordinal)
        && !name.AsSpan(3).ContainsAnyExceptInRange('0', '9');
}
