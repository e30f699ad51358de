using System.Globalization;
using Guestclock.Formats;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Linux.Live;
using Guestclock.Linux.Machines;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm;

/// <summary>What can be asked without running a guest.</summary>
internal static class DeviceFacts
{
    private const string Tolerance = "/sys/module/kvm/parameters/tsc_tolerance_ppm";

    public static KvmEvidence Read(IKvmCalls calls, string device)
    {
        var machine = new LiveMachine([new KvmDevice(device, calls)]);
        return new()
        {
            Device = device,
            Kvm = KvmProbe.Gather(machine),
            TscTolerancePpm = machine.ReadValue(Tolerance).Then(Number),
        };
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new MalformedInputException(Tolerance, "a number", $"'{text}'");
}
