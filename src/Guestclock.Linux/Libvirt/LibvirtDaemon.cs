using System.Globalization;

namespace Guestclock.Linux.Libvirt;

/// <summary>Whether a daemon of libvirt runs. Connecting to a socket of systemd would start one.</summary>
internal static class LibvirtDaemon
{
    public static readonly string[] PidFiles = ["/run/libvirtd.pid", "/run/virtqemud.pid", "/var/run/libvirtd.pid", "/var/run/virtqemud.pid"];

    public static bool IsAlive(string pidFile)
    {
        try
        {
            return int.TryParse(File.ReadAllText(pidFile).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Directory.Exists($"/proc/{pid}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
