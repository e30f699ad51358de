using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Probes.Agent;

/// <summary>How the agent starts: a unit or script under one of its names, enabled by a link or by the udev rule of its channel.</summary>
public static class AgentUnit
{
    /// <summary>Red Hat, Debian, newer SUSE, Alpine; RHEL 6; SLES 12 and 15 (a template).</summary>
    private static readonly string[] Names = ["qemu-guest-agent", "qemu-ga", "qemu-ga@"];

    private static readonly string[] RuleFolders = ["/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d"];

    public static Fact<string> Find(IMachine machine) => UnitState.Find(machine, Names);

    /// <summary>The unit of a unit file; a script stays a path.</summary>
    public static string Name(string path) =>
        path.EndsWith(".service", StringComparison.Ordinal) ? path[(path.LastIndexOf('/') + 1)..] : path;

    public static Fact<bool> Enabled(IMachine machine)
    {
        var enabled = UnitState.Enabled(machine, Names);
        var masked = Names.Any(n => machine.ReadLink($"/etc/systemd/system/{n}.service").Is(t => t == "/dev/null"));
        if (enabled.Or(true) || masked)
            return enabled;
        foreach (var file in DropInFiles.Find(machine, RuleFolders, ".rules", "qemu"))
        {
            // The rule: SUBSYSTEM=="virtio-ports", ATTR{name}=="org.qemu.guest_agent.0", ENV{SYSTEMD_WANTS}="qemu-guest-agent.service".
            if (machine.ReadText(file).Is(StartsAgent))
                return Fact.Known(true, file);
        }

        return enabled;
    }

    private static bool StartsAgent(string rules)
    {
        foreach (var line in rules.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            var wants = line.IndexOf("SYSTEMD_WANTS", StringComparison.Ordinal);
            if (wants >= 0 && !line.TrimStart().StartsWith('#') && Names.Any(n => line.IndexOf(n, wants, StringComparison.Ordinal) > 0))
                return true;
        }

        return false;
    }
}
