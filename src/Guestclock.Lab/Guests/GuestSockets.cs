using System.Text;

namespace Guestclock.Lab.Guests;

/// <summary>The sockets of a guest on this machine, each for one client at a time.</summary>
/// <param name="Folder">The folder that they are in.</param>
public sealed record GuestSockets(string Folder)
{
    internal const string Qmp = "qmp";
    internal const string Control = "control";
    internal const string Agent = "agent";
    internal const string Referee = "referee";
    internal const string Channel = "channel";
    private const string Longest = Control;

    /// <summary>QEMU's machine protocol, for whoever recovers the guest.</summary>
    public string QmpSocket => Path.Combine(Folder, Qmp);

    /// <summary>QEMU's machine protocol again, for whoever breaks it.</summary>
    public string ControlSocket => Path.Combine(Folder, Control);

    /// <summary>The guest agent, if there is one.</summary>
    public string AgentSocket => Path.Combine(Folder, Agent);

    /// <summary>The second agent, for whoever looks on, if there is one.</summary>
    public string RefereeSocket => Path.Combine(Folder, Referee);

    /// <summary>Shell commands.</summary>
    internal string ChannelSocket => Path.Combine(Folder, Channel);

    /// <exception cref="LabException">The folder's path is too long for sockets.</exception>
    internal void RefuseLongPaths()
    {
        if (Encoding.UTF8.GetByteCount(Path.Combine(Folder, Longest)) > QemuOptions.MaxSocketPath)
            throw new LabException($"{Folder} is too long for the paths of sockets: set TMPDIR to a folder with a shorter one");
    }
}
