using Guestclock.Linux.Kvm.Guests;
using Guestclock.Protocols.PvClock;

namespace Guestclock.Linux.Kvm.Experiments;

/// <summary>The structure that each vCPU of one virtual machine is given.</summary>
internal static class ClockPages
{
    public static IReadOnlyList<PvClockPage> Run(Bench bench)
    {
        using var machine = VirtualMachine.Create(bench.System, GuestPrograms.ReadTsc, [.. bench.Cpus.Select(c => (int?)c)]);
        // Twice: KVM chooses its master clock when the last vCPU has come, and tells the others when they run again.
        for (var round = 0; round < 2; round++)
        {
            foreach (var cpu in machine.Cpus)
            {
                bench.On(cpu, () =>
                {
                    cpu.RunUntilHalt();
                    return true;
                });
            }
        }

        return [.. machine.Cpus.Select((_, cpu) => machine.ClockPage(cpu))];
    }
}
