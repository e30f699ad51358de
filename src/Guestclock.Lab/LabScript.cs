using System.Text;

namespace Guestclock.Lab;

/// <summary>The shell scripts that are part of this program, so that the lab needs no file beside the binary.</summary>
internal static class LabScript
{
    /// <summary>Runs in the guest, first of all.</summary>
    public static byte[] GuestStart => Read("rcS");

    /// <summary>What busybox init does in the guest.</summary>
    public static byte[] GuestInit => Read("inittab");

    /// <summary>Runs in the guest what <see cref="Guests.GuestChannel"/> sends.</summary>
    public static byte[] GuestChannel => Read("channel");

    /// <summary>Runs a program of this machine until its standard input ends; for <c>sh -c</c>.</summary>
    public static string Leash { get; } = Encoding.UTF8.GetString(Read("leash"));

    /// <summary>Unpacks Debian packages; for <c>sh -c</c>.</summary>
    public static string Unpack { get; } = Encoding.UTF8.GetString(Read("unpack"));

    private static byte[] Read(string name)
    {
        using var resource = typeof(LabScript).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
