using Guestclock.Machines;
using Guestclock.Protocols.Ptp;

namespace Guestclock.Linux.References;

/// <summary>One PTP clock: its device file, and its name in /sys/class/ptp (empty where that is not known).</summary>
/// <param name="Folder">/sys/class/ptp/ptpN; empty where the device was not found there.</param>
internal sealed record PhcPlace(string Device, string ClockName, string Folder)
{
    public override string ToString() => ClockName.Length > 0 ? $"PHC {Device} ({ClockName})" : $"PHC {Device}";
}

/// <summary>Finds the PTP clock that a reference means.</summary>
internal static class PhcDevices
{
    private const string Class = "/sys/class/ptp";

    /// <summary>What udev's rules call a hypervisor's clock, for machines whose rules do not (systemd, rules.d/50-udev-default.rules).</summary>
    private static readonly (string Link, string ClockName)[] Links = [("ptp_kvm", PtpClockName.Kvm), ("ptp_hyperv", "hyperv")];

    /// <summary>The hypervisor's clock; null where there is none.</summary>
    public static PhcPlace? Hypervisors(IMachine machine) => Hypervisors(All(machine));

    /// <param name="argument">Empty for the hypervisor's clock or the only one; else a device, with or without /dev/.</param>
    public static PhcPlace Find(IMachine machine, string argument)
    {
        var all = All(machine);
        if (argument.Length > 0)
            return Named(machine, all, argument);
        if (Hypervisors(all) is { } hypervisors)
            return hypervisors;
        return all.Count switch
        {
            1 => all[0],
            0 => throw new ReferenceException("this machine has no PTP clock (/sys/class/ptp is empty); a KVM guest gets one by 'modprobe ptp_kvm', a network card by its driver"),
            _ => throw new ReferenceException($"none of the PTP clocks is the hypervisor's, name one: {string.Join(", ", all.Take(8).Select(p => $"phc:{p.Device} ({p.ClockName})"))}"),
        };
    }

    /// <summary>That of ptp_vmclock last, since it may show TAI.</summary>
    private static PhcPlace? Hypervisors(IEnumerable<PhcPlace> all) =>
        all.Where(p => PtpClockName.IsHypervisors(p.ClockName)).OrderBy(p => PtpClockName.IsVmClock(p.ClockName)).FirstOrDefault();

    private static PhcPlace Named(IMachine machine, IReadOnlyList<PhcPlace> all, string argument)
    {
        var device = argument.StartsWith('/') ? argument : $"/dev/{argument}";
        var target = machine.ReadLink(device).Or(device);
        target = target.StartsWith('/') ? target : $"/dev/{target}";
        if (all.FirstOrDefault(p => p.Device == target) is { } known)
            return known with { Device = device };
        var link = Links.FirstOrDefault(l => $"/dev/{l.Link}" == device).ClockName;
        if (link is not null && all.FirstOrDefault(p => p.ClockName == link) is { } same)
            return same;
        // Opening a device may do something (a watchdog starts, a tape winds back), so only what is called as a PTP clock is opened unseen.
        if (machine.Find(target).IsKnown && target.StartsWith("/dev/ptp", StringComparison.Ordinal))
            return new(target, "", "");
        var others = all.Count > 0 ? $"the PTP clocks are {string.Join(", ", all.Take(8).Select(p => p.Device))}" : "this machine has no PTP clock";
        throw new ReferenceException(machine.Exists(target) ? $"{device} is not a PTP clock; {others}" : $"there is no {device}; {others}");
    }

    private static List<PhcPlace> All(IMachine machine) =>
        [.. machine.List(Class).Or([]).Where(IsClock).OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal)
            .Select(n => new PhcPlace($"/dev/{n}", machine.ReadValue($"{Class}/{n}/clock_name").Or(""), $"{Class}/{n}"))];

    private static bool IsClock(string name) => name.Length > 3 && name.StartsWith("ptp", StringComparison.Ordinal)
        && !name.AsSpan(3).ContainsAnyExceptInRange('0', '9');
}
