using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Probes.Agent;

/// <summary>The agent's channel: the virtio port of its name, or the device or socket that its configuration names.</summary>
public static class AgentChannel
{
    private const string PortName = "org.qemu.guest_agent.0";
    private const string Port = "/dev/virtio-ports/" + PortName;
    private const string Ports = "/sys/class/virtio-ports";

    public static Fact<string> Find(IMachine machine, AgentCommands commands)
    {
        if (commands.Method is { } method && method != "virtio-serial")
            return Fact.Known($"{method} {commands.Path}".TrimEnd(), commands.ArgumentsFrom ?? commands.ConfFile.Source);

        // A template's instance puts its port in place of %I.
        var path = commands.Path is { } named && !named.Contains('%', StringComparison.Ordinal) ? named : Port;
        if (machine.Exists(path))
            return Fact.Known(path, path);
        var ports = machine.List(Ports);
        foreach (var port in ports.Or([]))
        {
            if (path == Port && machine.ReadValue($"{Ports}/{port}/name").Is(n => n == PortName))
                return Fact.Known($"/dev/{port}", $"{Ports}/{port}/name");
        }

        return ports.State is FactState.Known or FactState.Missing
            ? Fact.Missing<string>(path, $"no virtio port {PortName}")
            : Fact.Unknown<string>(ports.State, path, ports.Why!);
    }
}
