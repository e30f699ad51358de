namespace Guestclock.Protocols.Qmp;

/// <summary>
/// The <c>filename</c> of a socket in the answer to <c>query-chardev</c>: <c>disconnected:unix:/path,server=on</c>
/// (qemu_chr_compute_filename in chardev/char-socket.c; <c>,server</c> before QEMU 6).
/// </summary>
/// <param name="Path">Absolute.</param>
/// <param name="IsTaken">Somebody is connected to it; it serves one at a time.</param>
public readonly record struct ChardevFilename(string Path, bool IsTaken)
{
    private const string Disconnected = "disconnected:";

    private const string Unix = "unix:";

    /// <summary>Null for what nobody can connect to by a path: other kinds, clients, abstract and inherited sockets, relative paths.</summary>
    public static ChardevFilename? Parse(string filename)
    {
        var isFree = filename.StartsWith(Disconnected, StringComparison.Ordinal);
        var rest = isFree ? filename[Disconnected.Length..] : filename;
        var end = rest.LastIndexOf(",server", StringComparison.Ordinal);
        if (!rest.StartsWith(Unix, StringComparison.Ordinal) || end < 0 || rest[end..] is not (",server" or ",server=on"))
            return null;
        var path = rest[Unix.Length..end];
        return path.StartsWith('/') && !path.EndsWith(",abstract=on", StringComparison.Ordinal) && !path.Contains(",abstract=on,", StringComparison.Ordinal)
            ? new(path, !isFree) : null;
    }
}
