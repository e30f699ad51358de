using System.Globalization;
using Guestclock.Formats;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Live;
using Guestclock.Linux.Machines;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm;

/// <summary>What can be read without running a guest.</summary>
internal static class HostFacts
{
    private const string Tolerance = "/sys/module/kvm/parameters/tsc_tolerance_ppm";

    public static KvmEvidence Read(IKvmCalls calls, string device)
    {
        var machine = new LiveMachine([new KvmDevice(device, calls)]);
        return new()
        {
            Kvm = KvmProbe.Gather(machine),
            TscTolerancePpm = machine.ReadValue(Tolerance).Then(Number),
            Host = new()
            {
                Hostname = machine.ReadValue("/proc/sys/kernel/hostname"),
                KernelRelease = machine.ReadValue("/proc/sys/kernel/osrelease"),
                CpuModel = machine.ReadText("/proc/cpuinfo").Then(Model),
                ClockSource = machine.ReadValue("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
            },
        };
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new MalformedInputException(Tolerance, "a number", $"'{text}'");

    private static string Model(string cpuinfo)
    {
        foreach (var line in cpuinfo.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("model name", StringComparison.Ordinal) && line.IndexOf(':') is >= 0 and var colon)
                return line[(colon + 1)..].Trim().ToString();
        }

        throw new MalformedInputException("/proc/cpuinfo", "a line 'model name'", "none");
    }
}
