namespace Guestclock.Linux.References;

/// <summary>A way to read an RTC. Tests give one that misbehaves.</summary>
internal interface IRtcClock : IDisposable
{
    /// <summary>How it is read, for a reader: <c>RTC_RD_TIME</c>.</summary>
    string Name { get; }

    /// <summary>0 with the seconds since 1970 (null where the RTC holds no date), or the errno.</summary>
    int Read(out long? seconds);

    /// <summary>Waits for the interrupt of the next update.</summary>
    /// <returns>False where the RTC has none, or none came in time.</returns>
    bool WaitForUpdate(TimeSpan limit);
}
