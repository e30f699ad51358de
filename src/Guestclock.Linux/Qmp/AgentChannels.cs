using System.Text.Json;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Linux.Qmp;

/// <summary>A channel to a guest's agent.</summary>
/// <param name="DeviceId">Of its port; null when it has none, and then QEMU does not tell when an agent opens it.</param>
/// <param name="IsTaken">Somebody was connected to it when QEMU was asked.</param>
public sealed record AgentChannel(string PortName, string? DeviceId, string Path, bool IsTaken);

/// <summary>The channels of one QEMU to its guest's agents, as QEMU itself tells.</summary>
/// <param name="Agent"><c>org.qemu.guest_agent.0</c>; null when there is none that one can connect to.</param>
/// <param name="Prover">A further port of that family, where a second agent may answer while the first is at work; mostly null.</param>
public sealed record AgentChannels(AgentChannel? Agent, AgentChannel? Prover)
{
    public const string AgentName = "org.qemu.guest_agent.0";

    private const string Family = "org.qemu.guest_agent.";

    /// <summary>virtio-serial holds 31 ports a bus; more than these are not asked for.</summary>
    private const int MostPorts = 128;

    /// <exception cref="QmpException">QEMU did not answer.</exception>
    public static async Task<AgentChannels> FindAsync(QmpConnection qemu, CancellationToken cancellationToken = default)
    {
        var chardevs = Filenames(await qemu.ExecuteAsync("query-chardev", cancellationToken: cancellationToken));
        var channels = new List<AgentChannel>();
        foreach (var folder in (string[])["/machine/peripheral", "/machine/peripheral-anon"])
        {
            var children = await qemu.ExecuteAsync("qom-list", QmpCommand.Arguments(("path", folder)), cancellationToken: cancellationToken);
            foreach (var child in children.Elements().Where(c => c.Text("type") == "child<virtserialport>").Take(MostPorts))
            {
                if (child.Text("name") is not { } device || await PropertyAsync(qemu, $"{folder}/{device}", "name", cancellationToken) is not { } name
                    || !name.StartsWith(Family, StringComparison.Ordinal)
                    || await PropertyAsync(qemu, $"{folder}/{device}", "chardev", cancellationToken) is not { } label
                    || !chardevs.TryGetValue(label, out var file))
                    continue;
                channels.Add(new(name, folder.EndsWith("-anon", StringComparison.Ordinal) ? null : device, file.Path, file.IsTaken));
            }
        }

        return new(channels.FirstOrDefault(c => c.PortName == AgentName),
            channels.Where(c => c.PortName != AgentName).MinBy(c => c.PortName, StringComparer.Ordinal));
    }

    private static Dictionary<string, ChardevFilename> Filenames(JsonElement chardevs)
    {
        var found = new Dictionary<string, ChardevFilename>(StringComparer.Ordinal);
        foreach (var chardev in chardevs.Elements())
        {
            if (chardev.Text("label") is { } label && ChardevFilename.Parse(chardev.Text("filename") ?? "") is { } file)
                found[label] = file;
        }

        return found;
    }

    /// <summary>Null when the device has left meanwhile or has no such text.</summary>
    private static async Task<string?> PropertyAsync(QmpConnection qemu, string path, string property, CancellationToken cancellationToken)
    {
        try
        {
            return (await qemu.ExecuteAsync("qom-get", QmpCommand.Arguments(("path", path), ("property", property)), cancellationToken: cancellationToken)).Text();
        }
        catch (QmpException e) when (e.Problem == QmpProblem.CommandFailed)
        {
            return null;
        }
    }
}
