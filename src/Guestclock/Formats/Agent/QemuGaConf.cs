namespace Guestclock.Formats.Agent;

/// <summary>
/// The [general] group of qemu-ga.conf (qemu-ga(8)). Lists are separated by commas alone: a blank belongs to the name beside it, which then
/// names no command (seen with qemu-ga 7.2). Null where the key is not given.
/// <c>blacklist</c> is the older name of <c>block-rpcs</c>.
/// </summary>
/// <param name="Method">virtio-serial, unix-listen, isa-serial, vsock-listen.</param>
public sealed record QemuGaConf(string? Method, string? Path, IReadOnlyList<string>? Blocked, IReadOnlyList<string>? Allowed)
{
    public static QemuGaConf Parse(string text)
    {
        string? method = null, path = null, blocked = null, blacklist = null, allowed = null;
        var inGeneral = false;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('['))
                inGeneral = line == "[general]";
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (!inGeneral || at <= 0 || line[0] is '#' or ';')
                continue;
            var value = raw[(raw.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimStart().TrimEnd('\r');
            switch (line[..at].TrimEnd())
            {
                case "method": method = value; break;
                case "path": path = value; break;
                case "block-rpcs": blocked = value; break;
                case "blacklist": blacklist = value; break;
                case "allow-rpcs": allowed = value; break;
            }
        }

        return new(method, path, List(blocked ?? blacklist), List(allowed));
    }

    /// <summary>The words of a list; null for null.</summary>
    public static IReadOnlyList<string>? List(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
