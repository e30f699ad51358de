using System.Globalization;
using Guestclock.Formats.Domains;

namespace Guestclock.Fixes.Domains;

/// <summary>
/// The host's libvirt by its library's name: <c>libvirt.so.0.9000.0</c> is 9.0.0, <c>libvirt.so.0.10.2</c> is 0.10.2. A definition with a timer that it
/// does not know would be refused, or not be loaded any more.
/// </summary>
internal static class LibvirtVersion
{
    private static readonly string[] Folders = ["/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib", "/usr/lib/i386-linux-gnu"];

    /// <summary>Null where it is not known.</summary>
    public static Version? Of(Draft files)
    {
        foreach (var folder in Folders)
        {
            if (files.Link($"{folder}/libvirt.so.0") is { } target && Parse(target[(target.LastIndexOf('/') + 1)..]) is { } version)
                return version;
        }

        return null;
    }

    /// <summary>The first one that knows what a change writes (formatdomain.rst).</summary>
    public static Version First(DomainChange change) => change switch
    {
        TimerChange { Timer: "hypervclock" } => new(1, 2, 2),
        TimerChange { Timer: "tsc" } => new(3, 2, 0),
        TimerChange => new(0, 8, 0),
        AgentChannelChange => new(0, 7, 7),
        _ => new(0, 0, 0),
    };

    private static Version? Parse(string name)
    {
        if (!name.StartsWith("libvirt.so.0.", StringComparison.Ordinal) || name["libvirt.so.0.".Length..].Split('.') is not [var first, var second]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) || !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var micro))
            return null;
        return new(minor / 1000, minor % 1000, micro);
    }
}
