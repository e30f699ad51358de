namespace Guestclock.Linux.Native;

/// <summary>Waiting for one descriptor by poll(2).</summary>
internal static unsafe class Descriptors
{
    // poll.h, asm-generic/poll.h: POLLIN, POLLOUT, POLLERR; the last is told without being asked for.
    public const int ReadyToRead = 1;
    public const int ReadyToWrite = 4;
    public const int HasError = 8;

    /// <summary>What of <paramref name="events"/> is so, or an error; 0 where the limit has passed first. A negative descriptor is never ready.</summary>
    public static int Wait(int descriptor, int events, int limitMs)
    {
        // struct pollfd: fd i32, events i16, revents i16.
        var waiting = stackalloc int[2];
        (waiting[0], waiting[1]) = (descriptor, events);
        return LibC.Poll(waiting, 1, limitMs) > 0 ? waiting[1] >> 16 : 0;
    }
}
