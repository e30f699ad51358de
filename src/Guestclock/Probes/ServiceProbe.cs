using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes.TimeServices;

namespace Guestclock.Probes;

/// <summary>The time services: which are installed, run and start at boot, and how they are configured.</summary>
public static class ServiceProbe
{
    private const string Synchronized = "/run/systemd/timesync/synchronized";

    public static ServiceFacts Gather(IMachine machine)
    {
        var finder = new ServiceFinder(machine);
        var services = finder.All();
        var chronyd = services.FirstOrDefault(s => s.Kind == TimeServiceKind.Chronyd);
        var synchronized = machine.Find(Synchronized);
        return new()
        {
            TimeServices = services.Count == 0 && !finder.Processes.IsKnown && !HasPrograms(machine)
                ? Fact.Unknown<IReadOnlyList<TimeService>>(FactState.NotRecorded, "/usr/sbin", "there are no programs below the root")
                : Fact.Known<IReadOnlyList<TimeService>>(services, finder.Processes.IsKnown ? Questions.Processes : "/usr/sbin"),
            Processes = finder.Processes.Then(p => (long)finder.Count),
            ChronyConf = ServiceConfiguration.Chrony(machine, chronyd),
            NtpConf = ServiceConfiguration.Other(machine, services),
            TimesyncdSynchronized = synchronized.State is FactState.Known or FactState.Missing
                ? Fact.Known(synchronized.IsKnown, Synchronized)
                : synchronized.Then(_ => true),
        };
    }

    /// <summary>Whether a system is there at all: an absent service of an empty directory means nothing.</summary>
    private static bool HasPrograms(IMachine machine) => machine.Exists("/usr/sbin") || machine.Exists("/sbin") || machine.Exists("/usr/bin");
}
