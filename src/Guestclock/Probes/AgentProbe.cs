using Guestclock.Facts;
using Guestclock.Machines;
using Guestclock.Probes.Agent;

namespace Guestclock.Probes;

/// <summary>The QEMU guest agent: program, unit, process, channel, lists of commands, and the hwclock that guest-set-time runs.</summary>
public static class AgentProbe
{
    /// <summary>Where distributions put it: /usr/bin (Red Hat, SUSE, Arch, Alpine), /usr/sbin (Debian).</summary>
    private static readonly string[] Programs = ["/usr/bin/qemu-ga", "/usr/sbin/qemu-ga", "/usr/local/bin/qemu-ga",
        "/usr/local/sbin/qemu-ga", "/bin/qemu-ga", "/sbin/qemu-ga"];

    /// <summary>The agent runs /sbin/hwclock (qga/commands-posix.c); on merged systems that is /usr/sbin or /usr/bin.</summary>
    private static readonly string[] HwClocks = ["/sbin/hwclock", "/usr/sbin/hwclock", "/bin/hwclock", "/usr/bin/hwclock"];

    public static AgentFacts Gather(IMachine machine)
    {
        var process = ProcessList.Read(machine).Then(all => all.FirstOrDefault(p => p.Command == "qemu-ga"));
        var unit = AgentUnit.Find(machine);
        var start = AgentCommands.Read(machine, process.Or(null), unit.Or(""));
        return new()
        {
            Installed = FirstOf(machine, Programs, "qemu-ga"),
            Enabled = AgentUnit.Enabled(machine),
            Running = process.Then(p => p is not null),
            Unit = unit.TryGet(out var path) ? AgentUnit.Name(path) : new AgentFacts().Unit,
            Channel = AgentChannel.Find(machine, start),
            Rules = start.Rules(unit.IsKnown || process.Or(null) is not null),
            HwClock = FirstOf(machine, HwClocks, "hwclock"),
        };
    }

    private static Fact<string> FirstOf(IMachine machine, string[] paths, string what)
    {
        foreach (var path in paths)
        {
            if (machine.Exists(path))
                return Fact.Known(path, path);
        }

        var none = machine.Find(paths[0]);
        return Fact.Unknown<string>(none.State, paths[0], none.State == FactState.Missing ? $"no program {what}" : none.Why ?? "not known");
    }
}
