using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.TimeServices;
using Guestclock.Machines;
using Guestclock.Protocols.VmClock;

namespace Guestclock.Probes;

/// <summary>Clock devices: PTP hardware clocks, vmclock, RTC.</summary>
public static class DeviceProbe
{
    /// <summary>The most clocks of one kind that are read; a host with many network cards has a PHC for each port.</summary>
    private const int MostClocks = 64;

    public static DeviceFacts Gather(IMachine machine)
    {
        return new()
        {
            PtpClocks = PtpClocks(machine),
            VmClocks = Listed(machine, "/sys/class/misc", "vmclock", name => VmClock(machine, name)),
            Rtcs = Listed(machine, "/sys/class/rtc", "rtc", name => Rtc(machine, name)),
            RtcTimeScale = machine.ReadText("/etc/adjtime").Then(AdjTime.TimeScale),
        };
    }

    private static Fact<IReadOnlyList<PtpClock>> PtpClocks(IMachine machine)
    {
        var links = new List<(string Path, string Target)>();
        foreach (var name in machine.List("/dev").Or([]))
        {
            if (name.StartsWith("ptp", StringComparison.Ordinal) && machine.ReadLink($"/dev/{name}").TryGet(out var target))
                links.Add(($"/dev/{name}", target.StartsWith('/') ? target : $"/dev/{target}"));
        }

        return Listed(machine, "/sys/class/ptp", "ptp", name =>
        {
            var device = $"/dev/{name}";
            var reading = machine.AskFields(Questions.PtpPrefix + name).Then(fields =>
            {
                var measurement = PtpAnswer.Read(fields);
                var best = measurement.Narrowest();
                return new PtpReading(best.OffsetNs, best.BoundNs, measurement.Method);
            });
            var clockName = machine.ReadValue($"/sys/class/ptp/{name}/clock_name").Or("");
            return new PtpClock(device, clockName, [.. links.Where(l => l.Target == device).Select(l => l.Path)], reading);
        });
    }

    private static VmClockDevice VmClock(IMachine machine, string name) =>
        new($"/dev/{name}", machine.Ask(new Question(Questions.VmClockPrefix + name)).Then(b => VmClockPage.Decode(b)));

    private static RtcDevice Rtc(IMachine machine, string name)
    {
        var folder = $"/sys/class/rtc/{name}";
        var offset = machine.AskFields(Questions.RtcPrefix + name).Then(RtcOffset);
        return new($"/dev/{name}", machine.ReadValue($"{folder}/name").Or(""), machine.ReadValue($"{folder}/hctosys").Is(v => v == "1"),
            offset);
    }

    private static RtcReading RtcOffset(AnswerFields fields)
    {
        long rtc = fields.Number("rtcUnixNs"), system = fields.Number("systemUnixNs"), bound = fields.Number("boundNs");
        if (rtc < 0 || system < 0 || bound < 0)
            throw new MalformedInputException("RTC", "times since 1970 and a bound", $"{rtc}, {system}, {bound}");
        return new(rtc - system, bound);
    }

    /// <summary>The devices of a class; none where a running machine has no such class.</summary>
    private static Fact<IReadOnlyList<T>> Listed<T>(IMachine machine, string folder, string prefix, Func<string, T> read)
    {
        var names = machine.List(folder);
        if (names.State == FactState.Missing)
            return Fact.Known<IReadOnlyList<T>>([], folder, names.TookNs);
        return names.Then<IReadOnlyList<T>>(all => [.. all.Where(n => IsNumbered(n, prefix)).Take(MostClocks).Select(read)]);
    }

    private static bool IsNumbered(string name, string prefix) =>
        name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal)
        && !name.AsSpan(prefix.Length).ContainsAnyExceptInRange('0', '9');
}
