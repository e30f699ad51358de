namespace Guestclock.Linux.Libvirt;

/// <summary>
/// libvirt's event loop, one for the process. Without it there are no events and no keepalive. It must be there before the first
/// connection that wants them is opened, and waits in poll(2) when there is nothing to do.
/// </summary>
internal static class LibvirtLoop
{
    private static readonly Lazy<bool> Started = new(Start);

    /// <summary>Starts it, if that was not done yet.</summary>
    /// <exception cref="DllNotFoundException">libvirt is not installed.</exception>
    public static void Need() => _ = Started.Value;

    private static bool Start()
    {
        LibvirtCalls.BeSilent();
        if (LibvirtApi.RegisterEventLoop() < 0)
            return false;
        new Thread(Run) { IsBackground = true, Name = "libvirt events" }.Start();
        return true;
    }

    private static void Run()
    {
        while (true)
        {
            // An error that stays must not burn a core.
            if (LibvirtApi.RunEventLoop() < 0)
                Thread.Sleep(100);
        }
    }
}
