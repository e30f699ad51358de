using System.Runtime;

namespace Guestclock.Linux.ClockTests;

/// <summary>A while without garbage collections, which would stop the threads that measure. Where the runtime does not grant it, nothing changes.</summary>
internal sealed class QuietRuntime : IDisposable
{
    private const long Bytes = 8 << 20;

    public QuietRuntime()
    {
        try
        {
            GC.TryStartNoGCRegion(Bytes);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // Another one has begun, or there is less memory than that.
        }
    }

    public void Dispose()
    {
        try
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
        catch (InvalidOperationException)
        {
            // More was allocated than promised, so it has ended already.
        }
    }
}
