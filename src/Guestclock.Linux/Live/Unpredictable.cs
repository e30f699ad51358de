using Guestclock.Linux.Native;

namespace Guestclock.Linux.Live;

/// <summary>
/// Random numbers that nobody can guess, by getrandom(2): it needs no /dev/urandom, which a bare chroot has not, and unlike
/// RandomNumberGenerator does not load OpenSSL, which takes longer than all that is asked of chronyd.
/// </summary>
internal static class Unpredictable
{
    /// <summary>GRND_NONBLOCK of linux/random.h: do not wait for the generator of a machine that is booting.</summary>
    private const uint NonBlocking = 1;

    public static uint Number32() => unchecked((uint)Number64());

    public static unsafe ulong Number64()
    {
        ulong number;
        return LibC.GetRandom((byte*)&number, sizeof(ulong), NonBlocking) == sizeof(ulong) ? number : unchecked((ulong)Random.Shared.NextInt64());
    }
}
