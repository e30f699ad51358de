namespace Guestclock.Linux.Live;

/// <summary>
/// Random numbers that nobody can guess. A random Guid is taken from the kernel's generator; RandomNumberGenerator would load OpenSSL first,
/// which takes longer than all that is asked of chronyd.
/// </summary>
internal static class Unpredictable
{
    /// <summary>The first 32 bits of a random Guid (RFC 9562 section 5.4) are random in full.</summary>
    public static uint Number32()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        return BitConverter.ToUInt32(bytes);
    }

    public static ulong Number64() => ((ulong)Number32() << 32) | Number32();
}
