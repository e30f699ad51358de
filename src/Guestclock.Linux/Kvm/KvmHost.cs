using Guestclock.Facts;
using Guestclock.Linux.Gathering;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Native;
using Guestclock.Machines;
using Guestclock.Probes;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Linux.Kvm;

/// <summary>What is known of the host besides its KVM device.</summary>
public static class KvmHost
{
    private static readonly Gathering.Probe[] Probes =
    [
        Probe.Of("kernelLog", KernelLogProbe.Gather, (f, s) => f with { KernelLog = s }),
        Probe.Of("identity", IdentityProbe.Gather, (f, s) => f with { Identity = s }),
        Probe.Of("cpu", CpuProbe.Gather, (f, s) => f with { Cpu = s }),
        Probe.Of("clock", ClockProbe.Gather, (f, s) => f with { Clock = s }),
        Probe.Of("modules", ModuleProbe.Gather, (f, s) => f with { Modules = s }),
    ];

    /// <summary>Who the host is and what it shows of its virtualization.</summary>
    public static HostIdentity Identity() => HostIdentity.Of(new FactGatherer(Probes).Gather(new CachingMachine(new LiveMachine())));

    /// <summary>The name of the group that a device belongs to, or its number where /etc/group does not name it.</summary>
    public static Fact<string> GroupOf(string device)
    {
        var errno = FileDetails.Get(LibC.WorkingDirectory, device, out var details);
        if (errno != 0)
            return Errno.ToFact<string>(errno, "stat", device, device);
        var number = $"{details.Group}";
        var names = new LiveMachine().ReadText("/etc/group").Or("");
        foreach (var line in names.AsSpan().EnumerateLines())
        {
            var fields = line.ToString().Split(':');
            if (fields.Length >= 3 && fields[2] == number)
                return Fact.Known(fields[0], device);
        }

        return Fact.Known(number, device);
    }
}
