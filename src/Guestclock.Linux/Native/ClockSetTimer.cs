namespace Guestclock.Linux.Native;

/// <summary>
/// Waits until CLOCK_REALTIME is set, or the machine wakes from sleep: a timer in the far future that the kernel cancels on both,
/// timerfd_create(2), TFD_TIMER_CANCEL_ON_SET. Where the kernel has none, waiting just lasts as long as it may.
/// </summary>
internal sealed class ClockSetTimer : IDisposable
{
    // linux/timerfd.h, sys/eventfd.h and poll.h.
    private const int Realtime = 0;
    private const int NonBlockingCloseOnExec = 0x80800;
    private const int AbsoluteCancelOnSet = 3;
    private const short ReadyToRead = 1;

    // 2200-01-01; beyond what a kernel's 64 bits of nanoseconds hold it would be clamped.
    private const long FarFutureS = 7_258_118_400;

    private readonly int _timer = LibC.TimerCreate(Realtime, NonBlockingCloseOnExec);
    private readonly int _wake = LibC.EventCreate(0, NonBlockingCloseOnExec);

    public ClockSetTimer() => Arm();

    /// <summary>Waits for the clock to be set, for <see cref="Wake"/>, or until the limit.</summary>
    /// <returns>True when the clock was set since the last call (or since this was made).</returns>
    public unsafe bool Wait(TimeSpan limit)
    {
        // struct pollfd: fd i32, events i16, revents i16; a negative fd is ignored.
        var waiting = stackalloc int[4];
        (waiting[0], waiting[1], waiting[2], waiting[3]) = (_timer, ReadyToRead, _wake, ReadyToRead);
        _ = LibC.Poll(waiting, 2, (int)Math.Min(limit.TotalMilliseconds, int.MaxValue));
        long count;
        if (_timer < 0 || LibC.Read(_timer, (byte*)&count, sizeof(long)) >= 0 || Errno.Last != Errno.Cancelled)
            return false;
        Arm();
        return true;
    }

    /// <summary>Ends every wait, this and later ones; from any thread.</summary>
    public unsafe void Wake()
    {
        var one = 1L;
        _ = LibC.Write(_wake, (byte*)&one, sizeof(long));
    }

    public void Dispose()
    {
        foreach (var descriptor in (int[])[_timer, _wake])
        {
            if (descriptor >= 0)
                _ = LibC.Close(descriptor);
        }
    }

    private unsafe void Arm()
    {
        // struct itimerspec: interval s, ns; value s, ns.
        var setting = stackalloc long[4];
        (setting[0], setting[1], setting[2], setting[3]) = (0, 0, FarFutureS, 0);
        _ = LibC.TimerSetTime(_timer, AbsoluteCancelOnSet, setting, null);
    }
}
